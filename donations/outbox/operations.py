"""What may change about outgoing mail."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.db.models import F
from django.utils.translation import get_supported_language_variant

from donations.outbox.models import Message
from donations.outbox.posting import Post
from donations.outbox.settling import RESEND_AFTER

JSON: TypeAlias = "str | int | float | bool | list[JSON] | dict[str, JSON] | None"

# Of these a second copy is better than none; a mailing to many is never sent again by itself.
NEVER_MISSING = (
    Message.Kind.THANKS,
    Message.Kind.THANKS_SUBSCRIPTION,
    Message.Kind.RECEIPT,
    Message.Kind.PAYMENT_FAILED,
    Message.Kind.SUPPORT_ENDED,
    Message.Kind.CONFIRM_TOPICS,
    Message.Kind.CHOICES_LINK,
    Message.Kind.SUGGESTION_TAKEN_UP,
    Message.Kind.PROOF,
    Message.Kind.INVITATION,
    Message.Kind.SIGN_IN,
    Message.Kind.ALARM,
    Message.Kind.SUPPORT_STOPPED,
    Message.Kind.RENEWAL_NOTICE,
    Message.Kind.CARD_EXPIRES,
)
MAX_RESENDS = 3


def queue(
    *,
    key: str,
    kind: Message.Kind,
    to: str,
    language: str,
    context: Mapping[str, JSON],
    at: datetime,
) -> Message:
    """Queue one message; the same key a second time changes nothing.

    Called inside the transaction that keeps the thing it tells about.
    """
    return Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "to": to,
            "language": spoken(language),
            "context": dict(context),
            "next_attempt_at": at,
            "created_at": at,
        },
    )[0]


def queue_many(*, letters: Sequence[Message]) -> None:
    """The same for many at once: of each key, the first message stands.

    For mail to a crowd that is written to once about one thing; called inside its transaction.
    """
    Message.objects.bulk_create(letters, ignore_conflicts=True)


def spoken(language: str) -> str:
    """The language itself, or the default when the newsroom does not speak it."""
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


def send_due(
    *,
    at: datetime,
    limit: int = 200,
    seconds: float = 30.0,
    should_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due and say how many went out; ends early when `should_stop` says so.

    Must not be called inside a transaction.
    """
    return Post(at=at, limit=limit, seconds=seconds, should_stop=should_stop).run()


def sweep(*, at: datetime) -> None:
    """Settle what a lost process left behind.

    Claimed but never on the wire: back to the queue. On the wire: uncertain, and sent again with
    the same Message-ID a while later, because none of these may be missing.
    """
    expired = Message.objects.expired(at)
    expired.filter(attempted_at=None).mark_pending()
    expired.filter(attempted_at__isnull=False).mark_uncertain(
        next_attempt_at=at + RESEND_AFTER, error="the sending process was lost"
    )
    again = Message.objects.uncertain_since(at).filter(kind__in=NEVER_MISSING)
    again.filter(resends__lt=MAX_RESENDS).mark_pending(resends=F("resends") + 1)


def send_again(*, message_id: int, at: datetime) -> bool:
    """Put a refused or uncertain message back into the queue, under the same Message-ID.

    False when it is in neither state, so a second time changes nothing.
    """
    settled = Message.objects.filter(
        pk=message_id, state__in=(Message.State.FAILED, Message.State.UNCERTAIN)
    )
    return bool(settled.mark_pending(next_attempt_at=at, attempts=0, resends=F("resends") + 1))
