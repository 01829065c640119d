"""Colleagues at the desk: the visible table, invitations, one's own page."""

import pytest
from django.test import Client

from donations.models import Change, Invitation, Message, SignIn, User
from donations.supporters.models import Role
from donations.team.rights import RIGHTS, Right
from donations.web import teamwords
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("vera@example.org", is_staff=True, role="viewer"))
    return client


def test_the_table_that_is_shown_is_the_one_that_counts(viewer: Client) -> None:
    page = viewer.get("/staff/team/").content.decode()
    rows = page[page.index('<table class="rights">') :].split("<tr>")[2:]
    shown = [[("✓" in cell) for cell in row.split("<td>")[1:]] for row in rows]
    assert shown == [[right in RIGHTS[role] for role in Role] for right in teamwords.WORDS]


def test_every_right_and_role_has_words() -> None:
    assert set(teamwords.WORDS) == set(Right)
    assert set(teamwords.ROLES) == set(Role)


def test_who_may_not_change_it_sees_who_is_here_and_no_more(viewer: Client, editor: User) -> None:
    page = viewer.get("/staff/team/").content.decode()
    assert editor.email in page
    for hidden in ("Last seen", "Invite a colleague", f"/staff/team/{editor.pk}/"):
        assert hidden not in page


def test_an_invitation_from_the_desk_to_the_letter(desk: Client) -> None:
    said = {"email": "Nina@Example.org", "role": "treasurer", "language": "ru"}
    page = desk.post("/staff/team/invite/", said, follow=True)
    assert "The invitation to nina@example.org is on its way." in text_of(page)
    assert "Treasurer" in text_of(page)
    assert Message.objects.get().to == "nina@example.org"
    desk.post(f"/staff/team/invitations/{Invitation.objects.get().pk}/again/")
    assert Message.objects.count() == 2
    page = desk.post(
        f"/staff/team/invitations/{Invitation.objects.get().pk}/withdraw/", follow=True
    )
    assert "Withdrawn" in text_of(page)
    assert "nina@example.org" not in text_of(desk.get("/staff/team/"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "nobody"}, "valid email"),
        ({"role": "owner"}, "not one of the available choices"),
        ({"email": "editor@example.org"}, "This is a colleague already"),
    ],
)
def test_what_is_wrong_with_an_invitation(
    desk: Client, changes: dict[str, str], words: str
) -> None:
    said = {"email": "nina@example.org", "role": "editor", "language": "en", **changes}
    page = desk.post("/staff/team/invite/", said)
    assert page.status_code == 422
    assert words in text_of(page)
    assert not Invitation.objects.exists()


def test_oneself_is_left_to_another_administrator(desk: Client, editor: User) -> None:
    here = f"/staff/team/{editor.pk}/"
    assert "This is you." in text_of(desk.get(here))
    for deed, said in (("role", {"role": "viewer"}), ("deactivate", {}), ("sign-out", {})):
        desk.post(f"{here}{deed}/", said)
    editor.refresh_from_db()
    assert (editor.role, editor.is_active) == ("administrator", True)
    assert not Change.objects.filter(what__in=("colleague.role_changed",)).exists()


def test_the_last_administrator_is_named(desk: Client, editor: User) -> None:
    other = User.objects.create_user("b@example.org", is_staff=True, role="administrator")
    desk.post(f"/staff/team/{other.pk}/deactivate/")
    client = Client()
    root = User.objects.create_superuser("root@example.org")
    client.force_login(root)
    User.objects.filter(pk=root.pk).update(is_superuser=False, role="")
    assert client.get(f"/staff/team/{editor.pk}/").status_code == 403
    assert "It stands so already." in text_of(
        desk.post(f"/staff/team/{other.pk}/deactivate/", follow=True)
    )


def test_a_role_that_does_not_exist(desk: Client) -> None:
    other = User.objects.create_user("b@example.org", is_staff=True, role="editor")
    assert desk.post(f"/staff/team/{other.pk}/role/", {"role": "owner"}).status_code == 404


def test_a_supporter_s_login_is_no_colleague(desk: Client) -> None:
    ana = User.objects.create_user("ana@example.org")
    assert desk.get(f"/staff/team/{ana.pk}/").status_code == 404
    assert desk.post(f"/staff/team/{ana.pk}/role/", {"role": "viewer"}).status_code == 404


def test_one_s_own_page(viewer: Client) -> None:
    viewer.post("/staff/me/", {"name": "  Vera   V. ", "language": "ro"})
    vera = User.objects.get(email="vera@example.org")
    assert (vera.first_name, vera.language, vera.wants_digest) == ("Vera V.", "ro", False)
    assert vera.role == "viewer"
    page = viewer.get("/staff/topics/")
    assert '<html lang="ro">' in page.content.decode()


def test_one_cannot_give_oneself_a_role(viewer: Client) -> None:
    viewer.post("/staff/me/", {"name": "V", "role": "administrator", "is_superuser": "1"})
    vera = User.objects.get(email="vera@example.org")
    assert (vera.role, vera.is_superuser) == ("viewer", False)


def test_where_one_is_signed_in(viewer: Client) -> None:
    vera = User.objects.get(email="vera@example.org")
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/605.1"})
    phone.force_login(vera)
    page = text_of(viewer.get("/staff/me/"))
    assert "this one" in page
    assert SignIn.objects.filter(user=vera).count() == 2
    viewer.post("/staff/me/sign-out/")
    assert phone.get("/staff/").status_code == 302
    assert viewer.get("/staff/").status_code == 200


def test_somebody_else_s_sign_in_is_not_ended(viewer: Client, desk: Client, editor: User) -> None:
    number = SignIn.objects.get(user=editor).pk
    viewer.post("/staff/me/sign-out/", {"sign_in": number})
    assert desk.get("/staff/").status_code == 200


def test_an_administrator_signs_a_colleague_out(viewer: Client, desk: Client) -> None:
    vera = User.objects.get(email="vera@example.org")
    desk.post(f"/staff/team/{vera.pk}/sign-out/")
    assert viewer.get("/staff/").status_code == 302
    assert desk.get("/staff/").status_code == 200
