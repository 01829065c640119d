"""Somebody typed an address and ticked a box. Whether it was its owner, the mailbox says."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from donations.sections.models import Follow, Section
from donations.sections.operations.following import (
    EVERY,
    end_all_but,
    follow,
    keep_one_kind,
    locked,
    numbers,
)
from donations.sections.operations.letters import CONFIRMATION, send_confirmation
from donations.supporters.models import Consent, Supporter
from donations.supporters.operations import meet_supporter, record_consent
from donations.supporters.queries import has_agreed

TOPICS = Consent.Purpose.TOPICS
# Without the words of a page: who calls this has none.
FOLLOWED_THE_LINK = "The link in the confirmation mail."


@transaction.atomic
def ask_by_address(
    *,
    email: str,
    sections: Sequence[Section] | None,
    language: str,
    wording: str,
    source: str,
    at: datetime,
) -> None:
    """The same for whoever has this address, known or not."""
    supporter = meet_supporter(email=email, language=language, at=at)
    ask(
        supporter=supporter,
        sections=sections,
        language=language,
        wording=wording,
        source=source,
        at=at,
    )


@transaction.atomic
def ask(
    *,
    supporter: Supporter,
    sections: Sequence[Section] | None,
    language: str,
    wording: str,
    source: str,
    at: datetime,
    said_at: datetime | None = None,
) -> None:
    """These too, or every section for None; a mail asks the owner of an address not yet proved.

    What was said long ago (`said_at`) changes nothing that was decided since, and the same told
    again, as by a second instalment, nothing at all.
    """
    supporter, said_at = locked(supporter), said_at or at
    if has_agreed(supporter=supporter, purpose=TOPICS, source=source, at=said_at):
        return
    is_outdated = has_decided_since(supporter=supporter, said_at=said_at, source=source)
    record_consent(
        supporter=supporter,
        purpose=TOPICS,
        granted=True,
        wording=wording,
        source=source,
        at=said_at,
    )
    wanted = EVERY if sections is None else list(sections)
    if not is_outdated and not is_covered(supporter, wanted):
        _want(supporter=supporter, wanted=wanted, language=language, said_at=said_at, at=at)


def _want(
    *,
    supporter: Supporter,
    wanted: Sequence[Section | None],
    language: str,
    said_at: datetime,
    at: datetime,
) -> None:
    needs_answer, active = needs_mailbox(supporter), _numbers(supporter.follows.active())
    waiting = list(supporter.follows.waiting())
    end_all_but(follows=waiting, wanted=numbers(wanted), at=said_at)
    first_asked = {each.section_id: each.asked_at for each in waiting}
    for section in wanted:
        number = None if section is None else section.pk
        if number not in active:
            follow(
                supporter=supporter,
                section=section,
                language=language,
                asked_at=first_asked.get(number, said_at),
                confirmed_at=None if needs_answer else said_at,
            )
    if needs_answer:
        send_confirmation(supporter=supporter, at=at)
    else:
        keep_one_kind(supporter=supporter, at=said_at)


@transaction.atomic
def confirm(*, supporter: Supporter, at: datetime, wording: str = FOLLOWED_THE_LINK) -> None:
    """The mailbox answered: the address is proved, and what waited holds."""
    supporter = locked(supporter)
    supporter.mark_proved(at=at)
    if supporter.follows.waiting().mark_confirmed(at=at):
        keep_one_kind(supporter=supporter, at=at)
        record_consent(
            supporter=supporter,
            purpose=TOPICS,
            granted=True,
            wording=wording,
            source=CONFIRMATION,
            at=at,
        )


@transaction.atomic
def send_confirmation_again(*, supporter: Supporter, at: datetime) -> None:
    """A new link for one that is too old; not more often than any other mail of this kind."""
    send_confirmation(supporter=locked(supporter), at=at)


@transaction.atomic
def take_back(
    *, supporter: Supporter, said_at: datetime, wording: str, source: str, at: datetime
) -> None:
    """What was asked for at `said_at` was not theirs to ask: all of it is as if never said.

    What the mailbox itself has answered stays: that was its owner.
    """
    supporter = locked(supporter)
    record_consent(
        supporter=supporter, purpose=TOPICS, granted=False, wording=wording, source=source, at=at
    )
    unanswered = Q(confirmed_at=None) | Q(confirmed_at=said_at)
    made = supporter.follows.filter(unanswered, asked_at=said_at, ended_at=None)
    replaced = [each.pk for each in supporter.follows.filter(ended_at=said_at)]
    if made.mark_ended(at=said_at):
        Follow.objects.filter(pk__in=replaced).mark_resumed()


def needs_mailbox(supporter: Supporter) -> bool:
    """Whether a mail has to ask first: the address is not proved, or something was refused.

    Otherwise anybody who knows an address could undo what its owner has decided.
    """
    undecided = Q(confirmed_at=None) | Q(ended_at__isnull=False)
    return (
        supporter.proved_at is None
        or supporter.follows.filter(undecided).exists()
        or supporter.consents.filter(purpose=TOPICS, granted=False).exists()
    )


def is_covered(supporter: Supporter, wanted: Sequence[Section | None]) -> bool:
    """Whether all of it is mailed already, or nothing is wanted."""
    active = _numbers(supporter.follows.active())
    return None in active or numbers(wanted) <= active


def has_decided_since(*, supporter: Supporter, said_at: datetime, source: str) -> bool:
    """Whether they chose or stopped something later than that."""
    later = supporter.consents.filter(purpose=TOPICS, at__gt=said_at)
    was_ended = supporter.follows.filter(ended_at__gt=said_at).exists()
    return was_ended or later.exclude(source__in=(source, CONFIRMATION)).exists()


def _numbers(follows: Iterable[Follow]) -> set[int | None]:
    return {each.section_id for each in follows}
