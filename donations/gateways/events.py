"""Our vocabulary: what a provider can tell us, as facts.

A fact is keyed by the provider's id of the thing (payment, refund, dispute, balance move), not by
the event that told it, so the same set of facts gives the same books in whatever order it comes.
What is a state carries `observed_at`, the moment when it was read: the newest reading stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from donations.money import Money

SubscriptionStatus = Literal["incomplete", "active", "past_due", "paused", "canceled"]
RefundStatus = Literal["pending", "succeeded", "failed"]
DisputeStatus = Literal["inquiry", "open", "won", "lost", "closed"]
PayoutStatus = Literal["pending", "in_transit", "paid", "failed", "canceled"]
MoveKind = Literal[
    "payment",
    "refund",
    "refund_failure",
    "dispute",
    "payout",
    "payout_failure",
    "exchange",
    "fee",
    "other",
]


@dataclass(frozen=True, kw_only=True)
class PaymentReceived:
    """Money arrived. `ref` is the payment (one-off) or the invoice (instalment).

    `is_first_instalment` is None where the provider does not number them. `is_complete` tells that
    nothing more will be said of whose it is; without it a pledge may be linked later.
    `is_forgotten` tells that its payer was erased, and what it said of them with them.
    """

    kind: Literal["payment_received"] = "payment_received"
    gateway: str
    ref: str
    payment_ref: str
    money: Money
    received_at: datetime
    pledge_token: str = ""
    pledge_code: str = ""
    subscription_ref: str = ""
    is_first_instalment: bool | None = False
    payer_email: str = ""
    payer_name: str = ""
    payer_country: str = ""
    note: str = ""
    told_by: Literal["provider", "file"] = "provider"
    is_complete: bool = False
    outside_provider: bool = False
    is_forgotten: bool = False


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What a payment or refund did to the balance at the provider, and what it kept.

    `charged` is in the supporter's currency, `settled` and `fee` in the balance's. Money out is
    negative. `ref` is the provider's balance move.
    """

    kind: Literal["settled"] = "settled"
    gateway: str
    ref: str
    of: Literal["payment", "refund"]
    payment_ref: str
    charged: Money
    settled: Money
    fee: Money
    settled_at: datetime


@dataclass(frozen=True, kw_only=True)
class Exchanged:
    """What a payment or refund left on the balance was turned into another currency.

    `sold` is what went, after the fee; `bought` is what came. Both are negative for a refund.
    """

    kind: Literal["exchanged"] = "exchanged"
    gateway: str
    ref: str
    payment_ref: str
    sold: Money
    bought: Money
    exchanged_at: datetime


@dataclass(frozen=True, kw_only=True)
class PledgeLinked:
    """The provider's page was completed: whose pledge it was and what it made."""

    kind: Literal["pledge_linked"] = "pledge_linked"
    gateway: str
    pledge_token: str
    checkout_ref: str
    subscription_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckoutEnded:
    """The provider's page closed without money: it expired, or a delayed payment failed."""

    kind: Literal["checkout_ended"] = "checkout_ended"
    gateway: str
    pledge_token: str
    checkout_ref: str


@dataclass(frozen=True, kw_only=True)
class SubscriptionObserved:
    """The state of a subscription as read from the provider.

    A provider that only tells what happened is not `is_whole`: what is None in it is not told, be
    it `status` or the terms (`money` and `interval`); `guess` is then an amount that was paid.
    `old_ref` is what the provider called it before.
    """

    kind: Literal["subscription_observed"] = "subscription_observed"
    gateway: str
    ref: str
    status: SubscriptionStatus | None
    money: Money | None
    interval: Literal["month", "year", "other"] | None
    customer_ref: str
    pledge_token: str
    period_start: datetime | None = None
    period_end: datetime | None = None
    cancel_at: datetime | None = None
    resumes_at: datetime | None = None
    ended_at: datetime | None = None
    end_reason: str = ""
    created_at: datetime
    observed_at: datetime
    guess: Money | None = None
    old_ref: str = ""
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class InstalmentFailed:
    """An instalment could not be taken; `attempt` counts from 1."""

    kind: Literal["instalment_failed"] = "instalment_failed"
    gateway: str
    ref: str
    subscription_ref: str
    money: Money
    attempt: int
    next_attempt_at: datetime | None
    pay_url: str
    failed_at: datetime


@dataclass(frozen=True, kw_only=True)
class RefundObserved:
    """The state of a refund as read from the provider; `order_token` when we had asked for it."""

    kind: Literal["refund_observed"] = "refund_observed"
    gateway: str
    ref: str
    payment_ref: str
    money: Money
    status: RefundStatus
    refunded_at: datetime
    observed_at: datetime
    order_token: str = ""


@dataclass(frozen=True, kw_only=True)
class DisputeObserved:
    """The state of a dispute as read from the provider. It moves no money by itself.

    `money` is None where the provider does not say how much: the whole payment.
    """

    kind: Literal["dispute_observed"] = "dispute_observed"
    gateway: str
    ref: str
    payment_ref: str
    money: Money | None
    status: DisputeStatus
    reason: str
    due_by: datetime | None
    opened_at: datetime
    observed_at: datetime


@dataclass(frozen=True, kw_only=True)
class DisputeMoved:
    """Money taken out for a dispute (negative) or given back (positive), in settlement currency.

    `payment_ref` is blank when the provider does not say of which payment.
    """

    kind: Literal["dispute_moved"] = "dispute_moved"
    gateway: str
    ref: str
    payment_ref: str
    money: Money
    fee: Money
    moved_at: datetime


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move of the balance at the provider, before its fee. Money out is negative.

    `ref` is the provider's balance move, `source_ref` what made it, `payment_ref` of which payment.
    `fee` is None while it is not told.
    """

    ref: str
    kind: MoveKind
    money: Money
    fee: Money | None
    moved_at: datetime
    source_ref: str = ""
    payment_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class PayoutObserved:
    """The state of a payout as read from the provider. Negative when the bank was debited.

    `parts` is None where the provider does not say (yet) what is in it.
    """

    kind: Literal["payout_observed"] = "payout_observed"
    gateway: str
    ref: str
    money: Money
    fee: Money | None
    status: PayoutStatus
    is_automatic: bool
    failure: str = ""
    made_at: datetime
    arrives_at: datetime | None
    observed_at: datetime
    parts: tuple[Move, ...] | None = None


Fact = (
    PaymentReceived
    | Settled
    | Exchanged
    | PledgeLinked
    | CheckoutEnded
    | SubscriptionObserved
    | InstalmentFailed
    | RefundObserved
    | DisputeObserved
    | DisputeMoved
    | PayoutObserved
)
_facts: TypeAdapter[list[Fact]] = TypeAdapter(
    list[Annotated[Fact, Field(discriminator="kind")]],
)


def facts_to_json(facts: list[Fact]) -> list[dict[str, Any]]:
    """Facts as they are kept beside the event that told them."""
    dumped: list[dict[str, Any]] = _facts.dump_python(facts, mode="json")
    return dumped


def facts_from_json(stored: list[dict[str, Any]]) -> list[Fact]:
    """Kept facts, read back exactly."""
    return _facts.validate_python(stored)


def payment_of(stored: list[dict[str, Any]]) -> str:
    """The provider's name of the payment that kept facts are about; blank when about none."""
    named = [fact.get("payment_ref") for fact in stored]
    paid = [fact["ref"] for fact in stored if fact["kind"] == "payment_received"]
    return next(filter(None, [*named, *paid]), "")
