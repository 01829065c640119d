"""The mailbox that bounces come to, over IMAP. What was read is moved aside, never deleted."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderCreateError

Trouble = (OSError, IMAP4.error, ImapToolsError)

# For the connection, and for each answer.
TIMEOUT_SECONDS = 15.0
# A report stands before the message that it encloses; the rest of that is never fetched.
MAX_BYTES = 256 * 1024
PROCESSED = "Processed"
# What could not be read stays, with a flag that a person sees, and is not tried again.
WAITING = AND(flagged=False, deleted=False)


class BounceBox:
    """The messages that wait in it."""

    def __init__(self, box: BaseMailBox) -> None:
        self.box = box
        self.aside = ""

    def waiting(self) -> list[str]:
        """Their numbers, oldest first."""
        return self.box.uids(WAITING, charset=None)

    def message(self, uid: str) -> bytes:
        """Its beginning; blank when somebody else has moved it meanwhile."""
        _status, data = self.box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
        return next((bytes(each[1]) for each in data if isinstance(each, tuple)), b"")

    def put_aside(self, uid: str) -> None:
        """Done with it."""
        self.box.move(uid, self.aside or self.place_aside())

    def leave(self, uid: str) -> None:
        """For a person to look at."""
        self.box.flag(uid, MailMessageFlags.FLAGGED, value=True)

    def place_aside(self) -> str:
        """The folder for what was read; some servers want it below INBOX."""
        names = {each.name: each.delim for each in self.box.folder.list()}
        below = f"INBOX{names.get('INBOX') or '.'}{PROCESSED}"
        found = next((name for name in (PROCESSED, below) if name in names), "")
        if not found:
            try:
                self.box.folder.create(PROCESSED)
                found = PROCESSED
            except MailboxFolderCreateError:
                self.box.folder.create(below)
                found = below
        self.aside = found
        return found


@contextmanager
def opened(url: str) -> Iterator[BounceBox]:
    """Signed in, with the folder chosen. Raises one of `Trouble`."""
    parts = urlsplit(url)
    encrypted = parts.scheme == "imaps"
    kind = MailBox if encrypted else MailBoxUnencrypted
    port = parts.port or (993 if encrypted else 143)
    box = kind(parts.hostname or "", port=port, timeout=TIMEOUT_SECONDS)
    try:
        folder = unquote(parts.path.strip("/")) or "INBOX"
        box.login(unquote(parts.username or ""), unquote(parts.password or ""), folder)
        yield BounceBox(box)
    finally:
        with suppress(*Trouble):
            box.logout()
        with suppress(*Trouble):
            box.client.shutdown()
