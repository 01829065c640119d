"""How a report finds its mail again.

A mark names a row of one of the queues: "message:12", "delivery:77". It goes out as metadata with
a provider that gives it back, sealed in the envelope sender with a mail server of our own, and in
the Message-ID.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from django.conf import settings

from donations.outbox.models import Message
from donations.seals import unseal

MARK = re.compile(r"(message|delivery):([1-9]\d{0,17})")
MESSAGE_ID = re.compile(r"<?[a-z_]{1,40}\.([0-9a-f]{32})@[^\s@>]+>?")
BROADCAST_ID = re.compile(r"<?broadcast\.\d{1,18}\.([1-9]\d{0,17})@[^\s@>]+>?")
METADATA_KEY = "mail"


class Queue(StrEnum):
    """Where mails wait."""

    MESSAGE = "message"
    DELIVERY = "delivery"


PURPOSES = {Queue.MESSAGE: "bounce-message", Queue.DELIVERY: "bounce"}


def mark(queue: Queue, number: int) -> str:
    """The name of one mail."""
    return f"{queue}:{number}"


def read_mark(words: object) -> tuple[Queue, int] | None:
    """What a mark names; None when it is none of ours."""
    found = MARK.fullmatch(words) if isinstance(words, str) else None
    return (Queue(found[1]), int(found[2])) if found else None


def metadata(queue: Queue, number: int) -> dict[str, str] | None:
    """For the `metadata` of a letter: only a provider takes it, and gives it back with reports."""
    return {METADATA_KEY: mark(queue, number)} if settings.EMAIL_PROVIDER else None


def mark_in(said: Mapping[str, object]) -> str:
    """The mark in what a provider gave back; blank without one."""
    value = said.get(METADATA_KEY)
    return str(value) if read_mark(value) else ""


def mark_of_token(token: str) -> str:
    """The mark that is sealed in an envelope sender; blank for a token that is not ours."""
    for queue, purpose in PURPOSES.items():
        number = unseal(token, purpose=purpose)
        if number is not None:
            return mark(queue, number)
    return ""


def mark_of_message_id(message_id: str) -> str:
    """The mark of the mail with this Message-ID; blank when it is none of ours."""
    if broadcast := BROADCAST_ID.fullmatch(message_id):
        return mark(Queue.DELIVERY, int(broadcast[1]))
    if message := MESSAGE_ID.fullmatch(message_id):
        number = Message.objects.filter(token=message[1]).values_list("pk", flat=True).first()
        return mark(Queue.MESSAGE, number) if number else ""
    return ""
