"""The service as a test drives it: somebody pays at PayPal, it tells, the books are read."""

import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote_plus

from django.test import Client
from django.utils import timezone

from donations.giving.models import Pledge
from donations.outbox.models import Message
from donations.outbox.rendering import render
from donations.outlet import queries as outlets
from donations.outlet.models import Outlet
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import replay_all
from donations.webhooks.queries import replayable
from tests.afterwards import Afterwards
from tests.known import known
from tests.standins.paypal import PayPalStandin
from tests.visiting import visitor

Manner = Literal["as it happens", "twice", "reversed", "shuffled"]
MANNERS: tuple[Manner, ...] = ("as it happens", "twice", "reversed", "shuffled")
PAYLOADS = Path(__file__).parent / "gateways" / "payloads" / "paypal" / "ipn"
DOOR = "/webhooks/paypal/ipn/"
FORM = "application/x-www-form-urlencoded"
# Before all that the samples tell.
PROMISED_AT = datetime(2026, 11, 20, 11, tzinfo=UTC)


def sample(name: str, **changes: str | None) -> bytes:
    """A message as PayPal sends it, with some fields changed, added, or removed by None."""
    body = (PAYLOADS / f"{name}.txt").read_bytes()
    for field_name, value in changes.items():
        body = changed(body, field_name, value)
    return body


def changed(body: bytes, name: str, value: str | None) -> bytes:
    """All the other bytes stay as they are."""
    pair = b"" if value is None else f"{name}={quote_plus(value)}".encode()
    pattern = re.compile(rb"(?:^|(?<=&))%s=[^&]*" % name.encode())
    if pattern.search(body):
        return pattern.sub(lambda _: pair, body).replace(b"&&", b"&").strip(b"&")
    return body + b"&" + pair if pair else body


@dataclass
class PayPalRoom(Afterwards):
    """`manner` is how PayPal tells what happened; whatever it is, the books must be the same."""

    paypal: PayPalStandin
    manner: Manner = "as it happens"
    untold: list[bytes] = field(default_factory=list)
    client: Client = field(default_factory=visitor)

    def __post_init__(self) -> None:
        Outlet.objects.update(paypal_email="gifts@example.org")

    def promise(self, token: str, **changes: Any) -> Pledge:
        """A reader clicked a link of ours, which carries this token."""
        fields: dict[str, Any] = {
            "token": token,
            "amount_minor": 1000,
            "currency": "EUR",
            "interval": "once",
            "method": "paypal",
            "language": "ro",
            "fingerprint": token,
            "created_at": PROMISED_AT,
        }
        return Pledge.objects.create(**fields | changes)

    @property
    def is_live(self) -> bool:
        """Whether PayPal tells as it happens, so that what lies between can be seen too."""
        return self.manner in ("as it happens", "twice")

    def happen(self, name: str, **changes: str | None) -> bytes:
        """Something happens at PayPal, which tells of it when its manner is to."""
        body = self.paypal.sign(sample(name, **changes))
        self.untold.append(body)
        if self.is_live:
            self.tell()
        return body

    def tell(self) -> None:
        """Everything that was not told yet."""
        bodies, self.untold = self.untold, []
        if self.manner == "reversed":
            bodies.reverse()
        if self.manner == "shuffled":
            random.shuffle(bodies)
        for body in bodies:
            for _time in range(2 if self.manner == "twice" else 1):
                assert self.post(body) == 200
        self.settle()

    def post(self, body: bytes, content_type: str = FORM) -> int:
        """Any bytes; answers the status."""
        return self.client.generic("POST", DOOR, body, content_type).status_code

    def finish(self) -> None:
        """Tell the rest; then every posting has to be explained, and every letter written."""
        self.tell()
        self.check_books()
        self.read_letters()
        if self.manner in ("twice", "reversed"):
            self.understand_again(timezone.now())

    def understand_again(self, at: datetime) -> None:
        """All that was stored, from the beginning: nothing is to come of it."""
        before = known(), self.letters()
        assert replay_all(event_ids=replayable(), at=at) == []
        assert (known(), self.letters()) == before
        self.check_books()

    def read_letters(self) -> list[str]:
        """Their texts: whatever was queued can be written."""
        outlet = outlets.current()
        return [render(message, outlet).text for message in Message.objects.order_by("pk")]

    def states(self) -> list[str]:
        """What became of each message, in the order of their coming."""
        return list(InboundEvent.objects.order_by("pk").values_list("state", flat=True))
