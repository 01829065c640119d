"""Which mail a bounce is about: by a token that nobody can make up."""

import re
from collections.abc import Iterable, Iterator
from email.message import Message as Mail

from django.conf import settings

from donations.outbox.marks import Queue, mark, mark_of_token
from donations.seals import unseal

# Where mail servers write to whom a message came.
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To")
LEAVE_TOKEN = re.compile(r"/u/([a-z2-7]{24})/")
LONGEST = 4000


def mark_of_bounce(bounce: Mail) -> str:
    """By the address that it came to; blank without a token of ours."""
    return first_mark(addressed(header_values(bounce, RECIPIENTS)))


def mark_of_complaint(report: Mail, original: Mail | None) -> str:
    """A complaint comes to one address for all: its mail is named by what the report encloses."""
    said = [*header_values(report, ("Original-Mail-From",))]
    if original is not None:
        said += header_values(original, ("Return-Path",))
    return first_mark(addressed(said)) or mark_of_leaving(original)


def mark_of_leaving(original: Mail | None) -> str:
    """By the link to leave, which only a mail to many has."""
    for words in header_values(original, ("List-Unsubscribe",)) if original else ():
        for token in LEAVE_TOKEN.findall(words):
            number = unseal(token, purpose="unsubscribe")
            if number is not None:
                return mark(Queue.DELIVERY, number)
    return ""


def addressed(values: Iterable[str]) -> Iterator[str]:
    """The tokens in addresses of our bounce mailbox."""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    ours = re.compile(rf"{re.escape(local)}\+([a-z2-7]{{24}})@{re.escape(domain)}", re.IGNORECASE)
    for words in values:
        yield from ours.findall(words)


def first_mark(tokens: Iterable[str]) -> str:
    """Of the first token that is genuine."""
    return next(filter(None, (mark_of_token(token.lower()) for token in tokens)), "")


def header_values(mail: Mail, names: Iterable[str]) -> Iterator[str]:
    """What stands in these headers, as often as they are there."""
    for name in names:
        for value in mail.get_all(name, []):
            yield str(value)[:LONGEST]
