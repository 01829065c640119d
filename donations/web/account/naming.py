"""Whether a supporter's name stands on the page of supporters. At first it does not."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from donations.supporters.models import Supporter
from donations.supporters.naming import show_name
from donations.web.account.access import theirs
from donations.web.account.frame import frame
from donations.web.forms import TextField
from donations.web.give import SeeOther

LONGEST = 80
CONSENT = gettext_lazy(
    "Show this name on the public page of supporters. I can take it off any time."
)
REFUSAL = gettext_lazy("I want to stay anonymous.")
# A name is no advertisement.
LIKE_A_LINK = ("://", "www.", "@")


class NameForm(forms.Form):
    """Shown or not, and as whom."""

    shown = forms.BooleanField(required=False)
    name = TextField(max_length=LONGEST)

    def clean(self) -> dict[str, object]:
        """Who wants to be shown says as whom."""
        told = super().clean() or {}
        name = " ".join(str(told.get("name", "")).split())
        if told.get("shown") and "name" in told and not name:
            raise ValidationError({"name": _("Type the name that is to be shown.")})
        if any(each in name.lower() for each in LIKE_A_LINK):
            raise ValidationError({"name": _("Only a name, please: no address and no link.")})
        return {**told, "name": name}


@theirs
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """GET shows how it is, POST changes it."""
    now = {"shown": bool(supporter.public_name), "name": supporter.public_name or supporter.name}
    form = NameForm(request.POST if request.method == "POST" else None, initial=now)
    if not form.is_valid():
        context = {**frame(language, "account_name"), "form": form, "consent": CONSENT}
        context["is_hidden"] = supporter.is_name_hidden and supporter.public_name
        return render(request, "account/name.html", context, status=422 if form.is_bound else 200)
    is_shown = form.cleaned_data["shown"]
    show_name(
        supporter=supporter,
        name=form.cleaned_data["name"] if is_shown else "",
        wording=str(CONSENT if is_shown else REFUSAL),
        source="account",
        at=timezone.now(),
    )
    messages.success(
        request,
        _("Your name is shown among the supporters. Thank you.")
        if is_shown
        else _("Your name is not shown anywhere."),
    )
    return SeeOther(reverse("account", args=[language]))
