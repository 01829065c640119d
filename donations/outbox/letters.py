"""From a row to an e-mail with its headers."""

from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

from donations.outbox.models import Message
from donations.outbox.rendering import one_line, render
from donations.outlet.queries import OutletFacts


class Letter(EmailMultiAlternatives):
    """An e-mail that is put together once, so that what cannot be sent is known before."""

    _mime: Any = None

    def message(self, **options: Any) -> Any:
        """The same object each time."""
        if self._mime is None:
            self._mime = super().message(**options)
        return self._mime


def write(message: Message, outlet: OutletFacts) -> Letter:
    """The whole e-mail. Its Message-ID stays the same however often it is sent."""
    words = render(message, outlet)
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    letter = Letter(
        subject=words.subject,
        body=words.text,
        from_email=formataddr((one_line(outlet.name), address)),
        to=[message.to],
        reply_to=[outlet.contact_email],
        headers={
            "Message-ID": message_id(message, address),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
        alternatives=[(words.html, "text/html")],
    )
    letter.message()
    return letter


def message_id(message: Message, sender: str) -> str:
    """`<thanks.0f3a…@the sender's domain>`: the domain that signs the mail."""
    return f"<{message.kind}.{message.token.hex}@{punycode(sender.rpartition('@')[2])}>"
