"""Outgoing mail as rows with states, and what comes back."""

from donations.outbox.models.claim import LiveClaim
from donations.outbox.models.events import MailEvent
from donations.outbox.models.limits import Bucket, Domain
from donations.outbox.models.message import Message, MessageQuerySet
from donations.outbox.models.sending import Sending, SendingQuerySet
from donations.outbox.models.suppression import Suppression

__all__ = [
    "Bucket",
    "Domain",
    "LiveClaim",
    "MailEvent",
    "Message",
    "MessageQuerySet",
    "Sending",
    "SendingQuerySet",
    "Suppression",
]
