"""What PayPal may tell of a gift or an agreement, as facts: by messages and by its file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from hypothesis import strategies as st

from donations.gateways.events import (
    DisputeObserved,
    DisputeStatus,
    Fact,
    SubscriptionObserved,
    SubscriptionStatus,
)
from donations.gateways.paypal.payments import (
    Transaction,
    exchange_facts,
    move_facts,
    payment_facts,
    refund_facts,
)
from donations.money import Money

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
TOKEN, CODE = "pledge-a", "7KM2-9QXC"
GIFT, REFUND, REVERSAL, RETURN = (f"4AB0000{number}XX0000001" for number in range(1, 5))
ENDS = ((), ((9, "canceled"),), ((9, "canceled"), (11, "ended")))
OLD, NEW = "S-1AB23456CD789012E", "I-ABCDE1234567"

Telling = list[Fact]
Witness = Literal["provider", "file"]
WITNESSES: tuple[tuple[Witness, ...], ...] = (("provider",), ("file",), ("provider", "file"))


def transaction(told_by: Witness, **changes: Any) -> Transaction:
    """Ana's gift, as one of the two witnesses tells it."""
    fields: dict[str, Any] = {
        "ref": GIFT,
        "gross": Money(1000, "EUR"),
        "fee": Money(69, "EUR"),
        "at": AT,
        "told_by": told_by,
        "payer_email": "ana@example.org",
        "payer_name": "Ana Popescu",
        "payer_country": "RO",
    }
    return Transaction(**fields | changes)


@st.composite
def gifts(draw: st.DrawFn) -> list[Telling]:
    """A payment, told by a message, a file or both, and what may follow; each part by itself.

    Whose it is may be told by the token, by a code in the note, by one witness alone or by nobody.
    """
    currency = draw(st.sampled_from(("EUR", "PLN")))
    gross, fee = Money(1000, currency), Money(69, currency)
    hint: dict[str, str] = draw(
        st.sampled_from(({}, {"custom": TOKEN}, {"note": f"with code {CODE}, thanks"}))
    )
    witnesses = draw(st.sampled_from(WITNESSES))
    who_knows_fee = draw(st.sampled_from(witnesses))
    who_knows_whose = draw(st.sampled_from(witnesses))
    told = [
        payment_facts(
            transaction(
                witness,
                gross=gross,
                fee=fee if witness == who_knows_fee or draw(st.booleans()) else None,
                **(hint if witness == who_knows_whose or draw(st.booleans()) else {}),
            )
        )
        for witness in witnesses
    ]
    if currency != "EUR":
        sold = Money(gross.minor - fee.minor, currency)
        told += [exchange_facts(of_ref=GIFT, sold=sold, bought=Money(212, "EUR"), at=AT)]
    return [*told, *draw(going_back(gross))]


@st.composite
def going_back(draw: st.DrawFn, gross: Money) -> list[Telling]:
    """A refund in full or in part, a reversal that may be taken back, a case beside it."""
    told: list[Telling] = []
    later = AT + timedelta(days=1)
    if draw(st.booleans()):
        part = Money(-draw(st.integers(1, gross.minor)), gross.currency)
        fee = draw(st.sampled_from((None, Money(-34, gross.currency))))
        back = {"ref": REFUND, "gross": part, "fee": fee, "at": later, "of_ref": GIFT}
        told += [refund_facts(transaction(witness, **back)) for witness in WITNESSES[-1]]
        if gross.currency != "EUR":
            bought = Money(-200, "EUR")
            told += [exchange_facts(of_ref=REFUND, sold=part, bought=bought, at=later)]
    for ref, sign in draw(st.sampled_from(((), ((REVERSAL, -1),), ((REVERSAL, -1), (RETURN, 1))))):
        taken = Money(sign * gross.minor, gross.currency)
        moved: dict[str, Any] = {"ref": ref, "gross": taken, "at": later}
        told += [
            move_facts(transaction(witness, **moved, fee=None, of_ref=GIFT))
            for witness in WITNESSES[-1]
        ]
        if gross.currency != "EUR":
            bought = Money(sign * 210, "EUR")
            told += [exchange_facts(of_ref=ref, sold=taken, bought=bought, at=later)]
    states: list[DisputeStatus] = draw(
        st.sampled_from(([], ["inquiry"], ["open"], ["open", "won"]))
    )
    told += [
        [
            DisputeObserved(
                gateway="paypal", ref="PP-R-1", payment_ref=GIFT, status=status,
                money=Money(400, gross.currency) if number else None, reason="unauthorized",
                due_by=None, opened_at=AT, observed_at=AT + timedelta(hours=number),
            )
        ]
        for number, status in enumerate(states)
    ]  # fmt: skip
    return told


