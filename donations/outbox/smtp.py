"""SMTP in as few round trips as the server allows, that knows whether the final dot was sent.

Python raises the same SMTPServerDisconnected when the connection breaks before the message was
handed over and after: the first may safely be tried again, the second perhaps arrived.
"""

import re
import smtplib
import socket
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeAlias

from django.conf import settings

Reply: TypeAlias = tuple[int, bytes]

# RFC 5321, 4.5.3.2.6: a server may take ten minutes over the final dot, and whoever leaves
# earlier makes second copies.
FINAL_REPLY_SECONDS = 600.0
OK, FORWARDED, GO_ON, CLOSING = 250, 251, 354, 421
# "Command unrecognized" and "bad sequence of commands": what a server says that offers PIPELINING
# and then loses count.
CONFUSED = (500, 503)
LONGEST_LINE = 8193
# What needs no parser: nearly every address that there is.
PLAIN = re.compile(r"\w++(?:[.+-]\w++)*+@[a-z0-9.-]++", re.ASCII)
# A regular expression looks through a mail in half the time that `replace` needs to find nothing.
LEADING_DOT = re.compile(rb"\n\.")
# For so long it is spoken to one command at a time; other processes find out by themselves.
DISTRUST_SECONDS = 600.0
distrusted: dict[tuple[str, int], float] = {}


class NotHandedOver(smtplib.SMTPServerDisconnected):
    """The connection broke before the final dot: the server cannot have taken the message."""


