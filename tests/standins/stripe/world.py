"""Everything the stand-in knows: objects, the clock, settings and who listens to events.

Whoever reads or changes it holds `lock`; nothing slow happens inside.
"""

import copy
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from ..common.clock import Clock
from .errors import no_such
from .ids import new_id
from .obj import API_VERSION, Obj


@dataclass
class Settings:
    """What a test may want different about the account."""

    settles_in: set[str] = field(default_factory=lambda: {"eur", "usd", "gbp", "ron"})
    # Smallest charge by settlement currency, as {"eur": 50}; empty means no check.
    minimums: dict[str, int] = field(default_factory=dict)
    # True: no balance transaction until settle_fees() is called.
    fees_later: bool = False
    # The status that the next refunds get: "succeeded" or "pending".
    refund_status: str = "succeeded"
    # Stripe refuses deeper expansion ("data" counts as a level).
    expand_levels: int = 4
    # How long the "timeout" fault stalls at most.
    stall_seconds: float = 30.0


@dataclass
class Caller:
    """The API request that is being worked on; events name it."""

    request_id: str | None = None
    idempotency_key: str | None = None


class World:
    def __init__(self, settings: Settings) -> None:
        self.lock = threading.RLock()
        self.settings = settings
        self.clock = Clock()
        self.base_url = ""
        self.objects: dict[str, Obj] = {}
        # What Stripe knows but never shows: the card behind a subscription, the line to be sold.
        self.hidden: dict[str, Obj] = {}
        self.caller = Caller()
        self.on_event: Callable[[Obj], None] = lambda event: None

    @property
    def now(self) -> int:
        return self.clock.now

    def clear(self) -> None:
        self.objects.clear()
        self.hidden.clear()
        self.clock.reset()

    def add(self, obj: Obj) -> Obj:
        self.objects[obj["id"]] = obj
        return obj

    def get(self, kind: str, ident: str, *, param: str = "id") -> Obj:
        """The object itself, not a copy; 404 when it is unknown or of another kind."""
        obj = self.objects.get(ident)
        if obj is None or obj["object"] != kind:
            raise no_such(kind, ident, param=param)
        return obj

    def newest_first(self, kind: str) -> list[Obj]:
        return [obj for obj in reversed(self.objects.values()) if obj["object"] == kind]

    def emit(self, kind: str, obj: Obj, previous: Obj | None = None) -> Obj:
        """Keep an event with a snapshot of the object as it is now, and pass it on."""
        data: Obj = {"object": copy.deepcopy(obj)}
        if previous is not None:
            data["previous_attributes"] = copy.deepcopy(previous)
        caller = {"id": self.caller.request_id, "idempotency_key": self.caller.idempotency_key}
        event: Obj = {"id": new_id("evt_"), "object": "event", "api_version": API_VERSION}
        event |= {"created": self.now, "data": data, "livemode": False, "pending_webhooks": 1}
        event |= {"request": caller, "type": kind}
        self.add(event)
        self.on_event(event)
        return event
