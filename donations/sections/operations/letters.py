"""Mail about choices: to ask the mailbox, and to bring the link to one's own page."""

from datetime import datetime, timedelta

from django.db import transaction

from donations.outbox.models import Message, Suppression
from donations.outbox.operations import queue
from donations.supporters.links import choices_url, confirm_url
from donations.supporters.models import Supporter
from donations.supporters.operations import normalise_email
from donations.supporters.queries import supporter_at

# What the answer to the mail is kept as.
CONFIRMATION = "confirmation mail"
# Whoever does not answer is left in peace, however often a stranger types the address.
MOST_UNANSWERED = 3
BETWEEN = timedelta(days=1)


def send_confirmation(*, supporter: Supporter, at: datetime) -> None:
    """Ask the mailbox about what waits: once a day, three times in all without an answer.

    Called with the supporter locked.
    """
    waiting = list(supporter.follows.waiting().select_related("section"))
    key = confirmation_key(supporter=supporter, at=at)
    if not waiting or not key or is_left_alone(supporter):
        return
    language = waiting[0].language
    chosen = [each.section.name(language) for each in waiting if each.section is not None]
    queue(
        key=key,
        kind=Message.Kind.CONFIRM_TOPICS,
        to=supporter.email,
        language=language,
        context={
            "confirm_url": confirm_url(supporter, language),
            "sections": [*chosen],
            "asked_at": max(each.asked_at for each in waiting).isoformat(),
        },
        at=at,
    )


def confirmation_key(*, supporter: Supporter, at: datetime) -> str:
    """Of one more mail of this kind since the last answer; blank when there were enough."""
    answers = supporter.consents.filter(source=CONFIRMATION).count()
    return free_key(f"confirm_topics:{supporter.pk}:{answers}", at=at)


def free_key(stem: str, *, at: datetime) -> str:
    """One a day, three in all; blank when there were enough."""
    keys = [f"{stem}:{number}" for number in range(MOST_UNANSWERED)]
    sent = Message.objects.filter(key__in=keys).values_list("created_at", flat=True)
    if len(sent) == MOST_UNANSWERED or any(at - each < BETWEEN for each in sent):
        return ""
    return keys[len(sent)]


@transaction.atomic
def send_choices_link(*, email: str, language: str, at: datetime) -> None:
    """The link to one's own choices, once a day; to who never used one, three times in all.

    Nothing to an address that is not known.
    """
    known = supporter_at(normalise_email(email))
    if known is None or is_left_alone(known):
        return
    supporter = Supporter.everybody.select_for_update(no_key=True).get(pk=known.pk)
    is_proved, stem = supporter.proved_at is not None, f"choices_link:{supporter.pk}"
    key = f"{stem}:{at.date()}" if is_proved else free_key(stem, at=at)
    if key:
        queue(
            key=key,
            kind=Message.Kind.CHOICES_LINK,
            to=supporter.email,
            language=language,
            context={"choices_url": choices_url(supporter, language)},
            at=at,
        )


def is_left_alone(supporter: Supporter) -> bool:
    """Whether the address is dead, or its owner does not want our mail."""
    return Suppression.objects.filter(email=supporter.email).exists()
