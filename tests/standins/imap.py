"""An IMAP server for tests: as much of RFC 3501 as imap-tools speaks, with folders in memory.

`with ImapStandin() as imap:` serves on `imap.port`, for `imap.user` with `imap.password`.
"""

import re
import socketserver
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Self

LITERAL = re.compile(rb"\{(\d+)\}$")
WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\S+)')
PARTIAL = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")


@dataclass
class Kept:
    """One message in a folder."""

    uid: int
    body: bytes
    flags: set[str] = field(default_factory=set)


class ImapStandin:
    """`manners` to choose from: can_move, only_below_inbox, hangs_up_at (a command's name)."""

    user, password = "bounces@news.example.org", 'p@ss "word"'

    def __init__(
        self, *, can_move: bool = True, only_below_inbox: bool = False, hangs_up_at: str = ""
    ) -> None:
        self.can_move, self.only_below_inbox = can_move, only_below_inbox
        self.hangs_up_at = hangs_up_at
        self.folders: defaultdict[str, list[Kept]] = defaultdict(list, {"INBOX": []})
        self.said: list[str] = []
        self.uids = 0
        self.lock = threading.Lock()

    def __enter__(self) -> Self:
        self.server = Server(("127.0.0.1", 0), Session)
        self.server.standin = self
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def put(self, body: bytes, folder: str = "INBOX") -> None:
        """A message arrives."""
        self.uids += 1
        self.folders[folder].append(Kept(self.uids, body))

    def count(self, folder: str = "INBOX") -> int:
        """How many messages are there."""
        return len(self.folders[folder])

    def move(self, folder: str, uids: list[int], target: str, *, keep: bool = False) -> None:
        for kept in [each for each in self.folders[folder] if each.uid in uids]:
            self.put(kept.body, target)
            if not keep:
                self.folders[folder].remove(kept)


class Server(socketserver.ThreadingTCPServer):
    """A thread for each connection."""

    allow_reuse_address = daemon_threads = True
    standin: ImapStandin


class Session(socketserver.StreamRequestHandler):
    """One connection."""

    folder = ""
    server: Server

    def handle(self) -> None:
        self.say(b"* OK standin ready")
        while line := self.rfile.readline():
            words = self.words(line.rstrip(b"\r\n"))
            if len(words) < 2:
                return
            tag, name = words[0], words[1].upper()
            standin = self.server.standin
            standin.said.append(name.decode())
            if name == b"UID" and len(words) > 2:
                words.pop(1)
                name = b"UID_" + words[1].upper()
            if name.decode().endswith(standin.hangs_up_at or "\0"):
                return
            with standin.lock:
                answer = getattr(self, f"do_{name.decode().lower()}", self.do_unknown)(words[2:])
            self.say(tag + b" " + answer)
            if name == b"LOGOUT":
                return

    def words(self, line: bytes) -> list[bytes]:
        """The words of a command; literals are asked for."""
        while literal := LITERAL.search(line):
            self.say(b"+ go on")
            text = self.rfile.read(int(literal[1])).replace(b'"', b'\\"')
            rest = self.rfile.readline().rstrip(b"\r\n")
            line = line[: literal.start()] + b'"' + text + b'"' + rest
        found = WORD.finditer(line)
        return [
            re.sub(rb"\\(.)", rb"\1", each[1]) if each[2] is None else each[2] for each in found
        ]

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    @property
    def standin(self) -> ImapStandin:
        return self.server.standin

    def chosen(self, words: bytes) -> list[int]:
        return [int(number) for number in words.split(b",")]

    def do_unknown(self, words: list[bytes]) -> bytes:
        return b"BAD what?"

    def do_capability(self, words: list[bytes]) -> bytes:
        self.say(b"* CAPABILITY IMAP4rev1" + (b" MOVE" if self.standin.can_move else b""))
        return b"OK done"

    def do_login(self, words: list[bytes]) -> bytes:
        is_right = words == [self.standin.user.encode(), self.standin.password.encode()]
        return b"OK welcome" if is_right else b"NO who?"

    def do_logout(self, words: list[bytes]) -> bytes:
        self.say(b"* BYE")
        return b"OK bye"

    def do_select(self, words: list[bytes]) -> bytes:
        name = words[0].decode()
        if name not in self.standin.folders:
            return b"NO no such folder"
        self.folder = name
        self.say(b"* %d EXISTS" % len(self.standin.folders[name]))
        return b"OK [READ-WRITE] done"

    def do_list(self, words: list[bytes]) -> bytes:
        for name in self.standin.folders:
            self.say(b'* LIST (\\HasNoChildren) "." "%s"' % name.encode())
        return b"OK done"

    def do_create(self, words: list[bytes]) -> bytes:
        name = words[0].decode()
        if self.standin.only_below_inbox and not name.startswith("INBOX."):
            return b"NO not there"
        self.standin.folders[name] = []
        return b"OK done"

    def do_uid_search(self, words: list[bytes]) -> bytes:
        unwanted = {"\\Flagged" if b"UNFLAGGED" in b" ".join(words) else ""}
        unwanted |= {"\\Deleted" if b"UNDELETED" in b" ".join(words) else ""}
        found = [m.uid for m in self.standin.folders[self.folder] if not m.flags & unwanted]
        self.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in found))
        return b"OK done"

    def do_uid_fetch(self, words: list[bytes]) -> bytes:
        partial = PARTIAL.search(b" ".join(words))
        limit = int(partial[1]) if partial else None
        for kept in self.standin.folders[self.folder]:
            if kept.uid in self.chosen(words[0]):
                body = kept.body[:limit]
                self.wfile.write(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n" % (kept.uid, len(body)))
                self.say(body + b")")
        return b"OK done"

    def do_uid_store(self, words: list[bytes]) -> bytes:
        flags = set(b" ".join(words[2:]).decode().strip("()").split())
        for kept in self.standin.folders[self.folder]:
            if kept.uid in self.chosen(words[0]):
                kept.flags |= flags
        return b"OK done"

    def do_uid_move(self, words: list[bytes]) -> bytes:
        self.standin.move(self.folder, self.chosen(words[0]), words[1].decode())
        return b"OK done"

    def do_uid_copy(self, words: list[bytes]) -> bytes:
        self.standin.move(self.folder, self.chosen(words[0]), words[1].decode(), keep=True)
        return b"OK done"

    def do_expunge(self, words: list[bytes]) -> bytes:
        left = [m for m in self.standin.folders[self.folder] if "\\Deleted" not in m.flags]
        self.standin.folders[self.folder] = left
        return b"OK done"
