"""The facts of one PayPal transaction, the same whoever tells it: a notification or a file.

A transaction's id is its reference in both (PayPal: IPN `txn_id`, "Transaction ID" of the file), so
that three sources make one row.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from donations.codes import find_code
from donations.gateways.events import (
    DisputeMoved,
    Exchanged,
    Fact,
    PaymentReceived,
    PayoutObserved,
    RefundObserved,
    Settled,
    SubscriptionObserved,
)
from donations.gateways.paypal.words import NAME
from donations.money import Money


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """What is said of one movement of money. `gross` and `fee` as PayPal keeps them.

    A payment's gross is positive and so is the fee that it cost; a refund's are negative.
    `fee` is None while unknown. `of_ref` is the transaction that a refund or reversal is about.
    """

    ref: str
    gross: Money
    fee: Money | None
    at: datetime
    told_by: Literal["provider", "file"]
    of_ref: str = ""
    subscription_ref: str = ""
    old_subscription_ref: str = ""
    custom: str = ""
    note: str = ""
    payer_email: str = ""
    payer_name: str = ""
    payer_country: str = ""
    payer_ref: str = ""


def payment_facts(told: Transaction) -> list[Fact]:
    """Money in, with the subscription that it belongs to and the fee where they are told."""
    payment = PaymentReceived(
        gateway=NAME,
        ref=told.ref,
        payment_ref=told.ref,
        money=told.gross,
        received_at=told.at,
        pledge_token=told.custom,
        pledge_code=find_code(told.note),
        subscription_ref=told.subscription_ref,
        is_first_instalment=None,
        payer_email=told.payer_email,
        payer_name=told.payer_name,
        payer_country=told.payer_country,
        note=told.note,
        told_by=told.told_by,
        is_complete=True,
    )
    return [*agreement_facts(told), payment, *fee_facts(told, of="payment", payment_ref=told.ref)]


def agreement_facts(told: Transaction) -> list[Fact]:
    """An instalment shows that its subscription lives, even when nobody told of its beginning."""
    if not told.subscription_ref:
        return []
    return [
        SubscriptionObserved(
            gateway=NAME,
            ref=told.subscription_ref,
            old_ref=told.old_subscription_ref,
            status="active",
            money=None,
            interval=None,
            guess=told.gross,
            customer_ref=told.payer_ref,
            pledge_token=told.custom,
            created_at=told.at,
            observed_at=told.at,
            is_whole=False,
        )
    ]


def fee_facts(
    told: Transaction, *, of: Literal["payment", "refund"], payment_ref: str
) -> list[Fact]:
    """What PayPal kept, in the payment's currency; nothing while it is not told."""
    if told.fee is None:
        return []
    return [
        Settled(
            gateway=NAME,
            ref=f"{told.ref}:fee",
            of=of,
            payment_ref=payment_ref,
            charged=told.gross,
            settled=told.gross,
            fee=told.fee,
            settled_at=told.at,
        )
    ]


def refund_facts(told: Transaction) -> list[Fact]:
    """Money back to the supporter, and the part of the fee that came back with it."""
    refund = RefundObserved(
        gateway=NAME,
        ref=told.ref,
        payment_ref=told.of_ref,
        money=Money(abs(told.gross.minor), told.gross.currency),
        status="succeeded",
        refunded_at=told.at,
        observed_at=told.at,
    )
    return [refund, *fee_facts(told, of="refund", payment_ref=told.of_ref)]


def move_facts(told: Transaction) -> list[Fact]:
    """Money taken for a reversal, chargeback or adjustment, or given back."""
    return [
        DisputeMoved(
            gateway=NAME,
            ref=told.ref,
            payment_ref=told.of_ref,
            money=told.gross,
            fee=told.fee or Money(0, told.gross.currency),
            moved_at=told.at,
        )
    ]


def exchange_facts(*, of_ref: str, sold: Money, bought: Money, at: datetime) -> list[Fact]:
    """What a payment or refund left, turned into another currency of the account."""
    return [
        Exchanged(
            gateway=NAME,
            ref=f"{of_ref}:exchange",
            payment_ref=of_ref,
            sold=sold,
            bought=bought,
            exchanged_at=at,
        )
    ]


def payout_facts(told: Transaction) -> list[Fact]:
    """Money to the newsroom's bank; with `of_ref` it is what came back of that withdrawal.

    PayPal tells of it in the activity file alone, and never what was in it. What is first heard of
    as come back carries the moment of its return, for want of another.
    """
    return [
        PayoutObserved(
            gateway=NAME,
            ref=told.of_ref or told.ref,
            money=Money(abs(told.gross.minor), told.gross.currency),
            fee=None if told.of_ref else told.fee,
            status="failed" if told.of_ref else "paid",
            is_automatic=False,
            made_at=told.at,
            arrives_at=None,
            observed_at=told.at,
        )
    ]
