"""What comes in and what goes out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ..obj import Obj


@dataclass
class Request:
    """A call of the API, as a test finds it again in `standin.requests`.

    `params` have their types once they passed the check; before that they are strings.
    """

    method: str
    path: str
    params: Obj
    headers: dict[str, str] = field(default_factory=dict)
    # Tells whether the client hung up; a stalled answer ends then.
    client_gone: Callable[[], bool] = field(default=lambda: False, repr=False)

    @property
    def idempotency_key(self) -> str | None:
        return self.headers.get("idempotency-key")

    @property
    def stripe_version(self) -> str | None:
        return self.headers.get("stripe-version")

    @property
    def api_key(self) -> str:
        scheme, _, key = self.headers.get("authorization", "").partition(" ")
        return key.strip() if scheme == "Bearer" else ""


@dataclass
class Answer:
    status: int
    body: Obj
    headers: dict[str, str] = field(default_factory=dict)
    # "stall": never answered; "drop": the connection is closed without a word.
    transport: str = "send"