@dataclass
class Agreement:
    """What is told of an agreement that PayPal renames after the step `renamed`, if ever.

    Every message may know the pledge, as links and profiles differ, or none does.
    """

    draw: st.DrawFn
    is_promised: bool
    renamed: int | None
    told: list[Telling] = field(default_factory=list)

    def names(self, step: int) -> tuple[str, str, str]:
        """What a message of this step calls it, what it was called before, and the pledge."""
        whose = TOKEN if self.is_promised and self.draw(st.booleans()) else ""
        if self.renamed is not None and step <= self.renamed:
            return OLD, "", whose
        is_told = self.renamed is not None and self.draw(st.booleans())
        return NEW, OLD if is_told else "", whose

    def say(self, status: SubscriptionStatus | None, step: int, **changes: Any) -> None:
        """One message about its state or its terms."""
        ref, old_ref, whose = self.names(step)
        at = AT + timedelta(days=step)
        fields: dict[str, Any] = {
            "gateway": "paypal",
            "ref": ref,
            "old_ref": old_ref,
            "status": status,
            "money": None,
            "interval": None,
            "customer_ref": "LPLWNMTBWMFAY",
            "pledge_token": whose,
            "created_at": at,
            "observed_at": at,
            "is_whole": False,
        }
        self.told.append([SubscriptionObserved(**fields | changes)])

    def pay(self, number: int) -> None:
        """An instalment, each a little more than the one before."""
        ref, old_ref, whose = self.names(1 + number * 2)
        paid = transaction(
            "provider",
            ref=f"4AB0002{number}XX0000001",
            gross=Money(500 + number, "EUR"),
            at=AT + timedelta(days=1 + number * 2, hours=1),
            subscription_ref=ref,
            old_subscription_ref=old_ref,
            custom=whose,
            payer_ref="LPLWNMTBWMFAY",
        )
        self.told.append(payment_facts(paid))


@st.composite
def agreements(draw: st.DrawFn) -> list[Telling]:
    """Signed up, paid some times, failed, modified, cancelled, over; perhaps renamed on the way."""
    told = Agreement(draw, draw(st.booleans()), draw(st.sampled_from((None, 0, 1, 2, 5, 10))))
    terms: dict[str, Any] = {"money": Money(500, "EUR"), "interval": "month"}
    if draw(st.booleans()):
        told.say("active", 0, **terms)
    for number in range(draw(st.integers(0, 4))):
        told.pay(number)
    if draw(st.booleans()):
        told.say("past_due", draw(st.sampled_from((2, 4, 13))))
    if draw(st.booleans()):
        told.say(None, 3, money=Money(800, "EUR"), interval="month")
    if draw(st.booleans()):
        told.say("active", 6, **terms, period_end=AT + timedelta(days=36))
    for step, reason in draw(st.sampled_from(ENDS)):
        told.say("canceled", step, ended_at=AT + timedelta(days=step), end_reason=reason)
    if told.renamed is not None:
        told.say(None, 12, old_ref=OLD)
    return told.told
