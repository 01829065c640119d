"""When it is sent, and who said so."""

from datetime import datetime, timedelta

from django.db import transaction

from donations.broadcasts.editions import NothingToSay, complete, freeze_words, render
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations.composing import NotADraft
from donations.outlet import queries as outlets
from donations.supporters.models import User
from donations.topics.models import Topic

State = Broadcast.State


class AuthorMayNotApprove(Exception):
    """The newsroom wants four eyes, and these two wrote the words."""


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

    With four eyes it waits for `approve` first, and its words are frozen now, so that what was
    approved is what is sent. Raises NotADraft, NothingToSay, BrokenEdition.
    """
    # Nobody takes the topic off the pages meanwhile (withdrawing.py).
    topic = Topic.objects.select_for_update(of=("self",)).get(pk=broadcast.topic_id)
    if topic.state != Topic.State.PUBLISHED:
        raise NothingToSay("The topic is not published.")
    complete(broadcast)
    for edition in broadcast.editions.all():
        render(broadcast, edition)
    needs_four_eyes = outlets.current().needs_four_eyes
    approval = {} if needs_four_eyes else {"approved_by": by, "approved_at": at}
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
    if needs_four_eyes:
        freeze_words(broadcast)


def approve(*, broadcast: Broadcast, by: User, at: datetime, seen: datetime | None = None) -> bool:
    """Let it go at its time; False when there is nothing to approve. Raises AuthorMayNotApprove.

    `seen` is the `changed_at` of what was looked at: what was changed since is not approved.
    """
    if broadcast.author_id == by.pk:
        raise AuthorMayNotApprove
    waiting = Broadcast.objects.filter(
        pk=broadcast.pk, state=State.SCHEDULED, approved_at=None
    ).exclude(author=by)
    if seen is not None:
        waiting = waiting.filter(changed_at=seen)
    return bool(waiting.update(approved_by=by, approved_at=at, changed_at=at))


@transaction.atomic
def unschedule(*, broadcast: Broadcast, at: datetime) -> bool:
    """Back to a draft, also from a review, as long as nobody is on the list.

    Words that were frozen already are thawed: what is written now is what is sent.
    """
    unbegun = Broadcast.objects.filter(pk=broadcast.pk, frozen_through=0)
    is_draft = unbegun.mark(
        State.DRAFT,
        of=(State.SCHEDULED, State.NEEDS_REVIEW),
        send_at=None,
        approved_by=None,
        approved_at=None,
        problem="",
        changed_at=at,
    )
    if is_draft:
        broadcast.editions.update(frozen_subject="", frozen_text="", frozen_html="")
    return bool(is_draft)


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
