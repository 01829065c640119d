"""From an edition and a person to a mail: what is written once for all, and the person's words.

Everything that is the same for all is written once for each language and process; building the
MIME of every mail anew would cost ten times as much as all else together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache
from typing import Any, AnyStr, Generic, Self

from django.conf import settings
from django.core.mail import BadHeaderError
from django.core.mail.message import EmailAlternative
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from donations import links
from donations.broadcasts.editions import GREETING, GREETING_HTML, TOKEN, WHY, WHY_HTML
from donations.broadcasts.models import Broadcast, Delivery, Edition
from donations.days import format_day
from donations.outbox import wireformat
from donations.outbox.backends import envelope
from donations.outbox.letters import ONE_CLICK, Letter, bounce_address, sender_and_domain
from donations.outbox.marks import Queue, metadata
from donations.outbox.wording import isolated, one_line
from donations.outlet.queries import OutletFacts
from donations.seals import seal

# What would end a quoted name, or hide its end (RFC 5322, 3.2.4).
QUOTING = dict.fromkeys(map(ord, '"\\'))
# So long may an encoded word be to stand on the line of its header's name.
WORD = 60
PLACEHOLDER = re.compile("|".join((GREETING_HTML, GREETING, TOKEN, WHY_HTML, WHY)))


class Form(Generic[AnyStr]):
    """A text cut at its placeholders, to be filled in for each person in one go.

    So no word of a person's is ever taken for a placeholder.
    """

    def __init__(self, text: AnyStr) -> None:
        self.nothing: AnyStr = text[:0]
        self.pieces: list[AnyStr] = []
        self.places: list[tuple[int, str]] = []
        begin = 0
        as_letters = text.decode("latin-1") if isinstance(text, bytes) else text
        for found in PLACEHOLDER.finditer(as_letters):
            self.pieces += [text[begin : found.start()], self.nothing]
            self.places.append((len(self.pieces) - 1, found[0]))
            begin = found.end()
        self.pieces.append(text[begin:])

    def filled(self, words: Mapping[str, AnyStr]) -> AnyStr:
        """With the words of a person in their places."""
        pieces = self.pieces.copy()
        for place, name in self.places:
            pieces[place] = words[name]
        whole: AnyStr = self.nothing.join(pieces)
        return whole


class TopicLetter(Letter):
    """A merged mail: its bytes are ready, unless it has lines that only Django's way can write.

    Its text and its HTML are put together for whoever asks; our own backend never does.
    """

    merged: bytes | None = None
    form: "Prepared"
    words: Mapping[str, str]

    @classmethod
    def filled(cls, form: "Prepared", words: Mapping[str, str], **said: Any) -> Self:
        """With a person's words, in the edition's form."""
        letter = cls(**said)
        letter.form, letter.words = form, words
        del letter.__dict__["body"], letter.__dict__["alternatives"]
        return letter

    @cached_property
    def body(self) -> str:  # type: ignore[override]
        """The text."""
        return self.form.text.filled(self.words)

    @cached_property
    def alternatives(self) -> list[EmailAlternative]:  # type: ignore[override]
        """The HTML."""
        return [EmailAlternative(self.form.html.filled(self.words), "text/html")]

    def wire_bytes(self) -> bytes:
        """As merged."""
        return super().wire_bytes() if self.merged is None else self.merged


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An edition, ready for the persons: texts and bytes with placeholders."""

    broadcast_id: int
    language: str
    subject: str
    text: Form[str]
    html: Form[str]
    headers: dict[str, str]
    sender: str
    reply_to: str
    domain: str
    greeting: str
    greeting_nobody: str
    why_section: str
    why_every: str
    newsroom: str
    section: str
    content: Form[bytes] | None


def prepare(*, broadcast: Broadcast, edition: Edition, outlet: OutletFacts) -> Prepared:
    """Once for each edition that a worker meets."""
    sender, domain = sender_and_domain(outlet.name, settings.TOPICS_FROM_EMAIL)
    headers = shared_headers(broadcast, edition.language, outlet, domain)
    text, html = edition.frozen_text, edition.frozen_html
    section = broadcast.topic.section
    content = None
    if not (wireformat.has_long_lines(text) or wireformat.has_long_lines(html)):
        whole = {
            "Subject": edition.frozen_subject,
            "From": sender,
            "Reply-To": outlet.contact_email,
            **headers,
        }
        content = Form(wireformat.alternatives(whole.items(), text, html))
    with translation.override(edition.language):
        greeting, nobody = _("Hello %(name)s,"), _("Hello,")
        why_section = _("You asked for news from %(newsroom)s about %(section)s on %(asked_on)s.")
        why_every = _("You asked for news from %(newsroom)s about new topics on %(asked_on)s.")
    return Prepared(
        broadcast_id=broadcast.pk,
        language=edition.language,
        subject=edition.frozen_subject,
        text=Form(text),
        html=Form(html),
        headers=headers,
        sender=sender,
        reply_to=outlet.contact_email,
        domain=domain,
        greeting=greeting,
        greeting_nobody=nobody,
        why_section=why_section,
        why_every=why_every,
        newsroom=one_line(outlet.name),
        section="" if broadcast.to_every_section else section.name(edition.language),
        content=content,
    )


