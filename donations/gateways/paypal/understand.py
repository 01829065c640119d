"""From a confirmed notification to facts, through one table of `txn_type`s."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from donations.gateways.base import NotOurs
from donations.gateways.events import (
    DisputeObserved,
    Fact,
    PaymentReceived,
    SubscriptionObserved,
    SubscriptionStatus,
)
from donations.gateways.paypal.moments import moment
from donations.gateways.paypal.payments import (
    Transaction,
    exchange_facts,
    move_facts,
    payment_facts,
    refund_facts,
)
from donations.gateways.paypal.words import CASES, INTERVALS, NAME, OUTCOMES, money_of
from donations.money import Money
from donations.outlet.queries import OutletFacts

Fields = Mapping[str, str]
Handler = Callable[[Fields, datetime], list[Fact]]
# PayPal tries a failed instalment again after three days and after five more.
RETRY_IS_LATER = timedelta(days=1)
# After these, without a next try, it gives up and cancels by itself.
LAST_FAILURES = ("subscr_failed", "recurring_payment_suspended_due_to_max_failed_payment")


def facts_of(fields: Fields, received_at: datetime, outlet: OutletFacts) -> list[Fact]:
    """The facts of a message; none for a kind that is not about gifts. Raises NotOurs."""
    handler = HANDLERS.get(fields.get("txn_type", ""))
    if handler is None:
        return []
    if not is_to_us(fields, outlet):
        raise NotOurs("PayPal's message is about another account")
    return handler(fields, received_at)


def is_to_us(fields: Fields, outlet: OutletFacts) -> bool:
    """Whether the outlet's account is told about; an adjustment names it as the payer."""
    names = ["receiver_email", "business", "receiver_id"]
    if fields.get("txn_type") == "adjustment":
        names += ["payer_email", "payer_id"]
    ours = {outlet.paypal_email.lower(), outlet.paypal_merchant_id.lower()} - {""}
    return any(fields.get(name, "").lower() in ours for name in names)


def transaction_of(fields: Fields, received_at: datetime) -> Transaction:
    """The movement of money that a message tells. Raises ValueError when it cannot be read."""
    gross = money_of(fields["mc_gross"], fields.get("mc_currency", ""))
    fee = fields.get("mc_fee", "")
    if not fields.get("txn_id"):
        raise ValueError("money without a transaction id")
    return Transaction(
        ref=fields["txn_id"],
        gross=gross,
        fee=money_of(fee, gross.currency) if fee else None,
        at=moment(fields.get("payment_date", "")) or received_at,
        told_by="provider",
        of_ref=fields.get("parent_txn_id", ""),
        subscription_ref=fields.get("subscr_id") or fields.get("recurring_payment_id", ""),
        old_subscription_ref=fields.get("old_subscr_id", ""),
        custom=fields.get("custom") or fields.get("rp_invoice_id", ""),
        note=fields.get("memo", ""),
        payer_email=fields.get("payer_email", ""),
        payer_name=name_of(fields),
        payer_country=fields.get("residence_country", ""),
        payer_ref=fields.get("payer_id", ""),
    )


def name_of(fields: Fields) -> str:
    """Who paid, as PayPal writes it."""
    both = f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip()
    return both or fields.get("payer_business_name", "")


def paid(fields: Fields, received_at: datetime) -> list[Fact]:
    """A payment, or what became of one: its status decides."""
    outcome = OUTCOMES.get(fields.get("payment_status", ""))
    if outcome is None:
        return []
    told = transaction_of(fields, received_at)
    if outcome == "money" and told.gross.minor <= 0:
        return []
    if outcome == "money":
        return [*payment_facts(told), *exchanged(fields, told)]
    if outcome == "back":
        return [*refund_facts(told), *exchanged(fields, told)]
    return [*case(fields, received_at), *move_facts(told)]


def exchanged(fields: Fields, told: Transaction) -> list[Fact]:
    """PayPal turned what was left after the fee into another currency by itself."""
    currency = fields.get("settle_currency", "")
    if not fields.get("settle_amount") or currency in ("", told.gross.currency):
        return []
    bought = money_of(fields["settle_amount"], currency)
    fee = told.fee.minor if told.fee else 0
    sold = Money(told.gross.minor - fee, told.gross.currency)
    return exchange_facts(of_ref=told.ref, sold=sold, bought=bought, at=told.at)


def adjusted(fields: Fields, received_at: datetime) -> list[Fact]:
    """A dispute was settled in money."""
    return move_facts(transaction_of(fields, received_at))


