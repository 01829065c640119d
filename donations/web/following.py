"""Asking to hear about topics, and confirming it from the mailbox."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
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
from donations.web.forms import BAD_CHARACTERS, CONSENT_TOPICS, new_token, token_is_fresh
from donations.web.give import SeeOther

RATES = ("5/m/key", "30/m/ip")
YES = gettext_lazy("Yes, write to me about new topics")


class AddressField(forms.EmailField):
    """An e-mail address that has to be there."""

    def __init__(self) -> None:
        wrong = gettext_lazy("Enter an e-mail address like name@example.com.")
        super().__init__(
            max_length=254,
            error_messages={
                "required": wrong,
                "invalid": wrong,
                "max_length": gettext_lazy("This e-mail address is too long."),
                "null_characters_not_allowed": BAD_CHARACTERS,
            },
        )


class SectionsForm(forms.Form):
    """Some of the sections, by their names in the language of the page."""

    sections = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("One of these is no longer there. Choose again.")
        },
    )

    def __init__(self, *args: Any, known: Iterable[Section], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {each.slug: each for each in known}
        self.names = {slug: each.name(language) for slug, each in self.known.items()}
        self.offer("sections", self.names)

    def offer(self, name: str, choices: dict[str, str]) -> None:
        """What can be chosen in a field: known only now."""
        cast("forms.ChoiceField", self.fields[name]).choices = list(choices.items())

    @property
    def offered(self) -> list[tuple[str, str, bool]]:
        """Each section: its slug, its name, whether it is ticked."""
        ticked = self["sections"].value() or []
        return [(slug, name, slug in ticked) for slug, name in self.names.items()]


class FollowForm(SectionsForm):
    """Which topics, to which address. Nothing is ticked before the reader does it."""

    email = AddressField()
    every = forms.BooleanField(required=False)
    consent = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick this box, so that we may write to you.")}
    )
    wording = CONSENT_TOPICS

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.action, self.token = reverse("topics_follow", args=[language]), new_token()

    def clean(self) -> dict[str, Any]:
        """Something has to be chosen."""
        said = self.cleaned_data
        if not said.get("every") and said.get("sections") == []:
            raise ValidationError({"sections": _("Choose at least one.")})
        return said

    @property
    def wanted(self) -> list[Section] | None:
        """The chosen sections; None for every one."""
        said = self.cleaned_data
        return None if said["every"] else [self.known[slug] for slug in said["sections"]]


def follow_form(language: str) -> FollowForm:
    """The empty form, for `topics/follow.html` on any page: its `follow_form`."""
    return FollowForm(known=queries.choosable(), language=language)


@by_token
def follow(request: HttpRequest, language: str) -> HttpResponse:
    """Whether the address is known or not, the answer is the same: look into your mailbox."""
    if request.method != "POST":
        return show(request, language, follow_form(language), is_sent="sent" in request.GET)
    form = FollowForm(request.POST, known=queries.choosable(), language=language)
    expired = not token_is_fresh(request.POST.get("token", ""))
    if not form.is_valid() or expired:
        return show(request, language, form, status=422, notice="expired" if expired else "")
    if is_flooding(request, action="follow", email=form.cleaned_data["email"], rates=RATES):
        return show(request, language, form, status=429, notice="busy")
    operations.ask_by_address(
        email=form.cleaned_data["email"],
        sections=form.wanted,
        language=language,
        wording=f"{CONSENT_TOPICS} ({said(form.wanted, language)})",
        source="topics page",
        at=timezone.now(),
    )
    hints.mail_soon()
    return SeeOther(f"{form.action}?sent=1")


def show(
    request: HttpRequest,
    language: str,
    form: FollowForm,
    *,
    status: int = 200,
    notice: str = "",
    is_sent: bool = False,
) -> HttpResponse:
    """The form on a page of its own, or where to look now."""
    context = {
        "follow_form": form,
        "outlet": outlets.current(),
        "language": language,
        "notice": notice,
        "is_sent": is_sent,
    }
    return render(request, "topics/follow_page.html", context, status=status)


@by_token
def confirm(request: HttpRequest, language: str) -> HttpResponse:
    """Reached by the link in a mail. GET shows what waits, POST confirms it."""
    context = {"outlet": outlets.current(), "language": language, "yes": YES}
    try:
        supporter = links.supporter_of(request.GET.get("token", ""), purpose=links.CONFIRM)
    except links.LinkUnknown:
        return render(request, "topics/confirm_unknown.html", context, status=404)
    except links.LinkExpired as expired:
        return renew(request, expired.supporter, context)
    if request.method == "POST":
        waiting = queries.waiting(supporter)
        wanted = None if waiting.every else waiting.sections
        wording = f"{YES} ({said(wanted, language)})"
        operations.confirm(supporter=supporter, at=timezone.now(), wording=wording)
        return redirect(request.get_full_path())
    waiting, chosen = queries.waiting(supporter), queries.choices(supporter)
    context |= {
        "waiting": waiting,
        "waiting_names": [section.name(language) for section in waiting.sections],
        "chosen": chosen,
        "chosen_names": [section.name(language) for section in chosen.sections],
        "choices_url": links.choices_url(supporter, language),
    }
    return render(request, "topics/confirm.html", context)


def renew(request: HttpRequest, supporter: Supporter, context: dict[str, Any]) -> HttpResponse:
    """A link that is too old: a new one goes to the same mailbox, if somebody wants it."""
    wants_it = request.method == "POST"
    if wants_it:
        operations.send_confirmation_again(supporter=supporter, at=timezone.now())
        hints.mail_soon()
    status = 200 if wants_it else 410
    context = {**context, "is_sent": wants_it}
    return render(request, "topics/confirm_expired.html", context, status=status)


def said(sections: Sequence[Section] | None, language: str) -> str:
    """What was chosen, in words, beside the wording that was agreed to."""
    if sections is None:
        return _("every new topic")
    return ", ".join(section.name(language) for section in sections)
