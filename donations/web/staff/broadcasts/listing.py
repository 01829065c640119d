"""All broadcasts, what needs a person first; how fast mail to many may leave; a new draft."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.history.operations import keep_change
from donations.outbox import limits
from donations.outbox.models import Bucket
from donations.supporters.models import User
from donations.team.rights import Right
from donations.topics.models import Topic
from donations.web.staff.access import allowed, colleague
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.keeping import keep_new
from donations.web.staff.shell import show
from donations.web.staff.topics import number

PER_PAGE, TOPICS = 20, 30
STREAM = "broadcasts"
State = Broadcast.State


@dataclass(frozen=True)
class Listed:
    """A broadcast in the list of all."""

    broadcast: Broadcast

    @property
    def title(self) -> str:
        """What it is about."""
        return words.title(self.broadcast)

    @property
    def audience(self) -> str:
        """Who it is for."""
        return words.audience(self.broadcast)

    @property
    def at(self) -> datetime:
        """When it is to go, or went; of a draft, when it was changed."""
        its = self.broadcast
        return its.finished_at or its.frozen_at or its.send_at or its.changed_at

    @property
    def state(self) -> words.Words:
        """How it stands."""
        is_unapproved = (
            finding.is_waiting(self.broadcast) and self.broadcast.state != "needs_review"
        )
        return _("waits for a colleague") if is_unapproved else words.STATES[self.broadcast.state]


class RateForm(forms.Form):
    """At most so many mails a minute; blank for no limit."""

    per_minute = forms.IntegerField(
        min_value=1,
        max_value=1_000_000,
        required=False,
        label=gettext_lazy("At most so many mails a minute"),
        error_messages=words.NUMBER_MESSAGES,
        help_text=gettext_lazy("Blank: as fast as the mail server takes them."),
    )


@allowed(Right.LOOK)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What needs a look, what is in hand, and what is over, newest first."""
    return listed(request, RateForm({"per_minute": limits.rate(name=STREAM)}))


def listed(request: HttpRequest, form: RateForm, status: int = 200) -> HttpResponse:
    """The page, with the rate as it stands or as it was typed."""
    alive = list(finding.told().exclude(state__in=finding.OVER).order_by("-changed_at", "-pk"))
    over = finding.told().filter(state__in=finding.OVER).order_by("-changed_at", "-pk")
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    looked_at = [each for each in alive if finding.is_waiting(each)]
    groups = [
        (_("Needs a person"), looked_at),
        (_("On its way"), of(alive, *finding.RUNNING)),
        (_("Scheduled"), [each for each in of(alive, State.SCHEDULED) if each.approved_at]),
        (_("Drafts"), of(alive, State.DRAFT)),
        (_("Over"), list(page)),
    ]
    context = {
        "groups": [(name, [Listed(each) for each in found]) for name, found in groups if found],
        "page": page,
        "form": form,
    }
    return show(request, "staff/broadcasts/list.html", context, status)


def of(broadcasts: list[Broadcast], *states: str) -> list[Broadcast]:
    """Those in one of these states."""
    return [each for each in broadcasts if each.state in states]


@allowed(Right.SEND)
@require_POST
def set_rate(request: HttpRequest) -> HttpResponse:
    """How fast mail to many may leave, from now on and for all workers together."""
    form = RateForm(request.POST)
    if not form.is_valid():
        return listed(request, form, 422)
    limit(colleague(request), form.cleaned_data["per_minute"])
    messages.success(request, _("Kept. It holds from the next mail on."))
    return redirect("staff_broadcasts")


@allowed(Right.SEND)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Which topic it is about; POST makes the draft."""
    chosen = number(request.POST.get("topic") or request.GET.get("topic") or "")
    topics = Topic.objects.select_related("section").prefetch_related("texts")
    topic = get_object_or_404(topics, pk=chosen) if chosen else None
    if request.method == "POST" and topic is not None:
        made = drafted(request, topic)
        return redirect("staff_broadcast_edit", made.pk)
    known = [topic] if topic else list(topics.published()[:TOPICS])
    context = {"topic": topic, "topics": [(each, each.text(words.language())) for each in known]}
    return show(request, "staff/broadcasts/new.html", context)


@transaction.atomic
def limit(by: User, per_minute: int | None) -> None:
    """So many a minute from now on."""
    at, before = timezone.now(), {"per_minute": limits.rate(name=STREAM)}
    limits.set_rate(name=STREAM, per_minute=per_minute, at=at)
    if before["per_minute"] != per_minute:
        keep_change(
            what="rate.changed",
            by=by,
            about=Bucket.objects.get(name=STREAM),
            before=before,
            after={"per_minute": per_minute},
            at=at,
        )


@transaction.atomic
def drafted(request: HttpRequest, topic: Topic) -> Broadcast:
    """A draft about the topic, and who began it."""
    at = timezone.now()
    made = broadcasts.draft(topic=topic, by=colleague(request), at=at)
    keep_new(request, "broadcast.drafted", made, "topic__slug", at=at)
    return made
