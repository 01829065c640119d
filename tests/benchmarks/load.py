"""A small load generator: prepared requests over kept connections, in a process of its own."""

import multiprocessing
import socket
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection

CONNECTIONS = 16


def rate(port: int, requests: Sequence[bytes], expect: int = 200) -> float:
    """Requests per second over all connections. Raises RuntimeError for any other status."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=run, args=(port, requests, expect, sender))
    child.start()
    outcome: float | str = receiver.recv()
    child.join()
    if isinstance(outcome, str):
        raise RuntimeError(outcome)
    return outcome


def run(
    port: int, requests: Sequence[bytes], expect: int, sender: "Connection[float | str, None]"
) -> None:
    """Share the requests between connections and tell the rate, or what went wrong."""
    errors: list[str] = []
    threads = [
        threading.Thread(target=talk, args=(port, requests[number::CONNECTIONS], expect, errors))
        for number in range(CONNECTIONS)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sender.send(errors[0] if errors else len(requests) / (time.perf_counter() - begun))


def talk(port: int, requests: Sequence[bytes], expect: int, errors: list[str]) -> None:
    """One connection's requests, one after the other."""
    wanted = f"HTTP/1.1 {expect} ".encode()
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
            for request in requests:
                link.sendall(request)
                answer = receive(link)
                if not answer.startswith(wanted):
                    raise RuntimeError(answer[:200].decode(errors="replace"))
    except (OSError, RuntimeError) as error:
        errors.append(f"{type(error).__name__}: {error}")


def receive(link: socket.socket) -> bytes:
    """One whole answer with a Content-Length."""
    answer = link.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += link.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    while len(body) < length:
        body += link.recv(65536)
    return answer


def get(path: str) -> bytes:
    """A GET as a browser with compression sends it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
        "Accept-Language: en\r\n\r\n"
    ).encode()


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """A POST with its body."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n{lines}\r\n"
    return head.encode() + body
