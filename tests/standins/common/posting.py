"""One attempt to hand a notification over."""

import http.client
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

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


@dataclass(frozen=True)
class Parcel:
    """A notification that is ready to leave."""

    url: str
    body: bytes
    headers: dict[str, str]
    event_id: str
    event_type: str


def post(
    parcel: Parcel, attempt: int, *, copies: int = 1, timeout: float = TIMEOUT
) -> list[Attempt]:
    """Post the notification; more than one copy goes out at the same moment."""
    if copies == 1:
        return [_post(parcel, attempt, timeout)]
    results: list[Attempt] = []
    threads = [
        threading.Thread(target=lambda: results.append(_post(parcel, attempt, timeout)))
        for _ in range(copies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def _post(parcel: Parcel, attempt: int, timeout: float) -> Attempt:
    status, error = None, None
    try:
        status = _send(parcel, timeout)
    except (OSError, http.client.HTTPException) as problem:
        error = f"{type(problem).__name__}: {problem}"
    return Attempt(parcel.event_id, parcel.event_type, attempt, status, error, time.time())


def _send(parcel: Parcel, timeout: float) -> int:
    parts = urlsplit(parcel.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=timeout)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target or "/", parcel.body, parcel.headers)
        return connection.getresponse().status
    finally:
        connection.close()
