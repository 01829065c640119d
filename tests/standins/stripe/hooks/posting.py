"""One attempt to hand an event over."""

import http.client
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..obj import Obj
from .signing import sign

TIMEOUT = 10.0


@dataclass(frozen=True)
class Attempt:
    """What came of it; `status` is None when there was no answer at all."""

    event_id: str
    event_type: str
    attempt: int
    status: int | None
    error: str | None
    at: float

    @property
    def ok(self) -> bool:
        """Only 2xx counts; a redirect is a failure."""
        return self.status is not None and 200 <= self.status < 300


def post(url: str, secret: str, event: Obj, attempt: int, *, copies: int = 1) -> list[Attempt]:
    """Post the event; more than one copy goes out at the same moment."""
    if copies == 1:
        return [_post(url, secret, event, attempt)]
    results: list[Attempt] = []
    threads = [
        threading.Thread(target=lambda: results.append(_post(url, secret, event, attempt)))
        for _ in range(copies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _post(url: str, secret: str, event: Obj, attempt: int) -> Attempt:
    status, error = None, None
    try:
        status = _send(url, *sign(event, secret))
    except (OSError, http.client.HTTPException) as problem:
        error = f"{type(problem).__name__}: {problem}"
    return Attempt(event["id"], event["type"], attempt, status, error, time.time())


def _send(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target or "/", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
