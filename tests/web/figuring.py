"""What tests of the desk's figures share: gifts and agreements of other days, counted."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from donations.articles.models import Article
from donations.gateways.events import PaymentReceived, RefundObserved, SubscriptionObserved
from donations.giving import operations as giving
from donations.giving.models import Donation, Subscription
from donations.insights import operations as insights
from donations.money import Money
from tests.web.desk import a_gift, a_pledge, a_supporter

NUMBERS = count(1)


def noon(day: str) -> datetime:
    """Of a day as ISO writes it."""
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def gave(day: str, minor: int = 1000, currency: str = "EUR", **promised: Any) -> None:
    """A one-off gift on a day; what is promised is the form's."""
    pledge = a_pledge(created_at=noon(day) - timedelta(hours=1), currency=currency, **promised)
    a_gift(money=Money(minor, currency), received_at=noon(day), pledge_token=pledge.token)


def an_article(title: str) -> Article:
    """Where a gift was earned."""
    address = f"https://newscafe.example/{next(NUMBERS)}"
    return Article.objects.create(url=address, title=title, first_seen_at=noon("2026-01-01"))


def agreed(day: str, minor: int = 1000, *, name: str = "Ana P.", **told: Any) -> Subscription:
    """Somebody of this name gives every month since a day; `told` is what is so by now."""
    number = next(NUMBERS)
    supporter = a_supporter(email=f"reader{number}@example.org", name=name)
    pledge = a_pledge(supporter=supporter, interval="month", method="card", amount_minor=minor)
    fact: dict[str, Any] = {
        "gateway": "stripe",
        "ref": f"sub_{number}",
        "status": "active",
        "money": Money(minor, "EUR"),
        "interval": "month",
        "customer_ref": f"cus_{number}",
        "pledge_token": pledge.token,
        "period_end": timezone.now() + timedelta(days=10),
        "created_at": noon(day),
        "observed_at": noon(day),
    }
    giving.record(fact=SubscriptionObserved(**fact), at=noon(day))
    paid = PaymentReceived(
        gateway="stripe",
        ref=f"in_{number}",
        payment_ref=f"pi_{number}",
        money=Money(minor, "EUR"),
        received_at=noon(day),
        pledge_token=pledge.token,
        subscription_ref=f"sub_{number}",
        is_first_instalment=True,
    )
    giving.record(fact=paid, at=noon(day))
    if told:
        later = {**fact, "observed_at": timezone.now(), **told}
        giving.record(fact=SubscriptionObserved(**later), at=timezone.now())
    return Subscription.objects.get(gateway_ref=f"sub_{number}")


def left(since: str, until: str, **told: Any) -> Subscription:
    """Somebody who gave every month from one day to another."""
    ended = {"status": "canceled", "ended_at": noon(until), "observed_at": noon(until)}
    return agreed(since, **{**ended, **told})


def went_back(day: str, minor: int) -> None:
    """Some of the newest gift, on a day."""
    gift = Donation.objects.latest("pk")
    fact = RefundObserved(
        gateway=gift.gateway,
        ref=f"re_{next(NUMBERS)}",
        payment_ref=gift.payment_ref or gift.gateway_ref,
        money=Money(minor, gift.currency),
        status="succeeded",
        refunded_at=noon(day),
        observed_at=noon(day),
    )
    giving.record(fact=fact, at=noon(day))


def counted() -> None:
    """Have the totals brought up to date."""
    insights.recount_due(at=timezone.now())
