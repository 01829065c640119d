"""The outlet's own feeds, which bring drafts: added, looked at, paused, removed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donations.sections.models import Section
from donations.team.rights import Right
from donations.topics.models import Feed
from donations.topics.operations import feeds as desk
from donations.topics.operations.polling import EVERY, FIRST_DRAFTS
from donations.topics.queries.feeds import brought_by, draft_counts, listed
from donations.web.hints import poll_soon
from donations.web.staff.access import allowed
from donations.web.staff.feedwords import real_address, sentence
from donations.web.staff.keeping import keep_new, kept
from donations.web.staff.shell import show
from donations.web.staff.topicform import SectionField, own_name
from donations.web.staff.topics import line, spoken

REFRESH_SECONDS, SHOWN = 2, 20
# A worker comes within seconds, when there is one; a slow server may take a while.
LATE = timedelta(minutes=1)
STEPS: Mapping[str, Callable[[Feed, datetime], bool]] = {
    "ask": lambda feed, at: desk.ask_now(feed=feed, at=at),
    "pause": lambda feed, _at: desk.pause(feed=feed),
    "remove": lambda feed, _at: desk.remove(feed=feed),
}

DONE = {"ask": "asked", "pause": "paused", "remove": "removed"}
TOLD = ("url", "section__slug", "language")


class AddressField(forms.URLField):
    """As people copy it: with feed: before it, or nothing."""

    def to_python(self, value: Any) -> str:
        """As a browser would ask for it."""
        said = str(value or "").strip()
        bare = said.removeprefix("feed:")
        said = bare.removeprefix("//") if bare != said else said
        return str(super().to_python(said) or "")


class FeedForm(forms.Form):
    """A feed to add."""

    url = AddressField(
        assume_scheme="https",
        max_length=500,
        error_messages={
            "required": gettext_lazy("Enter the feed's address."),
            "invalid": gettext_lazy("Enter an address like https://example.org/feed/."),
            "max_length": gettext_lazy("This address is too long."),
        },
    )
    section = SectionField(
        Section.objects.none(),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a section."),
            "invalid_choice": gettext_lazy("This section is not there any more. Choose another."),
        },
    )
    language = forms.ChoiceField()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, first: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=first or {"language": spoken()})
        cast("SectionField", self.fields["section"]).queryset = Section.objects.open()
        choices = [(code, own_name(code)) for code in dict(settings.LANGUAGES)]
        cast("forms.ChoiceField", self.fields["language"]).choices = choices

    def clean_url(self) -> str:
        """On the web."""
        url = str(self.cleaned_data["url"])
        if not url.startswith(("http://", "https://")):
            raise forms.ValidationError(self.fields["url"].error_messages["invalid"])
        return url


@dataclass(frozen=True, kw_only=True)
class Line:
    """A feed as the desk shows it."""

    feed: Feed
    drafts: int

    @property
    def section(self) -> str:
        """In the desk's language."""
        return self.feed.section.name(spoken())

    @property
    def language(self) -> str:
        """In the desk's language."""
        return str(get_language_info(self.feed.language)["name_translated"])

    @property
    def problem(self) -> str:
        """What is wrong with it."""
        return sentence(self.feed.problem)

    @property
    def real_address(self) -> str:
        """Of the feed, when a page was added for it."""
        return real_address(self.feed.problem)


@allowed(Right.LOOK, to_change=Right.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """All of them, and a form for a new one, which is asked in the background."""
    if request.method != "POST":
        first = {name: request.GET[name] for name in FeedForm.base_fields if name in request.GET}
        return listing(request, FeedForm(first=first))
    form = FeedForm(request.POST)
    if not form.is_valid():
        return listing(request, form, status=422)
    try:
        feed = added(request, form.cleaned_data)
    except desk.AlreadyThere as known:
        messages.warning(request, _("This feed was added before: see how it stands."))
        return redirect("staff_feed", known.feed.pk)
    return asked(feed)


def added(request: HttpRequest, chosen: dict[str, Any]) -> Feed:
    """A new one, and who added it. Raises AlreadyThere."""
    at = timezone.now()
    with transaction.atomic():
        feed = desk.add(**chosen, at=at)
        keep_new(request, "feed.added", feed, *TOLD, at=at)
    return feed


def listing(request: HttpRequest, form: FeedForm, *, status: int = 200) -> HttpResponse:
    """By section and language."""
    counts = draft_counts()
    lines = [Line(feed=each, drafts=counts.get(each.pk, 0)) for each in listed()]
    context = {
        "lines": lines,
        "form": form,
        "minutes": EVERY // timedelta(minutes=1),
        "first": FIRST_DRAFTS,
    }
    return show(request, "staff/topics/feeds.html", context, status=status)


def asked(feed: Feed) -> HttpResponse:
    """Have a worker ask it, and show how that goes."""
    transaction.on_commit(poll_soon)
    since = int(timezone.now().timestamp())
    return redirect(f"{reverse('staff_feed', args=[feed.pk])}?since={since}")


@allowed(Right.LOOK)
@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; after it was to be asked, the page looks again until it was."""
    found = get_object_or_404(listed(), pk=pk)
    brought = brought_by(found)
    state = waiting(found, request.GET.get("since", ""), now=timezone.now())
    context = {
        "line": Line(feed=found, drafts=brought.count()),
        "topics": [line(topic) for topic in brought[:SHOWN]],
        "state": state,
    }
    response = show(request, "staff/topics/feed.html", context)
    if state == "asked":
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def waiting(feed: Feed, since: str, *, now: datetime) -> str:
    """`asked` while a worker should be at it, `late` when none came; blank else."""
    if not feed.is_active or not (since.isascii() and since.isdigit() and len(since) < 12):
        return ""
    moment = datetime.fromtimestamp(int(since), tz=now.tzinfo)
    if feed.polled_at is not None and feed.polled_at >= moment:
        return ""
    return "asked" if now - moment < LATE else "late"


@allowed(Right.WRITE)
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the buttons: ask it now, pause it, remove it."""
    found = get_object_or_404(Feed, pk=pk)
    told, at = DONE[name], timezone.now()
    with kept(request, f"feed.{told}", found, *TOLD, "is_active", "next_poll_at", at=at):
        STEPS[name](found, at)
    if name == "ask":
        return asked(found)
    if name == "pause":
        return redirect("staff_feed", pk)
    messages.success(request, _("Removed. The drafts that it brought are still here."))
    return redirect("staff_feeds")