def shared_headers(
    broadcast: Broadcast, language: str, outlet: OutletFacts, domain: str
) -> dict[str, str]:
    """What marks a mail to many: RFC 2369, 2919, 3834 and 8058, and Gmail's feedback loop."""
    topic = broadcast.topic
    section = None if broadcast.to_every_section else topic.section
    name = one_line(section.name(language) if section else outlet.name)
    slug = section.slug if section else "topics"
    newsroom = slugify(outlet.name) or "newsroom"
    return {
        "List-ID": f"{phrase(name)} <{slug}.topics.{domain}>",
        "List-Unsubscribe-Post": ONE_CLICK,
        "Feedback-ID": f"{broadcast.pk}:{slug}:topics:{newsroom}",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": language,
    }


def phrase(name: str) -> str:
    """A name before the identifier of a list, which itself is never encoded (RFC 2919, 2)."""
    if name.isascii():
        return f'"{name.translate(QUOTING)}"'
    return " ".join(Header(name, "utf-8", maxlinelen=WORD).encode().split())


def merge(*, prepared: Prepared, delivery: Delivery, at: datetime) -> TopicLetter:
    """The mail of one person. Its Message-ID stays the same however often it is sent."""
    token = seal(delivery.pk, purpose="unsubscribe")
    name = isolated(one_line(delivery.name))
    greeting = prepared.greeting % {"name": name} if name else prepared.greeting_nobody
    why = reason(prepared, delivery)
    words = {
        GREETING_HTML: str(escape(greeting)),
        GREETING: greeting,
        TOKEN: token,
        WHY_HTML: str(escape(why)),
        WHY: why,
    }
    own = {
        "Date": format_datetime(at),
        "Message-ID": message_id(prepared.broadcast_id, delivery.pk, prepared.domain),
        "List-Unsubscribe": f"<{leave_url(token)}>",
    }
    letter = TopicLetter.filled(
        prepared,
        words,
        subject=prepared.subject,
        from_email=prepared.sender,
        to=[delivery.email],
        reply_to=[prepared.reply_to],
        headers={**prepared.headers, **own},
    )
    letter.envelope_sender = bounce_address(Queue.DELIVERY, delivery.pk)
    letter.metadata = metadata(Queue.DELIVERY, delivery.pk)
    if prepared.content is not None:
        letter.merged = merged_bytes(prepared.content, delivery.email, own, words)
    return letter


def reason(prepared: Prepared, delivery: Delivery) -> str:
    """Why somebody gets it: what they asked for, and when."""
    asked_on = timezone.localdate(delivery.asked_at, timezone.get_default_timezone())
    is_about_all = delivery.asked_for_every or not prepared.section
    return (prepared.why_every if is_about_all else prepared.why_section) % {
        "newsroom": prepared.newsroom,
        "section": prepared.section,
        "asked_on": written_day(asked_on, prepared.language),
    }


def merged_bytes(
    content: Form[bytes], address: str, own: dict[str, str], words: dict[str, str]
) -> bytes:
    """The person's own headers, then what was written for all. Raises BadHeaderError."""
    headers = {"To": envelope(address), **own}
    head = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
    if head.count("\n") != len(headers) or head.count("\r") != len(headers):
        raise BadHeaderError("A header of this mail has a line break.")
    return head.encode() + content.filled({name: word.encode() for name, word in words.items()})


def message_id(broadcast_id: int, delivery_id: int, domain: str) -> str:
    """By which a report of a provider finds its delivery."""
    return f"<broadcast.{broadcast_id}.{delivery_id}@{domain}>"


def topics_domain() -> str:
    """The domain of the mail about topics."""
    return parseaddr(settings.TOPICS_FROM_EMAIL)[1].rpartition("@")[2]


@lru_cache(maxsize=1024)
def written_day(day: date, language: str) -> str:
    """3 May 2026, as the language writes it."""
    return format_day(day, language)


@lru_cache(maxsize=2)
def leave_pattern(site: str) -> tuple[str, str]:
    """The address of the page to leave, before and after its token."""
    before, _token, after = links.absolute(reverse("unsubscribe", args=[TOKEN])).partition(TOKEN)
    return before, after


def leave_url(token: str) -> str:
    """The one HTTPS address of List-Unsubscribe."""
    return token.join(leave_pattern(settings.SITE_URL))
