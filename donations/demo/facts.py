"""What Stripe and PayPal would have told, in our vocabulary."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from donations.gateways.events import (
    Fact,
    PaymentReceived,
    PledgeLinked,
    Settled,
    SubscriptionObserved,
    SubscriptionStatus,
)
from donations.gateways.paypal.payments import Transaction, payment_facts
from donations.money import Money

DAY = timedelta(days=1)
# Thousandths of a euro for a unit; Stripe pays out in euro.
IN_EURO = {"EUR": 1000, "USD": 920, "GBP": 1170, "RON": 201, "MDL": 51}


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A recurring agreement at a moment."""

    gateway: str
    ref: str
    money: Money
    interval: str
    began_at: datetime
    token: str
    email: str
    name: str

    @property
    def step(self) -> int:
        """Months from one instalment to the next."""
        return 12 if self.interval == "year" else 1


def later(moment: datetime, months: int) -> datetime:
    """So many months on; at the end of a month it is the 28th, which every month has."""
    years, month = divmod(moment.month - 1 + months, 12)
    day = min(moment.day, 28)
    return moment.replace(year=moment.year + years, month=month + 1, day=day)


def one_off(
    *, gateway: str, ref: str, money: Money, at: datetime, token: str, email: str, name: str
) -> list[Fact]:
    """A gift and what it cost."""
    if gateway == "paypal":
        return payment_facts(
            transaction(ref=ref, money=money, at=at, token=token, email=email, name=name)
        )
    paid = PaymentReceived(
        gateway=gateway, ref=ref, payment_ref=ref, money=money, received_at=at,
        pledge_token=token, payer_email=email, payer_name=name,
    )  # fmt: skip
    return [paid, stripe_fee(ref, money, at)]


def instalment(agreement: Agreement, *, number: int, at: datetime, is_first: bool) -> list[Fact]:
    """One payment of an agreement."""
    ref = f"{agreement.ref}_{number}"
    if agreement.gateway == "paypal":
        return payment_facts(
            transaction(
                ref=ref, money=agreement.money, at=at, token=agreement.token,
                email=agreement.email, name=agreement.name, subscription_ref=agreement.ref,
            )
        )  # fmt: skip
    paid = PaymentReceived(
        gateway=agreement.gateway, ref=f"in_{ref}", payment_ref=f"pi_{ref}",
        money=agreement.money, received_at=at, pledge_token=agreement.token,
        subscription_ref=agreement.ref, is_first_instalment=is_first, payer_email=agreement.email,
    )  # fmt: skip
    return [paid, stripe_fee(f"pi_{ref}", agreement.money, at)]


def transaction(
    *,
    ref: str,
    money: Money,
    at: datetime,
    token: str,
    email: str,
    name: str,
    subscription_ref: str = "",
) -> Transaction:
    """A payment as PayPal tells it."""
    return Transaction(
        ref=ref, gross=money, fee=Money(money.minor * 29 // 1000 + 35, money.currency), at=at,
        told_by="provider", custom=token, payer_email=email, payer_name=name,
        subscription_ref=subscription_ref, payer_ref=f"payer_{email}",
    )  # fmt: skip


def stripe_fee(payment_ref: str, money: Money, at: datetime) -> Settled:
    """Its settlement in euro."""
    settled = Money(max(money.minor * IN_EURO[money.currency] // 1000, 1), "EUR")
    rate = 15 if money.currency == "EUR" else 29
    return Settled(
        gateway="stripe", ref=f"txn_{payment_ref}", of="payment", payment_ref=payment_ref,
        charged=money, settled=settled, fee=Money(settled.minor * rate // 1000 + 25, "EUR"),
        settled_at=at,
    )  # fmt: skip


def observed(
    agreement: Agreement,
    *,
    status: SubscriptionStatus,
    at: datetime,
    paid_at: datetime,
    ended_at: datetime | None = None,
    reason: str = "",
) -> SubscriptionObserved:
    """What the agreement is at a moment: all of it from Stripe, the news from PayPal."""
    is_stripe = agreement.gateway == "stripe"
    return SubscriptionObserved(
        gateway=agreement.gateway, ref=agreement.ref, status=status, money=agreement.money,
        interval="year" if agreement.interval == "year" else "month",
        customer_ref=f"payer_{agreement.email}", pledge_token=agreement.token,
        period_start=paid_at if is_stripe else None, period_end=later(paid_at, agreement.step),
        ended_at=ended_at, end_reason=reason,
        created_at=agreement.began_at if is_stripe else at, observed_at=at, is_whole=is_stripe,
    )  # fmt: skip


def linked(agreement: Agreement) -> PledgeLinked:
    """The page that it began on was completed."""
    return PledgeLinked(
        gateway=agreement.gateway, pledge_token=agreement.token,
        checkout_ref=f"cs_{agreement.ref}", subscription_ref=agreement.ref,
    )  # fmt: skip


def of_pledge(told: Iterable[Fact], token: str) -> Iterator[Fact]:
    """The same facts with the pledge that they are of."""
    for fact in told:
        if isinstance(fact, PaymentReceived | PledgeLinked | SubscriptionObserved):
            yield replace(fact, pledge_token=token)
        else:
            yield fact
