"""An SMTP server for tests: takes every message, or fails as told for a chosen address.

As a process of its own (`python -m tests.standins.smtp`) it prints its port and is the sink of
the benchmarks: plain asyncio, pipelining, nothing kept but the count, which HELP tells.
"""

import argparse
import asyncio
import re
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, Self

Stage = Literal["mail", "rcpt", "data", "body", "dot"]
ADDRESS = re.compile(rb"<([^>]*)>")
OK = b"250 OK\r\n"
DOT = b"\r\n.\r\n"
LONE_DOT = DOT[2:]


@dataclass(frozen=True)
class Fault:
    """What goes wrong once: a `code`, a wait before the good answer, or else a dropped line.

    At "body" the line drops with a part of the text, at "dot" with all of it.
    """

    stage: Stage
    code: int | None = None
    seconds: float | None = None
    words: str = "4.0.0 told to fail"


@dataclass
class Manners:
    """How it behaves towards everybody.

    `pipelining`: it may lie, and drop what comes behind a command, be confused by it, or leave.
    """

    offers: tuple[str, ...] = ("PIPELINING", "SIZE 10485760", "8BITMIME")
    pipelining: Literal["fine", "swallows", "is confused", "leaves"] = "fine"
    # Whether DATA is welcome though nobody will get it, and what is said to the text.
    data_for_nobody: bool = False
    said_to_nothing: bytes = b"554 no valid recipients\r\n"
    # Whether answers come letter by letter, or all together when there is nothing left to read.
    speech: Literal["plain", "dribbling", "glued"] = "plain"


@dataclass(frozen=True)
class Received:
    """One message as it came over the wire."""

    sender: str
    to: str
    body: bytes


