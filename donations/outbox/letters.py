"""From a row to an e-mail with its headers."""

from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from donations.outbox import wireformat
from donations.outbox.marks import PURPOSES, Queue, metadata
from donations.outbox.models import Message
from donations.outbox.rendering import render
from donations.outbox.wording import one_line
from donations.outlet.queries import OutletFacts
from donations.seals import seal

# RFC 8058, 3.1: literally this.
ONE_CLICK = "List-Unsubscribe=One-Click"


class Letter(EmailMultiAlternatives):
    """Text and HTML to one address; Django's own in every respect, only faster on the wire.

    `envelope_sender` is where bounces go, when that is not the From address. `metadata` goes to
    a provider, which gives it back with what it reports.
    """

    envelope_sender: str | None = None
    metadata: dict[str, str] | None = None

    def wire_bytes(self) -> bytes:
        """What `message()` would flatten to, with the lines ended as SMTP wants them."""
        text, html = str(self.body), str(self.alternatives[0][0])
        if wireformat.has_long_lines(text) or wireformat.has_long_lines(html):
            return bytes(self.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        headers = {
            "Subject": str(self.subject),
            "From": self.from_email,
            "To": self.to[0],
            "Reply-To": self.reply_to[0],
            **self.extra_headers,
        }
        return wireformat.alternatives(headers.items(), text, html)


def write(*, message: Message, outlet: OutletFacts, at: datetime) -> Letter:
    """The whole e-mail. Its Message-ID stays the same however often it is sent."""
    words = render(message, outlet)
    sender, domain = sender_and_domain(outlet.name, settings.DEFAULT_FROM_EMAIL)
    letter = Letter(
        subject=words.subject,
        body=words.text,
        from_email=sender,
        to=[message.to],
        reply_to=[outlet.contact_email],
        headers={
            "Date": format_datetime(at),
            "Message-ID": f"<{message.kind}.{message.token.hex}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
            **way_out(message),
        },
        alternatives=[(words.html, "text/html")],
    )
    letter.envelope_sender = bounce_address(Queue.MESSAGE, message.pk)
    letter.metadata = metadata(Queue.MESSAGE, message.pk)
    return letter


def way_out(message: Message) -> dict[str, str]:
    """What a mail program needs to stop it in one click (RFC 8058); nothing with a receipt."""
    url = message.context.get("leave_url")
    if message.kind != Message.Kind.WEEKLY_DIGEST or not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": ONE_CLICK}


def bounce_address(queue: Queue, number: int) -> str | None:
    """Where a bounce of this mail goes (VERP); None when nobody reads bounces."""
    configured: str = getattr(settings, "BOUNCE_ADDRESS", "")
    if not configured:
        return None
    local, _at, domain = configured.rpartition("@")
    return f"{local}+{seal(number, purpose=PURPOSES[queue])}@{domain}"


@lru_cache(maxsize=8)
def sender_and_domain(name: str, configured: str) -> tuple[str, str]:
    """The newsroom's name before the configured address, and the domain that signs its mail."""
    address = parseaddr(configured)[1]
    return formataddr((one_line(name), address)), punycode(address.rpartition("@")[2])