class Lines:
    """What the server says, line by line, in half the time that a file object takes."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.unread = sock, b""

    def readline(self, most: int) -> bytes:
        """The next line, or as much of it; what is left when the connection ends."""
        while (end := self.unread.find(b"\n") + 1) == 0 and len(self.unread) < most:
            more = self.sock.recv(8192)
            if not more:
                end = len(self.unread)
                break
            self.unread += more
        size = min(end or most, most)
        line, self.unread = self.unread[:size], self.unread[size:]
        return line

    def close(self) -> None:
        """The socket is closed by whoever opened it."""


class Smtp(smtplib.SMTP):
    """Python's own, with a memory of how far the message has come."""

    awaits_final_reply = False
    peer = ("", 0)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> Reply:
        """Every write is a whole thought, so nothing may wait for an acknowledgment."""
        self.peer = (host, port)
        greeting = super().connect(host, port, source_address)
        if self.sock is not None:
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return greeting

    def deliver(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand one message over to one recipient; raises what `sendmail` raises.

        The server is asked for all three permissions at once where it allows that (RFC 2920).
        """
        self.awaits_final_reply = False
        self.ehlo_or_helo_if_needed()
        if self.may_pipeline() and self._is_permitted(sender, recipient, len(message)):
            self._finish(self._hand_over(message))
        else:
            self.sendmail(sender, [recipient], message)

    def may_pipeline(self) -> bool:
        """Whether the server offers it and has not been caught at being unable to."""
        return self.has_extn("pipelining") and time.monotonic() > distrusted.get(self.peer, 0.0)

    def data(self, msg: Any) -> Reply:
        """Hand over the message; wait longer for the last answer than for any other."""
        permission = self.docmd("data")
        if permission[0] != GO_ON:
            self.close()
            raise refusal_of_data(permission)
        return self._hand_over(msg)

    def getreply(self) -> Reply:
        """One answer, of one line or several; -1 when it is none.

        A line without an end ends the connection; Python would make a refusal of it.
        """
        words = []
        while True:
            line = self._line()
            words.append(line[4:].strip())
            code = int(line[:3]) if line[:3].isdigit() else -1
            if code == -1 or line[3:4] != b"-":
                return code, b"\n".join(words)

    def _line(self) -> bytes:
        if self.file is None:
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("There is no connection.")
            self.file = Lines(self.sock)
        try:
            line: bytes = self.file.readline(LONGEST_LINE)
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"The connection broke: {error}") from error
        if not line or len(line) == LONGEST_LINE:
            self.close()
            raise smtplib.SMTPServerDisconnected("The connection ended without an answer.")
        return line

    def _is_permitted(self, sender: str, recipient: str, size: int) -> bool:
        """Ask in one write; False when the server is confused, and has to be asked again."""
        self.send(self._question(sender, recipient, size))
        replies = self._replies()
        refusal = first_refusal(sender, recipient, replies)
        if refusal is None:
            return True
        self._withdraw(replies[-1][0])
        code, error = refusal
        if code not in CONFUSED:
            raise error
        self._distrust()
        if self.sock is None:
            raise NotHandedOver(*error.args) from error
        return False

    def _replies(self) -> list[Reply]:
        """One for each command, in order; none after the server has said that it leaves."""
        replies: list[Reply] = []
        try:
            for _command in range(3):
                replies.append(self.getreply())
                if replies[-1][0] == CLOSING:
                    break
        except smtplib.SMTPServerDisconnected:
            # It left, or it dropped what came with the first command and waits for more.
            self._distrust()
            raise
        return replies

    def _question(self, sender: str, recipient: str, size: int) -> bytes:
        """MAIL, RCPT and DATA. Raises ValueError for an address that cannot be said."""
        mail, rcpt = quoted(sender), quoted(recipient)
        parameter = f" size={size}" if self.has_extn("size") else ""
        return f"mail FROM:{mail}{parameter}\r\nrcpt TO:{rcpt}\r\ndata\r\n".encode("ascii")

    def _withdraw(self, last: int) -> None:
        """After a refusal: leave the connection ready for the next message, or closed."""
        with suppress(smtplib.SMTPServerDisconnected):
            if last == GO_ON:
                # It waits for a text all the same: it gets none (RFC 2920, 3.1).
                self.send(b".\r\n")
                last = self.getreply()[0]
            elif last < 400:
                # Whatever it means by that, the next line could be taken for a text.
                last = CLOSING
            if last == CLOSING:
                self.close()
            else:
                self.rset()

    def _hand_over(self, message: bytes) -> Reply:
        """The text with its end, in one write; the answer to it."""
        self.send(with_its_end(message))
        self.awaits_final_reply = True
        self._wait_at_most(getattr(settings, "EMAIL_FINAL_REPLY_TIMEOUT", FINAL_REPLY_SECONDS))
        reply = self.getreply()
        self.awaits_final_reply = False
        self._wait_at_most(self.timeout)
        return reply

    def _finish(self, reply: Reply) -> None:
        """Raise unless the message was taken."""
        code, words = reply
        if code == OK:
            return
        if code == CLOSING:
            self.close()
        else:
            with suppress(smtplib.SMTPServerDisconnected):
                self.rset()
        raise smtplib.SMTPDataError(code, words)

    def _distrust(self) -> None:
        distrusted[self.peer] = time.monotonic() + DISTRUST_SECONDS

    def _wait_at_most(self, seconds: float | None) -> None:
        if self.sock is not None:
            self.sock.settimeout(seconds)


class SmtpOverTls(Smtp, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def with_its_end(message: bytes) -> bytes:
    """The text as it goes over the wire: dots that begin a line doubled, and the final one."""
    stuffed = message.replace(b"\n.", b"\n..") if LEADING_DOT.search(message) else message
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


@lru_cache(maxsize=1024)
def quoted(address: str) -> str:
    """As it stands in a command. Raises ValueError when it would be more than one."""
    if PLAIN.fullmatch(address):
        return f"<{address}>"
    said = smtplib.quoteaddr(address)
    if "\r" in said or "\n" in said:
        raise ValueError("An address contains a line break.")
    return said


def first_refusal(
    sender: str, recipient: str, replies: list[Reply]
) -> tuple[int, smtplib.SMTPException] | None:
    """The first answer that is no permission, and what Python would have raised over it."""
    (code, words), *others = replies
    if code != OK:
        return code, smtplib.SMTPSenderRefused(code, words, sender)
    (code, words), *others = others
    if code not in (OK, FORWARDED):
        return code, smtplib.SMTPRecipientsRefused({recipient: (code, words)})
    if others[0][0] != GO_ON:
        return others[0][0], refusal_of_data(others[0])
    return None


def refusal_of_data(reply: Reply) -> smtplib.SMTPException:
    """What no permission to begin the text means: no text was sent, whatever else it says."""
    code, words = reply
    if 400 <= code <= 599:
        return smtplib.SMTPDataError(code, words)
    return NotHandedOver(f"{code} is no answer to DATA")
