"""The server: each address serves what a test told it to, and remembers who asked how."""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Self

from tests.standins.common.server import LoopbackServer, PageHandler

Manner = Callable[["FeedHandler"], None]
RSS, ATOM = "application/rss+xml; charset=utf-8", "application/atom+xml"


class FeedHandler(PageHandler):
    """Behaves as the manner of the address says."""

    server: "FeedsServer"

    def serve(self) -> None:
        standin = self.server.standin
        standin.asked[self.path].append(self.lower_headers)
        # Whoever hangs up on us was right to.
        with contextlib.suppress(OSError):
            standin.manners[self.path](self)

    def pour(self, pieces: Iterator[bytes], status: int = 200, **headers: str) -> None:
        """An answer without a length, until it ends or nobody wants more of it."""
        self.close_connection = True
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            self.server.standin.sent[self.path] += len(piece)


class FeedsServer(LoopbackServer):
    """Knows the stand-in."""

    standin: "FeedsStandin"


class FeedsStandin:
    """`with FeedsStandin() as feeds:` then poll `feeds.has("/rss", body)`."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.reset()

    def reset(self) -> None:
        """Forget every address."""
        self.manners: dict[str, Manner] = {}
        self.asked: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        self.sent: defaultdict[str, int] = defaultdict(int)

    def __enter__(self) -> Self:
        self.server = FeedsServer(0, FeedHandler)
        self.server.standin = self
        self.server.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.server.stop()

    def url(self, path: str, host: str = "") -> str:
        base = self.server.base_url
        return (base.replace("127.0.0.1", host) if host else base) + path

    def behaves(self, path: str, manner: Manner) -> str:
        """Have an address do that; its URL."""
        self.manners[path] = manner
        return self.url(path)

    def has(
        self, path: str, body: bytes | str, content_type: str = RSS, status: int = 200, **more: str
    ) -> str:
        """Have an address say that, and know whom it told already; its URL."""
        data = body.encode() if isinstance(body, str) else body
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if content_type:
            headers["Content-Type"] = content_type

        def answer(handler: FeedHandler) -> None:
            asked = handler.lower_headers
            known = (asked.get("if-none-match"), asked.get("if-modified-since"))
            if status == 200 and (headers.get("ETag"), headers.get("Last-Modified")) == known != (
                None,
                None,
            ):
                handler.send(304, {"ETag": headers.get("ETag", "")}, b"")
            else:
                handler.send(status, headers, data)

        return self.behaves(path, answer)
