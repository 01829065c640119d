"""The service as a test drives it: a reader gives, Stripe tells, the books are read."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from django.test import Client
from django.utils import timezone

from donations.giving import operations as giving
from donations.giving.models import Pledge
from donations.giving.wish import Wish
from donations.money import Money
from donations.reconciliation import reconcile
from tests.afterwards import Afterwards
from tests.standins.stripe import StripeStandin
from tests.visiting import visitor

Manner = Literal["as it happens", "twice", "reversed", "shuffled", "never told"]
MANNERS: tuple[Manner, ...] = ("as it happens", "twice", "reversed", "shuffled", "never told")
WISH = Wish(
    money=Money(1000, "EUR"),
    interval="once",
    method="card",
    email="ana@example.org",
    name="Ana Ș.",
    language="ro",
)


@dataclass
class Newsroom(Afterwards):
    """`manner` is how Stripe tells what happened; whatever it is, the books must be the same."""

    stripe: StripeStandin
    manner: Manner = "as it happens"
    told: set[str] = field(default_factory=set)
    client: Client = field(default_factory=visitor)

    def wish(self, **changes: Any) -> Wish:
        """Ana's ten euros, or something else."""
        return replace(WISH, **changes)

    def begin(self, **changes: Any) -> str:
        """A reader sends the form; answers the id of the payment page."""
        url = giving.begin(wish=self.wish(**changes), at=timezone.now())
        return url.rsplit("/", 1)[-1]

    def give(self, card: str = "4242424242424242", **changes: Any) -> Pledge:
        """A reader sends the form and pays."""
        session = self.begin(**changes)
        self.stripe.pay(session, card)
        self.tell()
        return Pledge.objects.get(checkout_ref=session)

    def subscribe(self, **changes: Any) -> str:
        """A reader starts to give every month; answers the subscription's id at Stripe."""
        pledge = self.give(**{"interval": "month", "money": Money(500, "EUR"), **changes})
        session = self.stripe.object(pledge.checkout_ref)
        return str(session["subscription"])

    def payment(self, pledge: Pledge) -> str:
        """The payment that paid a pledge, as Stripe names it."""
        return str(self.stripe.object(pledge.checkout_ref)["payment_intent"])

    def tell(self) -> None:
        """Stripe tells what is new, if it tells as it happens."""
        if self.manner in ("as it happens", "twice"):
            for event in self.untold():
                self.post(event)
                if self.manner == "twice":
                    self.post(event)
            self.settle()

    def finish(self) -> None:
        """Everything that was not told yet, in whatever order the manner says."""
        events = self.untold()
        if self.manner == "reversed":
            events.reverse()
        if self.manner == "shuffled":
            random.shuffle(events)
        if self.manner == "never told":
            events = []
            reconcile(since=datetime(2020, 1, 1, tzinfo=UTC), at=timezone.now())
        for event in events:
            self.post(event)
        self.settle()

    def untold(self) -> list[dict[str, Any]]:
        """Events that were not posted yet, oldest first."""
        events = [event for event in self.stripe.events if event["id"] not in self.told]
        self.told |= {event["id"] for event in events}
        return events

    def post(self, event: dict[str, Any], *, timestamp: int | None = None) -> int:
        """One delivery, really signed; answers the status."""
        body, headers = self.stripe.signed(event, timestamp=timestamp)
        return self.post_raw(body, headers["Stripe-Signature"])

    def post_raw(self, body: bytes, signature: str) -> int:
        """Any bytes with any signature."""
        return self.client.post(
            "/webhooks/stripe/",
            data=body,
            content_type="application/json",
            headers={"Stripe-Signature": signature},
        ).status_code
