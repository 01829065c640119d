"""Faults that a test asks for: the next calls fail in a given way."""

import threading
import time
from dataclasses import dataclass

from ..errors import ApiError
from .messages import Request

KINDS = (
    "timeout",
    "drop_connection",
    "refuse_500",
    "rate_limit_429",
    "card_error",
    "invalid_request",
    "auth_401",
)


@dataclass
class Fault:
    kind: str
    times: int
    path: str | None
    # For timeout and drop_connection: was the call carried out before the answer was lost?
    executed: bool

    @property
    def transport(self) -> str:
        return {"timeout": "stall", "drop_connection": "drop"}.get(self.kind, "send")


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._faults: list[Fault] = []

    def clear(self) -> None:
        """Also ends every stall."""
        with self._lock:
            self._faults.clear()
            self._released.set()
            self._released = threading.Event()

    def add(self, fault: Fault) -> None:
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}; known: {', '.join(KINDS)}")
        with self._lock:
            self._faults.append(fault)

    def take(self, request: Request) -> Fault | None:
        """The first fault meant for this call, used up by it."""
        with self._lock:
            for fault in self._faults:
                if fault.path is None or fault.path in request.path:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                    return fault
        return None

    def stall(self, request: Request, seconds: float) -> None:
        """Keep silent until the client hangs up, a reset, or the limit."""
        released, until = self._released, time.monotonic() + seconds
        while time.monotonic() < until and not request.client_gone():
            if released.wait(0.02):
                return


def error(kind: str) -> ApiError:
    """What Stripe answers; none of these was carried out."""
    match kind:
        case "rate_limit_429":
            message = "Request rate limit exceeded."
            return ApiError(429, "invalid_request_error", message, code="rate_limit")
        case "card_error":
            message = "Your card has insufficient funds."
            decline = {"code": "card_declined", "decline_code": "insufficient_funds"}
            return ApiError(402, "card_error", message, **decline)
        case "invalid_request":
            return ApiError(400, "invalid_request_error", "The stand-in was asked to refuse this.")
        case "auth_401":
            return ApiError(401, "invalid_request_error", "Invalid API Key provided.")
        case _:
            return ApiError(500, "api_error", "An unknown error occurred.")
