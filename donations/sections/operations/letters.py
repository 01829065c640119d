"""Mail about choices: to ask the mailbox, and to bring the link to one's own page."""

from datetime import datetime, timedelta

from donations.outbox.models import Message, Suppression
from donations.outbox.operations import queue
from donations.supporters.links import choices_url, confirm_url
from donations.supporters.models import Supporter
from donations.supporters.operations import normalise_email

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
    key = free_key(supporter=supporter, at=at)
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


def free_key(*, supporter: Supporter, at: datetime) -> str:
    """The key of one more mail of this kind; blank when there were enough."""
    answers = supporter.consents.filter(source=CONFIRMATION).count()
    keys = [f"confirm_topics:{supporter.pk}:{answers}:{n}" for n in range(MOST_UNANSWERED)]
    sent = Message.objects.filter(key__in=keys).values_list("created_at", flat=True)
    if len(sent) == MOST_UNANSWERED or any(at - each < BETWEEN for each in sent):
        return ""
    return keys[len(sent)]


def send_choices_link(*, email: str, language: str, at: datetime) -> None:
    """The link to one's own choices, once a day; nothing to an address that never chose."""
    supporter = Supporter.objects.filter(email=normalise_email(email)).first()
    if supporter is None or is_left_alone(supporter) or not has_chosen(supporter):
        return
    queue(
        key=f"choices_link:{supporter.pk}:{at.date()}",
        kind=Message.Kind.CHOICES_LINK,
        to=supporter.email,
        language=language,
        context={"choices_url": choices_url(supporter, language)},
        at=at,
    )


def has_chosen(supporter: Supporter) -> bool:
    """Whether there is something to choose about; a form that was never paid is nothing."""
    return supporter.proved_at is not None or supporter.follows.exists()


def is_left_alone(supporter: Supporter) -> bool:
    """Whether the address is dead, or its owner does not want our mail."""
    return Suppression.objects.filter(email=supporter.email).exists()