class SmtpStandin:
    """`with SmtpStandin() as smtp:` serves on `smtp.port` from a thread of its own.

    `taken` counts the texts that came whole, whatever was answered; `nothings` are those that
    came when nobody was there to get them; `heard` is what came, read by read.
    """

    def __init__(self, *, keeps: bool = True, port: int = 0) -> None:
        self.keeps, self.port = keeps, port
        self.manners = Manners()
        self.received: list[Received] = []
        self.nothings: list[bytes] = []
        self.heard: list[bytes] = []
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.taken = self.connections = 0
        self.sessions: set[Session] = set()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.listen(), self.loop).result()
        return self

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self.leave(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    async def listen(self) -> None:
        self.server = await self.loop.create_server(lambda: Session(self), "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def leave(self) -> None:
        self.server.close()
        for session in list(self.sessions):
            session.transport.abort()
        while self.sessions:
            await asyncio.sleep(0)

    def fails(self, to: str, *faults: Fault) -> None:
        """The next messages to this address meet these, one each."""
        self.faults[to].extend(faults)

    def addresses(self) -> list[str]:
        """To whom something came, in order."""
        return [received.to for received in self.received]


class Session(asyncio.Protocol):
    """One connection. `sender` and `to` are who was named; "" when they were not accepted."""

    def __init__(self, standin: SmtpStandin) -> None:
        self.standin, self.manners = standin, standin.manners
        self.buffer = b""
        self.is_body = False
        self.sender = self.to = ""
        self.unsaid = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.standin.connections += 1
        self.standin.sessions.add(self)
        self.say(b"220 standin ESMTP\r\n")
        self.speak_up()

    def connection_lost(self, exc: Exception | None) -> None:
        self.standin.sessions.discard(self)

    def data_received(self, data: bytes) -> None:
        if self.standin.keeps:
            self.standin.heard.append(data)
        self.buffer += data
        while not self.transport.is_closing() and self.read():
            pass
        self.speak_up()

    def read(self) -> bool:
        """One command or text; False when it has not come whole yet."""
        if self.is_body:
            return self.read_body()
        line, found, rest = self.buffer.partition(b"\r\n")
        if not found:
            return False
        self.buffer = rest
        if rest and self.manners.pipelining != "fine":
            self.misbehave(line)
        else:
            self.obey(line)
        return True

    def read_body(self) -> bool:
        if self.buffer.startswith(LONE_DOT):
            end, length = 0, len(LONE_DOT)
        else:
            end, length = self.buffer.find(DOT) + 2, len(LONE_DOT)
            if self.buffer and (waiting := self.waiting("body")):
                waiting.pop(0)
                self.transport.abort()
            if end < 2:
                return False
        body, self.buffer = self.buffer[:end], self.buffer[end + length :]
        self.is_body = False
        self.take(body)
        self.sender = self.to = ""
        return True

    def obey(self, line: bytes) -> None:
        match line[:4].upper():
            case b"MAIL" | b"RCPT" | b"DATA" as step:
                self.go_on(step, line)
            case b"EHLO":
                offers = "".join(f"250-{offer}\r\n" for offer in self.manners.offers)
                self.say(f"250-standin\r\n{offers}250 HELP\r\n".encode())
            case b"HELP":
                self.say(b"214 %d\r\n" % self.standin.taken)
            case b"QUIT":
                self.say(b"221 bye\r\n")
                self.speak_up()
                self.transport.close()
            case step:
                if step == b"RSET":
                    self.sender = self.to = ""
                self.say(OK)

    def go_on(self, step: bytes, line: bytes) -> None:
        """A step on the way to a message, if it is the right one."""
        match step:
            case b"MAIL" if not self.sender:
                self.sender = address(line)
                self.sender = self.sender if self.answer("mail", OK) else ""
            case b"RCPT" if self.sender:
                self.to = address(line)
                self.to = self.to if self.answer("rcpt", OK) else ""
            case b"DATA" if self.to or self.manners.data_for_nobody:
                self.is_body = self.answer("data", b"354 go on\r\n")
            case _:
                self.say(b"503 not now\r\n")

    def misbehave(self, line: bytes) -> None:
        """Something came behind this command, as was offered."""
        match self.manners.pipelining:
            case "swallows":
                self.buffer = b""
                self.obey(line)
            case "is confused":
                self.say(b"503 5.5.1 one at a time, please\r\n")
            case _:
                self.transport.abort()

    def take(self, body: bytes) -> None:
        if not self.to:
            self.standin.nothings.append(body)
            self.say(self.manners.said_to_nothing)
            return
        self.standin.taken += 1
        faults = self.waiting("dot")
        if self.standin.keeps and not (faults and faults[0].code):
            plain = body.replace(b"\r\n..", b"\r\n.").removeprefix(b".")
            self.standin.received.append(Received(self.sender, self.to, plain))
        self.answer("dot", OK)

    def waiting(self, stage: Stage) -> list[Fault]:
        """The faults of whoever is spoken of, if the next one is due at this stage."""
        if not self.standin.faults:
            return []
        faults = self.standin.faults.get(self.sender if stage == "mail" else self.to) or []
        return faults if faults and faults[0].stage == stage else []

    def answer(self, stage: Stage, good: bytes) -> bool:
        """Say the good answer, unless this is where it fails; tells whether it was good."""
        waiting = self.waiting(stage)
        if not waiting:
            self.say(good)
            return True
        fault = waiting.pop(0)
        if fault.code:
            words = f"{fault.code} {fault.words} for <{self.to}>\r\n"
            self.say(words.encode())
            if fault.code == 421:
                self.speak_up()
                self.transport.close()
            return False
        if fault.seconds:
            self.standin.loop.call_later(fault.seconds, self.say, good)
            return True
        self.transport.abort()
        return False

    def say(self, words: bytes) -> None:
        if self.transport.is_closing():
            return
        if self.manners.speech == "glued":
            self.unsaid += words
        elif self.manners.speech == "dribbling":
            # Nagle's wait is off in asyncio: each write is a packet.
            for letter in words:
                self.transport.write(bytes([letter]))
        else:
            self.transport.write(words)

    def speak_up(self) -> None:
        """What was held back, in one write."""
        words, self.unsaid = self.unsaid, b""
        if words and not self.transport.is_closing():
            self.transport.write(words)


def address(line: bytes) -> str:
    found = ADDRESS.search(line)
    return found.group(1).decode() if found else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    standin = SmtpStandin(keeps=False, port=parser.parse_args().port)
    standin.loop.run_until_complete(standin.listen())
    sys.stdout.write(f"{standin.port}\n")
    sys.stdout.flush()
    standin.loop.run_forever()


if __name__ == "__main__":
    main()
