"""An SMTP server for tests: takes every message, or fails as told for a chosen address.

As a process of its own (`python -m tests.standins.smtp`) it prints its port and is the sink of
the benchmarks: plain asyncio, pipelining, nothing kept.
"""

import argparse
import asyncio
import re
import sys
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, Self

Stage = Literal["mail", "rcpt", "data", "dot"]
ADDRESS = re.compile(rb"<([^>]*)>")
EHLO = b"250-standin\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250 8BITMIME\r\n"
OK = b"250 OK\r\n"
DOT = b"\r\n.\r\n"


@dataclass(frozen=True)
class Fault:
    """What goes wrong once: a `code`, a wait before the good answer, or else a dropped line."""

    stage: Stage
    code: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Received:
    """One message as it came over the wire."""

    sender: str
    to: str
    body: bytes


class SmtpStandin:
    """`with SmtpStandin() as smtp:` serves on `smtp.port` from a thread of its own."""

    def __init__(self, *, keeps: bool = True, port: int = 0) -> None:
        self.keeps, self.port = keeps, port
        self.received: list[Received] = []
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.connections = 0
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
    """One connection."""

    def __init__(self, standin: SmtpStandin) -> None:
        self.standin = standin
        self.buffer = b""
        self.is_body = False
        self.sender = self.to = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.standin.connections += 1
        self.standin.sessions.add(self)
        self.say(b"220 standin ESMTP\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self.standin.sessions.discard(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while not self.transport.is_closing():
            if self.is_body:
                end = self.buffer.find(DOT)
                if end < 0:
                    return
                body, self.buffer = self.buffer[: end + 2], self.buffer[end + len(DOT) :]
                self.take(body)
            else:
                line, found, rest = self.buffer.partition(b"\r\n")
                if not found:
                    return
                self.buffer = rest
                self.obey(line)

    def obey(self, line: bytes) -> None:
        match line[:4].upper():
            case b"EHLO":
                self.say(EHLO)
            case b"MAIL":
                self.sender = address(line)
                self.answer("mail", OK)
            case b"RCPT":
                self.to = address(line)
                self.answer("rcpt", OK)
            case b"DATA":
                self.is_body = self.answer("data", b"354 go on\r\n")
            case b"QUIT":
                self.say(b"221 bye\r\n")
                self.transport.close()
            case _:
                self.say(OK)

    def take(self, body: bytes) -> None:
        self.is_body = False
        fault = self.fault("dot")
        if self.standin.keeps and (fault is None or fault.code is None):
            plain = body.replace(b"\r\n..", b"\r\n.")
            self.standin.received.append(Received(self.sender, self.to, plain))
        self.answer("dot", OK)

    def fault(self, stage: Stage) -> Fault | None:
        if not self.standin.faults:
            return None
        waiting = self.standin.faults.get(self.to if stage != "mail" else self.sender)
        return waiting[0] if waiting and waiting[0].stage == stage else None

    def answer(self, stage: Stage, good: bytes) -> bool:
        """Say the good answer, unless this is where it fails; tells whether it was good."""
        fault = self.fault(stage)
        if fault is None:
            self.say(good)
            return True
        self.standin.faults[self.to if stage != "mail" else self.sender].pop(0)
        if fault.code:
            self.say(b"%d 4.0.0 told to fail for <%s>\r\n" % (fault.code, self.to.encode()))
            if fault.code == 421:
                self.transport.close()
            return False
        if fault.seconds:
            self.standin.loop.call_later(fault.seconds, self.say, good)
            return True
        self.transport.abort()
        return False

    def say(self, words: bytes) -> None:
        if not self.transport.is_closing():
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
