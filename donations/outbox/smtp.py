"""SMTP that knows whether the final dot was sent.

Python raises the same SMTPServerDisconnected when the connection breaks before the message was
handed over and after: the first may safely be tried again, the second perhaps arrived.
"""

import re
import smtplib
from typing import Any

from django.conf import settings

# RFC 5321, 4.5.3.2.6: a server may take ten minutes over the final dot, and whoever leaves
# earlier makes second copies.
FINAL_REPLY_SECONDS = 600.0
LEADING_DOT = re.compile(rb"(?m)^\.")


class NotHandedOver(smtplib.SMTPServerDisconnected):
    """The connection broke before the final dot: the server cannot have taken the message."""


class Smtp(smtplib.SMTP):
    """Python's own, with a memory of how far the message has come."""

    awaits_final_reply = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the message; wait longer for the last answer than for any other."""
        code, reply = self.docmd("data")
        if code != 354:
            self.close()
            raise smtplib.SMTPDataError(code, reply)
        end = b".\r\n" if msg.endswith(b"\r\n") else b"\r\n.\r\n"
        self.send(LEADING_DOT.sub(b"..", msg) + end)
        self.awaits_final_reply = True
        self._wait_at_most(getattr(settings, "EMAIL_FINAL_REPLY_TIMEOUT", FINAL_REPLY_SECONDS))
        code, reply = self.getreply()
        self.awaits_final_reply = False
        self._wait_at_most(self.timeout)
        return code, reply

    def _wait_at_most(self, seconds: float | None) -> None:
        if self.sock is not None:
            self.sock.settimeout(seconds)


class SmtpOverTls(Smtp, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""
