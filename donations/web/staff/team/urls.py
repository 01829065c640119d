"""Its addresses."""

from django.urls import URLPattern, path

from donations.web.staff.team import colleagues, me, one

pages: list[URLPattern] = [
    path("team/", colleagues.everybody, name="staff_team"),
    path("team/invite/", colleagues.invite, name="staff_invite"),
    path("team/invitations/<int:pk>/again/", colleagues.again, name="staff_invitation_again"),
    path(
        "team/invitations/<int:pk>/withdraw/",
        colleagues.withdraw,
        name="staff_invitation_withdraw",
    ),
    path("team/<int:pk>/", one.one, name="staff_colleague"),
    path("team/<int:pk>/role/", one.role, name="staff_colleague_role"),
    path("team/<int:pk>/deactivate/", one.deactivate, name="staff_colleague_deactivate"),
    path("team/<int:pk>/reactivate/", one.reactivate, name="staff_colleague_reactivate"),
    path("team/<int:pk>/sign-out/", one.sign_out, name="staff_colleague_sign_out"),
    path("me/", me.me, name="staff_me"),
    path("me/sign-out/", me.sign_out, name="staff_me_sign_out"),
]
