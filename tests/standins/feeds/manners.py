"""How servers misbehave. Each returns what `FeedsStandin.behaves` takes."""

import gzip
import time
import zlib
from collections.abc import Iterator

from .server import FeedHandler, Manner

MEGABYTE = b" " * 1024 * 1024
# A drip is quicker than any limit on a pause would be, and never done.
PAUSE = 0.02


def hang(handler: FeedHandler) -> None:
    """Take the question and say nothing."""
    handler.server.standin.over.wait(30)
    handler.close_connection = True


def hang_up(handler: FeedHandler) -> None:
    """No answer, and the line is dropped."""
    handler.hang_up()


def drip(handler: FeedHandler) -> None:
    """One byte of a good feed's beginning after the other, for ever."""
    handler.pour(drops(handler, b"<rss version='2.0'><channel><title>"), Content_Type="text/xml")


def drip_headers(handler: FeedHandler) -> None:
    """The same with one endless line of the headers."""
    handler.close_connection = True
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for each in drops(handler, b""):
        handler.wfile.write(each)
        handler.wfile.flush()


def drops(handler: FeedHandler, start: bytes) -> Iterator[bytes]:
    yield from (start[at : at + 1] for at in range(len(start)))
    while not handler.server.standin.over.is_set():
        time.sleep(PAUSE)
        yield b"x"


def send(megabytes: int) -> Manner:
    """A feed of so many megabytes."""
    return lambda handler: handler.pour(
        (MEGABYTE for _each in range(megabytes)), Content_Type="text/xml"
    )


def bomb(encoding: str = "gzip", megabytes: int = 1000) -> Manner:
    """Little on the wire, a thousand times as much when it is unpacked."""

    def pieces() -> Iterator[bytes]:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
        yield packer.compress(b"<rss version='2.0'><channel><title>")
        for _each in range(megabytes):
            yield packer.compress(MEGABYTE)
        yield packer.flush()

    return lambda handler: handler.pour(
        pieces(), Content_Type="text/xml", Content_Encoding=encoding
    )


def packed(body: bytes) -> Manner:
    """As most servers send it."""
    headers = {"Content-Type": "text/xml", "Content-Encoding": "gzip"}
    return lambda handler: handler.send(200, headers, gzip.compress(body))


def garble(handler: FeedHandler) -> None:
    """Says it is packed, and is not."""
    handler.send(200, {"Content-Type": "text/xml", "Content-Encoding": "gzip"}, b"<rss>" * 100)


def cut_off(body: bytes) -> Manner:
    """Promises more than comes."""

    def manner(handler: FeedHandler) -> None:
        handler.close_connection = True
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) + 100))
        handler.end_headers()
        handler.wfile.write(body)

    return manner


def redirect(target: str, status: int = 301) -> Manner:
    """Leads on."""
    return lambda handler: handler.send(status, {"Location": target}, b"")


def set_cookie(target: str) -> Manner:
    """Leads on, and would like to recognise us there."""
    return lambda handler: handler.send(
        302, {"Location": target, "Set-Cookie": "who=footnote; Path=/"}, b""
    )
