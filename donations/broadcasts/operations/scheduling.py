"""When it is sent, and who said so."""

from datetime import datetime, timedelta

from django.db import transaction

from donations.broadcasts.editions import NothingToSay, render
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations.composing import NotADraft
from donations.outlet import queries as outlets
from donations.supporters.models import User
from donations.topics.models import Topic

State = Broadcast.State


class AuthorMayNotApprove(Exception):
    """The newsroom wants four eyes, and these two wrote it."""


@transaction.atomic
def schedule(
    *,
    broadcast: Broadcast,
    send_at: datetime,
    max_lateness: timedelta,
    by: User | None,
    at: datetime,
) -> None:
    """To be begun at `send_at`, or up to `max_lateness` after it.

    With four eyes it waits for `approve` first. Raises NotADraft, NothingToSay, BrokenEdition.
    """
    # Nobody takes the topic off the pages meanwhile (withdrawing.py).
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=broadcast.topic_id)
    if topic.state != Topic.State.PUBLISHED:
        raise NothingToSay("The topic is not published.")
    for edition in broadcast.editions.all():
        render(broadcast, edition)
    approval = {} if outlets.current().needs_four_eyes else {"approved_by": by, "approved_at": at}
    scheduled = Broadcast.objects.filter(pk=broadcast.pk).mark(
        State.SCHEDULED,
        of=(State.DRAFT,),
        send_at=send_at,
        max_lateness=max_lateness,
        changed_at=at,
        **approval,
    )
    if not scheduled:
        raise NotADraft


def approve(*, broadcast: Broadcast, by: User, at: datetime) -> bool:
    """Let it go at its time; False when there is nothing to approve. Raises AuthorMayNotApprove."""
    if broadcast.author_id == by.pk:
        raise AuthorMayNotApprove
    waiting = Broadcast.objects.filter(
        pk=broadcast.pk, state=State.SCHEDULED, approved_at=None
    ).exclude(author=by)
    return bool(waiting.update(approved_by=by, approved_at=at, changed_at=at))


def unschedule(*, broadcast: Broadcast, at: datetime) -> bool:
    """Back to a draft, also from a review, as long as nobody is on the list."""
    unbegun = Broadcast.objects.filter(pk=broadcast.pk, frozen_through=0)
    return bool(
        unbegun.mark(
            State.DRAFT,
            of=(State.SCHEDULED, State.NEEDS_REVIEW),
            send_at=None,
            approved_by=None,
            approved_at=None,
            problem="",
            changed_at=at,
        )
    )


def review_and_send(*, broadcast: Broadcast, by: User, at: datetime) -> bool:
    """Somebody has looked: begin now, however late it is, or go on with a list that is balanced.

    With four eyes the author may not be that somebody. Raises AuthorMayNotApprove.
    """
    if outlets.current().needs_four_eyes and broadcast.author_id == by.pk:
        raise AuthorMayNotApprove
    reviewed = Broadcast.objects.filter(pk=broadcast.pk, frozen_at=None)
    return bool(
        reviewed.mark(
            State.SCHEDULED,
            of=(State.NEEDS_REVIEW,),
            send_at=at,
            approved_by=by,
            approved_at=at,
            problem="",
            changed_at=at,
        )
    )
