"""Whatever Stripe may tell: gifts, agreements and payouts with all that may follow them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from donations.gateways.events import (
    CheckoutEnded,
    DisputeMoved,
    DisputeObserved,
    DisputeStatus,
    Fact,
    InstalmentFailed,
    Move,
    PaymentReceived,
    PayoutObserved,
    PayoutStatus,
    PledgeLinked,
    RefundObserved,
    RefundStatus,
    Settled,
    SubscriptionObserved,
    SubscriptionStatus,
)
from donations.money import Money

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TOKENS = ("pledge-a", "pledge-b")
CURRENCIES = ("EUR", "MDL", "JPY")
REFUND_STATES: tuple[RefundStatus, ...] = ("pending", "succeeded", "failed")
DISPUTE_STATES: tuple[DisputeStatus, ...] = ("open", "won", "lost")
PAYOUT_STATES: tuple[PayoutStatus, ...] = ("pending", "in_transit", "paid", "failed", "canceled")
SUBSCRIPTION_STATES: tuple[SubscriptionStatus, ...] = ("active", "past_due", "paused", "canceled")

moments = st.integers(0, 40).map(lambda days: AT + timedelta(days=days))
amounts = st.integers(1, 99_999)
refs = st.sampled_from(("1", "2"))
stripe = st.just("stripe")


def settled_facts(ref: str, currency: str, amount: int, at: datetime) -> list[Fact]:
    """The settlement of a payment, converted when it was not in euro."""
    charged = Money(amount, currency)
    balance = charged if currency == "EUR" else Money(amount // 20 + 1, "EUR")
    return [
        Settled(
            gateway="stripe", ref=f"txn_{ref}", of="payment", payment_ref=f"pi_{ref}",
            charged=charged, settled=balance, fee=Money(30, "EUR"), settled_at=at,
        )
    ]  # fmt: skip


@st.composite
def gifts(draw: st.DrawFn) -> list[Fact]:
    """A one-off payment and what may follow it."""
    ref, currency, amount = draw(refs), draw(st.sampled_from(CURRENCIES)), draw(amounts)
    token, at = draw(st.sampled_from((*TOKENS, ""))), draw(moments)
    money = Money(amount, currency)
    facts: list[Fact] = [
        PaymentReceived(
            gateway="stripe", ref=f"pi_{ref}", payment_ref=f"pi_{ref}", money=money,
            received_at=at, pledge_token=token, payer_email="ana@example.org",
        )
    ]  # fmt: skip
    if draw(st.booleans()):
        facts += settled_facts(ref, currency, amount, at)
    for number, status in enumerate(draw(st.lists(st.sampled_from(REFUND_STATES), max_size=3))):
        facts.append(
            RefundObserved(
                gateway="stripe", ref=f"re_{ref}", payment_ref=f"pi_{ref}", money=money,
                status=status, refunded_at=at, observed_at=at + timedelta(hours=number),
            )
        )  # fmt: skip
    if token and draw(st.booleans()):
        facts.append(CheckoutEnded(gateway="stripe", pledge_token=token, checkout_ref=""))
    return [*facts, *draw(disputes(ref, money, at))]


@st.composite
def disputes(draw: st.DrawFn, ref: str, money: Money, at: datetime) -> list[Fact]:
    """A dispute that goes through some states and moves money out and perhaps in."""
    states = draw(st.lists(st.sampled_from(DISPUTE_STATES), max_size=3))
    facts: list[Fact] = [
        DisputeObserved(
            gateway="stripe", ref=f"du_{ref}", payment_ref=f"pi_{ref}", money=money,
            status=status, reason="fraudulent", due_by=None, opened_at=at,
            observed_at=at + timedelta(days=number),
        )
        for number, status in enumerate(states)
    ]  # fmt: skip
    for sign, name in draw(st.sampled_from(((), ((-1, "out"),), ((-1, "out"), (1, "in"))))):
        facts.append(
            DisputeMoved(
                gateway="stripe", ref=f"txn_{ref}_{name}", payment_ref=f"pi_{ref}",
                money=Money(sign * money.minor, money.currency),
                fee=Money(1500 if sign < 0 else 0, money.currency), moved_at=at,
            )
        )  # fmt: skip
    return facts


@st.composite
def agreements(draw: st.DrawFn) -> list[Fact]:
    """A subscription, its states and its instalments; who it is of may be told in three places."""
    token = draw(st.sampled_from(TOKENS))
    told_by_state, told_by_payment = draw(st.booleans()), draw(st.booleans())
    start = draw(moments)
    states = draw(st.lists(st.sampled_from(SUBSCRIPTION_STATES), min_size=1, max_size=4))
    facts: list[Fact] = [
        SubscriptionObserved(
            gateway="stripe", ref="sub_1", status=status, money=Money(500 + number, "EUR"),
            interval="month", customer_ref="cus_1", pledge_token=token if told_by_state else "",
            period_start=start, period_end=start + timedelta(days=30), cancel_at=None,
            ended_at=start if status == "canceled" else None, end_reason="canceled"
            if status == "canceled" else "", created_at=start,
            observed_at=start + timedelta(days=number),
        )
        for number, status in enumerate(states)
    ]  # fmt: skip
    facts += [
        PaymentReceived(
            gateway="stripe", ref=f"in_{number}", payment_ref=f"pi_of_in_{number}",
            money=Money(500, "EUR"), received_at=start + timedelta(days=30 * number),
            pledge_token=token if told_by_payment else "", subscription_ref="sub_1",
            is_first_instalment=number == 0, payer_email="ana@example.org",
        )
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    if draw(st.booleans()):
        facts.append(
            InstalmentFailed(
                gateway="stripe", ref="in_9", subscription_ref="sub_1", money=Money(500, "EUR"),
                attempt=1, next_attempt_at=None, pay_url="", failed_at=start,
            )
        )  # fmt: skip
    facts.append(
        PledgeLinked(
            gateway="stripe", pledge_token=token, checkout_ref="cs_1", subscription_ref="sub_1"
        )
    )
    return facts


@st.composite
def payouts(draw: st.DrawFn) -> list[Fact]:
    """A payout that is read in some states; what is in it is told in pieces, or never."""
    at, money = draw(moments), Money(draw(amounts), "EUR")
    parts = tuple(
        Move(
            ref=f"txn_{number}", kind="payment", money=Money(500, "EUR"), fee=Money(33, "EUR"),
            moved_at=at, source_ref=f"ch_{number}", payment_ref=f"pi_{number}",
        )
        for number in range(3)
    )  # fmt: skip
    return [
        PayoutObserved(
            gateway="stripe", ref="po_1", money=money, status=status, is_automatic=True,
            fee=draw(st.sampled_from((None, Money(25, "EUR")))),
            failure="account_closed" if status == "failed" else "", made_at=at, arrives_at=at,
            observed_at=at + timedelta(days=number),
            parts=draw(st.sampled_from((None, parts, parts[:2], parts[1:]))),
        )
        for number, status in enumerate(
            draw(st.lists(st.sampled_from(PAYOUT_STATES), min_size=1, max_size=4))
        )
    ]  # fmt: skip
