"""Everything the stand-in knows. Whoever reads or changes it holds `lock`; nothing slow inside."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from ..common.clock import Clock
from . import ids
from .ipn.encoding import Pairs, encode
from .manners import Manners
from .state import Message, Subscription, Transaction

LOOPBACK = ("127.0.0.1", "localhost", "::1")
Kept = TypeVar("Kept", Transaction, Subscription)


@dataclass
class Settings:
    """What a test may want different about the account."""

    business: str = "office@rudeana.com"
    currency: str = "EUR"
    # Said in every message, as the sandbox does.
    test_ipn: bool = False
    # Subscriptions have ids of the old kind, until `migrate` gives them one of the new.
    old_ids: bool = False
    # What the account holds no balance in is converted into `currency` when it comes.
    exchange_rates: dict[str, str] = field(default_factory=lambda: {"PLN": "0.22827"})


class World:
    def __init__(self, settings: Settings, notify_url: str | None) -> None:
        self.lock = threading.RLock()
        self.settings = settings
        self.notify_url = notify_url or ""
        self.clock = Clock()
        self.manners = Manners()
        self.base_url = ""
        self.on_message: Callable[[Message], None] = lambda message: None
        self.clear()

    def clear(self) -> None:
        self.transactions: dict[str, Transaction] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.messages: list[Message] = []
        # Bodies that a test sends by itself, and that are genuine nevertheless.
        self.accepted: set[bytes] = set()
        # Forms that were sent, so that two clicks pay once.
        self.sent_forms: set[str] = set()
        self.clock.reset()

    @property
    def now(self) -> int:
        return self.clock.now

    def add(self, kept: Kept) -> Kept:
        if isinstance(kept, Transaction):
            self.transactions[kept.id] = kept
        else:
            self.subscriptions[kept.id] = kept
        return kept

    def about(self, txn: Transaction, kind: str = "") -> list[Transaction]:
        """What followed from a payment, oldest first."""
        return [
            each
            for each in self.transactions.values()
            if each.parent == txn.id and kind in ("", each.kind)
        ]

    def vouches_for(self, body: bytes) -> bool:
        """Whether PayPal sent exactly this."""
        with self.lock:
            sent = any(message.body.encode() == body for message in self.messages)
            return sent or body in self.accepted

    def tell(self, kind: str, about: str, pairs: Pairs, *, url: str = "") -> Message:
        """Send an IPN: to the address in the link if it had one, else to the account's."""
        charset = "windows-1252" if self.manners.windows_1252 else "UTF-8"
        signs = [("notify_version", "3.9"), ("verify_sign", ids.signature())]
        signs += [("ipn_track_id", ids.track_id())]
        signs += [("test_ipn", "1")] if self.settings.test_ipn else []
        body = encode([*pairs, *signs, ("charset", charset)], charset)
        return self.keep(kind, about, url or self.notify_url, body)

    def keep(self, kind: str, about: str, url: str, body: str) -> Message:
        message = Message(len(self.messages) + 1, kind, about, url, body, self.now)
        message.dropped = self.manners.drop
        self.messages.append(message)
        self.on_message(message)
        return message


def own_address(url: str) -> str:
    """A link's notify_url if it leads to this machine; nothing else is ever asked from here."""
    parts = urlsplit(url)
    return url if parts.scheme == "http" and parts.hostname in LOOPBACK else ""
