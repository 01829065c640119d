"""Django mail backends: SMTP that tells how far a message came, and one file per message."""

import smtplib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from donations.outbox.letters import Letter
from donations.outbox.smtp import PLAIN, NotHandedOver, Smtp, SmtpOverTls


class SmtpBackend(EmailBackend):
    """Raises NotHandedOver when a broken connection certainly took nothing; forgets dead ones."""

    connection: Smtp | None

    @property
    def connection_class(self) -> type[Smtp]:
        """Ours, which knows how far a message has come."""
        return SmtpOverTls if self.use_ssl else Smtp

    def _send(self, email_message: EmailMessage) -> bool:
        recipients = [envelope(address) for address in email_message.recipients()]
        if not recipients:
            return False
        sender = envelope(sender_of(email_message))
        message = wire_bytes(email_message)
        try:
            self._hand_over(sender, recipients, message)
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True

    def _hand_over(self, sender: str, recipients: list[str], message: bytes) -> None:
        connection = self.connection
        if connection is None:
            raise NotHandedOver("There is no connection.")
        try:
            if len(recipients) == 1:
                connection.deliver(sender, recipients[0], message)
            else:
                connection.sendmail(sender, recipients, message)
        except smtplib.SMTPServerDisconnected as lost:
            if connection.awaits_final_reply:
                raise
            raise NotHandedOver(*lost.args) from lost
        finally:
            if connection.sock is None:
                self.connection = None


@lru_cache(maxsize=1024)
def envelope(address: str) -> str:
    """The address as SMTP says it."""
    return address if PLAIN.fullmatch(address) else sanitize_address(address, "utf-8")


def sender_of(message: EmailMessage) -> str:
    """Where a bounce of this message goes: an address of its own, or the From address."""
    bounces_to = message.envelope_sender if isinstance(message, Letter) else None
    return bounces_to or message.from_email


def wire_bytes(message: EmailMessage) -> bytes:
    """Any message of Django's, with its lines ended as SMTP wants them."""
    if isinstance(message, Letter):
        return message.wire_bytes()
    return bytes(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]


class FileBackend(BaseEmailBackend):
    """Writes each message whole into EMAIL_FILE_PATH, named so that names sort by time."""

    def __init__(self, *args: Any, file_path: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """A reader of the folder never sees half a message."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{uuid4().hex[:12]}.eml"
            unfinished = self.folder / f".{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(self.folder / name)
        return len(email_messages)
