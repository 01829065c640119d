"""One's own page: name, language, second factors, where one is signed in, the weekly digest."""

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from donations.supporters.models import User
from donations.team import operations as team
from donations.team import sessions
from donations.team.rights import Right, role_of
from donations.web.staff.access import allowed, colleague
from donations.web.staff.shell import show
from donations.web.staff.topicform import own_name
from donations.web.teamwords import ROLES, THEIR_RIGHTS

Kind = Authenticator.Type


class MeForm(forms.Form):
    """What one may change about oneself. A role is not among it."""

    name = forms.CharField(
        max_length=150,
        required=False,
        label=gettext_lazy("Name"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language of the desk"))
    digest = forms.BooleanField(required=False, label=gettext_lazy("A letter every week"))

    def __init__(self, data: object = None, *, user: User) -> None:
        first = {"name": user.first_name, "language": user.language, "digest": user.wants_digest}
        super().__init__(data, initial=first)  # type: ignore[arg-type]
        choices = [(code, own_name(code)) for code in dict(settings.LANGUAGES)]
        choices.insert(0, ("", _("As the browser asks")))
        self.fields["language"] = forms.ChoiceField(
            choices=choices, required=False, label=gettext_lazy("Language of the desk")
        )


@allowed(Right.LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """What we know of oneself, and may be changed; POST keeps it."""
    user = colleague(request)
    form = MeForm(request.POST if request.method == "POST" else None, user=user)
    if request.method != "POST" or not form.is_valid():
        return page(request, form, 422 if form.is_bound else 200)
    said = form.cleaned_data
    team.change_oneself(
        user=user,
        name=" ".join(said["name"].split()),
        language=said["language"],
        wants_digest=said["digest"],
        at=timezone.now(),
    )
    if said["language"]:
        translation.activate(said["language"])
    messages.success(request, _("Saved."))
    return remembering(redirect("staff_me"), said["language"])


def page(request: HttpRequest, form: MeForm, status: int) -> HttpResponse:
    """The page, with what was typed."""
    user = colleague(request)
    role = role_of(user)
    kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    context = {
        "form": form,
        "role": ROLES[role] if role else "",
        "rights": THEIR_RIGHTS[role] if role else [],
        "has_app": Kind.TOTP in kinds,
        "keys": list(kinds).count(Kind.WEBAUTHN),
        "has_codes": Kind.RECOVERY_CODES in kinds,
        "sign_ins": sessions.sign_ins(user),
        "here": request.session.session_key,
    }
    return show(request, "staff/team/me.html", context, status)


def remembering(response: HttpResponse, language: str) -> HttpResponse:
    """The pages around the desk have no login to ask: a cookie tells them."""
    if language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@allowed(Right.LOOK)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End one's sign-in in another browser, or in all others."""
    user, number = colleague(request), request.POST.get("sign_in", "")
    only = int(number) if number.isdecimal() and len(number) < 18 else None
    ended = team.sign_out(
        user=user, by=user, besides=request.session.session_key, only=only, at=timezone.now()
    )
    if ended:
        messages.success(request, _("Signed out there."))
    else:
        messages.warning(request, _("You are signed in nowhere else."))
    return redirect("staff_me")
