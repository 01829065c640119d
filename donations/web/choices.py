"""One's own choices: topics and language, changed or stopped without signing in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.outlet import queries as outlets
from donations.sections import operations, queries
from donations.sections.models import Section
from donations.supporters import links
from donations.supporters.models import Supporter
from donations.web import hints
from donations.web.by_token import by_token
from donations.web.flooding import is_flooding
from donations.web.following import AddressField, SectionsForm, said
from donations.web.forms import OfferedField, new_token, token_is_fresh
from donations.web.give import SeeOther

RATES = ("5/m/key", "30/m/ip")
EVERY, THESE, NOTHING = "every", "these", "nothing"


class LinkForm(forms.Form):
    """Where the link to one's own choices goes."""

    email = AddressField()


class ChoicesForm(SectionsForm):
    """What to hear about, and in which language."""

    what = OfferedField(gettext_lazy("Choose one of these."))
    spoken = OfferedField(gettext_lazy("Choose a language from the list."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", {each: each for each in (EVERY, THESE, NOTHING)})
        self.offer("spoken", {code: str(name) for code, name in settings.LANGUAGES})

    def clean(self) -> dict[str, Any]:
        """“Only these” needs one of them."""
        chosen = self.cleaned_data
        if chosen.get("what") == THESE and chosen.get("sections") == []:
            raise ValidationError({"sections": _("Choose at least one, or no mail at all.")})
        return chosen

    @property
    def wanted(self) -> list[Section] | None:
        """The chosen sections; None for every one."""
        chosen = self.cleaned_data
        if chosen["what"] == EVERY:
            return None
        return [self.known[slug] for slug in chosen["sections"] if chosen["what"] == THESE]


@by_token
def page(request: HttpRequest, language: str) -> HttpResponse:
    """Reached by the link in a mail; without one, or with one too old, a link can be asked for."""
    token = request.GET.get("token", "")
    try:
        supporter = links.supporter_of(token, purpose=links.CHOICES)
    except links.LinkExpired:
        return ask_for_link(request, language, notice="expired")
    except links.LinkUnknown:
        return ask_for_link(request, language, notice="unknown" if token else "")
    if request.method != "POST":
        return show(request, language, supporter, form_of(supporter, language))
    form = ChoicesForm(request.POST, known=queries.choosable(supporter), language=language)
    if not form.is_valid():
        return show(request, language, supporter, form, status=422)
    return save(request, language, supporter, form)


def form_of(supporter: Supporter, language: str) -> ChoicesForm:
    """As it stands now."""
    now = queries.choices(supporter)
    what = EVERY if now.every else THESE if now.sections else NOTHING
    initial = {
        "what": what,
        "sections": [section.slug for section in now.sections],
        "spoken": now.language,
    }
    return ChoicesForm(initial=initial, known=queries.choosable(supporter), language=language)


def save(
    request: HttpRequest, language: str, supporter: Supporter, form: ChoicesForm
) -> HttpResponse:
    """From now on exactly this."""
    wanted = form.wanted
    none = _("No mail about topics")
    operations.choose(
        supporter=supporter,
        sections=wanted,
        language=form.cleaned_data["spoken"],
        wording=none if wanted == [] else _("Write to me about: %s") % said(wanted, language),
        source="choices page",
        at=timezone.now(),
    )
    query = request.GET.copy()
    query["saved"] = "1"
    return SeeOther(f"{request.path}?{query.urlencode()}")


def show(
    request: HttpRequest,
    language: str,
    supporter: Supporter,
    form: ChoicesForm,
    *,
    status: int = 200,
) -> HttpResponse:
    """What is chosen now, and the form to change it."""
    now = queries.choices(supporter)
    context = {
        "form": form,
        "now": now,
        "chosen_names": said(now.sections, language),
        "waits": bool(queries.waiting(supporter)),
        "outlet": outlets.current(),
        "language": language,
        "languages": settings.LANGUAGES,
        "is_saved": "saved" in request.GET and status == 200,
    }
    return render(request, "topics/choices.html", context, status=status)


def ask_for_link(request: HttpRequest, language: str, *, notice: str) -> HttpResponse:
    """Whether the address is known or not, the answer is the same: look into your mailbox."""
    status = {"expired": 410, "unknown": 404}.get(notice, 200)
    form, is_sent = LinkForm(), False
    if request.method == "POST":
        form, status = LinkForm(request.POST), 422
        if not token_is_fresh(request.POST.get("token", "")):
            notice = "old"
        elif form.is_valid():
            email = form.cleaned_data["email"]
            is_sent = not is_flooding(request, action="choices", email=email, rates=RATES)
            notice, status = ("", 200) if is_sent else ("busy", 429)
    if is_sent:
        operations.send_choices_link(email=email, language=language, at=timezone.now())
        hints.mail_soon()
    context = {
        "form": form,
        "notice": notice,
        "is_sent": is_sent,
        "token": new_token(),
        "outlet": outlets.current(),
        "language": language,
    }
    return render(request, "topics/choices_link.html", context, status=status)
