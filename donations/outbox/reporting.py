"""Keeping what is reported about our mail, before anybody thinks about it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b

from donations.outbox.models import MailEvent

# The provider of what is read in our own mailbox.
MAILBOX = "mailbox"
MAX_ID, MAX_DETAIL, MAX_RAW = 255, 500, 8000


@dataclass(frozen=True, kw_only=True)
class Report:
    """One thing that was told about one mail; blank where it was not said."""

    provider: str
    kind: MailEvent.Kind
    event_id: str = ""
    mail: str = ""
    message_id: str = ""
    email: str = ""
    detail: str = ""
    raw: str = ""
    at: datetime | None = None

    @property
    def identity(self) -> str:
        """The provider's id of it; without one, what it says tells it from others."""
        if 0 < len(self.event_id) <= MAX_ID:
            return self.event_id
        said = (self.event_id, self.kind, self.mail, self.message_id, self.email, self.at)
        return blake2b(repr(said).encode(), digest_size=20).hexdigest()


def keep(*, report: Report, at: datetime) -> bool:
    """Store it, to be acted on later; False when it is known already."""
    said = {key: plain(value) for key, value in asdict(report).items() if isinstance(value, str)}
    _event, is_new = MailEvent.objects.get_or_create(
        provider=said["provider"],
        event_id=report.identity,
        defaults={
            "kind": report.kind,
            "mail": said["mail"],
            "message_id": said["message_id"][:MAX_ID],
            "email": said["email"].lower()[:254],
            "detail": said["detail"][:MAX_DETAIL],
            "raw": said["raw"][:MAX_RAW],
            "at": report.at or at,
            "received_at": at,
        },
    )
    return is_new


def plain(words: str) -> str:
    """Without the one character that PostgreSQL does not store, and halves of others."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode()
