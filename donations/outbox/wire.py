"""One connection to the mail server, kept for a run."""

from contextlib import suppress
from types import TracebackType

from django.core.mail import EmailMessage, get_connection

from donations.outbox.verdicts import NobodyToSendTo

# Receivers advise against long connections (Yahoo, and every relay with a limit of its own).
REOPEN_AFTER = 100


class Wire:
    """Opened when needed, and again every hundred messages or after trouble."""

    def __init__(self) -> None:
        self.backend = get_connection()
        self.carried = 0

    def __enter__(self) -> "Wire":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.hang_up()

    def open(self) -> None:
        """Be connected; raises before any message was touched."""
        if self.carried >= REOPEN_AFTER:
            self.hang_up()
        self.backend.open()

    def carry(self, letter: EmailMessage) -> None:
        """Hand one message over; returns only when the other side has taken it."""
        self.carried += 1
        if self.backend.send_messages([letter]) == 0:
            raise NobodyToSendTo

    def hang_up(self) -> None:
        """A server that is rude on leaving has taken the messages all the same."""
        self.carried = 0
        with suppress(OSError):
            self.backend.close()
