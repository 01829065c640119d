"""Whether a message is PayPal's own: compared byte for byte, or answered as badly as asked."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

PREFIX = b"cmd=_notify-validate&"
TEXT = "text/html; charset=UTF-8"
# "compare" is the honest one.
MODES = (
    "compare",
    "invalid",
    "error",
    "html",
    "redirect",
    "empty",
    "huge",
    "drip",
    "stall",
    "hang_up",
)
_HTML = b"<!doctype html><html><head><title>Sorry</title></head><body>VERIFIED soon.</body></html>"


@dataclass(frozen=True)
class Reply:
    """`how` is send, drip, stall or hang_up."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "send"


class Verifier:
    def __init__(self, vouches_for: Callable[[bytes], bool]) -> None:
        self._vouches_for = vouches_for
        self._lock = threading.Lock()
        # Another host name of this machine, so that a test sees whether somebody followed.
        self.redirect_to = ""
        self.reset()

    def reset(self) -> None:
        self.release()
        self._over = threading.Event()
        self.mode = "compare"
        # Modes of the next questions; then `mode` holds again.
        self.next: list[str] = []
        # How often each body was asked about, without the prefix.
        self.asked: Counter[bytes] = Counter()
        self.requests: list[dict[str, str]] = []
        # Somebody sent a message where a redirect led.
        self.followed = 0
        # The longest that a stall or a drip lasts, and the pause between its bytes.
        self.stall_seconds = 60.0
        self.drip_seconds = 1.0

    def release(self) -> None:
        """End every stall and drip at once."""
        over: threading.Event | None = getattr(self, "_over", None)
        if over is not None:
            over.set()

    def wait(self, seconds: float) -> bool:
        """Whether it was released meanwhile."""
        return self._over.wait(seconds)

    def answer(self, body: bytes, headers: dict[str, str]) -> Reply:
        """What PayPal says about a post-back."""
        rest = body.removeprefix(PREFIX)
        with self._lock:
            self.asked[rest] += 1
            self.requests.append(headers)
            mode = self.next.pop(0) if self.next else self.mode
        if not headers.get("user-agent"):
            return Reply(403, b"Access denied", {"Content-Type": TEXT})
        genuine = body.startswith(PREFIX) and self._vouches_for(rest)
        return self._reply(mode, genuine=genuine)

    def _reply(self, mode: str, *, genuine: bool) -> Reply:
        verdict = b"VERIFIED" if genuine else b"INVALID"
        html = {"Content-Type": TEXT}
        replies = {
            "compare": Reply(200, verdict, html),
            "invalid": Reply(200, b"INVALID", html),
            "error": Reply(503, b"Service Unavailable", html),
            "html": Reply(200, _HTML, html),
            "redirect": Reply(302, b"", {"Location": self.redirect_to}),
            "empty": Reply(200, b"", html),
            "huge": Reply(200, b"VERIFIED " * 1_000_000, html),
            "drip": Reply(200, verdict, html, "drip"),
            "stall": Reply(how="stall"),
            "hang_up": Reply(how="hang_up"),
        }
        return replies[mode]