def case(fields: Fields, received_at: datetime) -> list[Fact]:
    """A dispute was opened, or a reversal tells how it went. It moves no money by itself."""
    of_ref = fields.get("parent_txn_id") or fields.get("txn_id", "")
    if not fields.get("case_id") or not of_ref:
        return []
    won = fields.get("payment_status") == "Canceled_Reversal"
    opened_at = moment(fields.get("case_creation_date", "")) or received_at
    gross = fields.get("mc_gross", "")
    return [
        DisputeObserved(
            gateway=NAME,
            ref=fields["case_id"],
            payment_ref=of_ref,
            money=positive(money_of(gross, fields.get("mc_currency", ""))) if gross else None,
            status="won" if won else CASES.get(fields.get("case_type", ""), "open"),
            reason=fields.get("reason_code", "")[:60],
            due_by=None,
            opened_at=opened_at,
            observed_at=moment(fields.get("payment_date", "")) or opened_at,
        )
    ]


def positive(money: Money) -> Money:
    """Without its direction."""
    return Money(abs(money.minor), money.currency)


def agreed(fields: Fields, received_at: datetime) -> list[Fact]:
    """A subscription began, or its terms changed: no money."""
    began = moment(fields.get("subscr_date") or fields.get("time_created", "")) or received_at
    since = moment(fields.get("subscr_effective", "")) or began
    is_new = fields.get("txn_type") != "subscr_modify"
    return [agreement(fields, status="active" if is_new else None, created_at=began, at=since)]


def agreement(
    fields: Fields,
    *,
    status: SubscriptionStatus | None,
    at: datetime,
    created_at: datetime | None = None,
    ended_at: datetime | None = None,
    reason: str = "",
) -> SubscriptionObserved:
    """What a message tells of a subscription; its terms only where they are in it."""
    amount = fields.get("mc_amount3") or fields.get("amount_per_cycle", "")
    period = fields.get("period3") or fields.get("payment_cycle", "")
    currency = fields.get("mc_currency") or fields.get("currency_code", "")
    return SubscriptionObserved(
        gateway=NAME,
        ref=fields.get("subscr_id") or fields.get("recurring_payment_id", ""),
        old_ref=fields.get("old_subscr_id", ""),
        status=status,
        money=money_of(amount, currency) if amount and period else None,
        interval=INTERVALS.get(period, "other") if amount and period else None,
        customer_ref=fields.get("payer_id", ""),
        pledge_token=fields.get("custom") or fields.get("rp_invoice_id", ""),
        period_end=moment(fields.get("next_payment_date", "")),
        ended_at=ended_at,
        end_reason=reason,
        created_at=created_at or at,
        observed_at=at,
        is_whole=False,
    )


def instalment(fields: Fields, received_at: datetime) -> list[Fact]:
    """A payment of a subscription; the newer kind tells the terms with each."""
    facts = paid(fields, received_at)
    has_come = any(isinstance(fact, PaymentReceived) for fact in facts)
    if has_come and fields.get("amount_per_cycle"):
        began = moment(fields.get("time_created", ""))
        at = moment(fields.get("payment_date", "")) or received_at
        return [agreement(fields, status="active", created_at=began, at=at), *facts]
    return facts


def failed(fields: Fields, received_at: datetime) -> list[Fact]:
    """An instalment failed. The message has no date but that of the next try, if there is one."""
    retry_at = moment(fields.get("retry_at", ""))
    at = min(received_at, retry_at - RETRY_IS_LATER) if retry_at else received_at
    is_last = fields.get("txn_type") in LAST_FAILURES and retry_at is None
    reason = "payment_failed" if is_last else ""
    return [agreement(fields, status="past_due", at=at, reason=reason)]


def suspended(fields: Fields, received_at: datetime) -> list[Fact]:
    """It sleeps until somebody wakes it at PayPal."""
    return [agreement(fields, status="paused", at=received_at)]


def cancelled(fields: Fields, received_at: datetime) -> list[Fact]:
    """No payment will follow. `subscr_date` is then the day of the cancellation."""
    at = moment(fields.get("subscr_date", "")) or received_at
    return [agreement(fields, status="canceled", at=at, ended_at=at, reason="canceled")]


def ended(fields: Fields, received_at: datetime) -> list[Fact]:
    """The term is over; after a cancellation it tells nothing new."""
    at = received_at
    return [agreement(fields, status="canceled", at=at, ended_at=at, reason="ended")]


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "": paid,
        "web_accept": paid,
        "send_money": paid,
        "express_checkout": paid,
        "cart": paid,
        "merch_pmt": paid,
        "virtual_terminal": paid,
        "subscr_payment": instalment,
        "recurring_payment": instalment,
        "recurring_payment_outstanding_payment": instalment,
        "subscr_signup": agreed,
        "subscr_modify": agreed,
        "recurring_payment_profile_created": agreed,
        "subscr_failed": failed,
        "recurring_payment_failed": failed,
        "recurring_payment_skipped": failed,
        "recurring_payment_outstanding_payment_failed": failed,
        "recurring_payment_suspended_due_to_max_failed_payment": failed,
        "recurring_payment_suspended": suspended,
        "subscr_cancel": cancelled,
        "recurring_payment_profile_cancel": cancelled,
        "subscr_eot": ended,
        "recurring_payment_expired": ended,
        "new_case": case,
        "adjustment": adjusted,
    }
)
