"""Histories that hypothesis makes: agreements and gifts of a few people, told in any order."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from hypothesis import strategies as st

from donations.articles.models import Article
from donations.gateways.events import (
    DisputeObserved,
    DisputeStatus,
    Fact,
    PaymentReceived,
    RefundObserved,
    RefundStatus,
    Settled,
    SubscriptionObserved,
    facts_to_json,
)
from donations.giving.models import Pledge
from donations.giving.operations import NotYetKnown, record
from donations.money import Money
from donations.supporters.models import Supporter
from donations.webhooks.models import InboundEvent

AT = datetime(2026, 1, 15, 21, 30, tzinfo=UTC)
# Each agreement has a pledge of its own: of a link that others pay too, who is first decides.
AGREED = ("ana-month", "ion-year", "ana-again")
CURRENCIES = ("EUR", "MDL")
REFUNDS: tuple[RefundStatus, ...] = ("pending", "succeeded", "failed")
DISPUTES: tuple[DisputeStatus, ...] = ("open", "lost", "won")
STATES = ("incomplete", "active", "active", "past_due", "paused", "canceled")

moments = st.integers(0, 24 * 70).map(lambda hours: AT + timedelta(hours=hours))
monies = st.builds(Money, st.integers(1, 5000), st.sampled_from(CURRENCIES))


@st.composite
def from_stripe(draw: st.DrawFn, number: int) -> list[Fact]:
    """Read whole, each time at another moment."""
    ref, token = f"sub_{number}", draw(st.sampled_from((AGREED[number], "")))
    created = draw(moments)
    ended = draw(st.none() | moments.filter(lambda moment: moment > created))
    reason = draw(st.sampled_from(("requested", "never_started"))) if ended else ""
    facts: list[Fact] = []
    for moment in draw(st.lists(moments, min_size=1, max_size=5, unique=True)):
        is_over = ended is not None and moment >= ended
        facts.append(
            SubscriptionObserved(
                gateway="stripe", ref=ref, money=draw(monies), customer_ref=f"cus_{number}",
                status="canceled" if is_over else draw(st.sampled_from(STATES)),
                interval=draw(st.sampled_from(("month", "month", "year", "other"))),
                pledge_token=token, period_start=moment, period_end=moment + timedelta(days=30),
                ended_at=ended if is_over else None, end_reason=reason if is_over else "",
                created_at=created, observed_at=moment,
            )
        )  # fmt: skip
    facts += draw(instalments("stripe", ref, token))
    return facts


@st.composite
def from_paypal(draw: st.DrawFn, number: int) -> list[Fact]:
    """Told in parts: a beginning, payments, failures, an end."""
    ref, token = f"I-{number}", draw(st.sampled_from((AGREED[number], "")))
    money = draw(monies)
    facts: list[Fact] = []

    def part(moment: datetime, **told: object) -> SubscriptionObserved:
        whole: dict[str, object] = {
            "gateway": "paypal", "ref": ref, "status": None, "money": None, "interval": None,
            "customer_ref": "", "pledge_token": token, "created_at": moment,
            "observed_at": moment, "is_whole": False,
        }  # fmt: skip
        return SubscriptionObserved(**(whole | told))  # type: ignore[arg-type]

    for payment in draw(instalments("paypal", ref, token, least=1)):
        assert isinstance(payment, PaymentReceived)
        facts.append(part(payment.received_at, status="active", guess=payment.money))
        facts.append(payment)
    if draw(st.booleans()):
        facts.append(part(draw(moments), status="active", money=money, interval="month"))
    if draw(st.booleans()):
        facts.append(part(draw(moments), status=draw(st.sampled_from(("past_due", "paused")))))
    if draw(st.booleans()):
        moment = draw(moments)
        facts.append(part(moment, status="canceled", ended_at=moment, end_reason="canceled"))
    return facts


@st.composite
def instalments(draw: st.DrawFn, gateway: str, ref: str, token: str, least: int = 0) -> list[Fact]:
    """Payments of an agreement."""
    found: list[Fact] = []
    for index, moment in enumerate(
        draw(st.lists(moments, min_size=least, max_size=3, unique=True))
    ):
        name = f"{ref}_{index}"
        found.append(
            PaymentReceived(
                gateway=gateway, ref=name, payment_ref=f"pi_{name}", money=draw(monies),
                received_at=moment, pledge_token=token, subscription_ref=ref,
                is_first_instalment=None if gateway == "paypal" else index == 0,
                payer_email="ana@example.org", is_complete=True,
            )
        )  # fmt: skip
    return found


@st.composite
def gifts(draw: st.DrawFn, number: int) -> list[Fact]:
    """A gift, its fee, perhaps in another currency, and what may go back of it."""
    ref, money, at = f"pi_{number}", draw(monies), draw(moments)
    facts: list[Fact] = [
        PaymentReceived(
            gateway="stripe", ref=ref, payment_ref=ref, money=money, received_at=at,
            pledge_token=draw(st.sampled_from(("ana-once", ""))), payer_email="ana@example.org",
        )
    ]  # fmt: skip
    if draw(st.booleans()):
        settled = money if money.currency == "EUR" else Money(money.minor // 20 + 1, "EUR")
        facts.append(
            Settled(
                gateway="stripe", ref=f"txn_{ref}", of="payment", payment_ref=ref, charged=money,
                settled=settled, fee=Money(draw(st.integers(0, 90)), "EUR"), settled_at=at,
            )
        )  # fmt: skip
    for status in draw(st.lists(st.sampled_from(REFUNDS), max_size=2)):
        back = draw(moments)
        facts.append(
            RefundObserved(
                gateway="stripe", ref=f"re_{ref}", payment_ref=ref, money=money, status=status,
                refunded_at=AT + timedelta(days=71 + number), observed_at=back,
            )
        )  # fmt: skip
    for days, state in enumerate(draw(st.lists(st.sampled_from(DISPUTES), max_size=2))):
        facts.append(
            DisputeObserved(
                gateway="stripe", ref=f"du_{ref}", payment_ref=ref, money=money, status=state,
                reason="", due_by=None, opened_at=at + timedelta(days=3),
                observed_at=at + timedelta(days=4 + days),
            )
        )  # fmt: skip
    return facts


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Some agreements and some gifts."""
    facts: list[Fact] = []
    for number in range(draw(st.integers(0, 3))):
        facts += draw(st.one_of(from_stripe(number), from_paypal(number)))
    for number in range(draw(st.integers(0, 3))):
        facts += draw(gifts(number))
    return facts


def prepare() -> None:
    """Two readers who set out to give, from an article, in two languages."""
    article = Article.objects.create(url="https://news.example/river", first_seen_at=AT)
    ana = Supporter.objects.create(email="ana@example.org", language="ro", created_at=AT)
    ion = Supporter.objects.create(email="ion@example.org", language="ru", created_at=AT)
    for token, supporter, interval in (
        ("ana-month", ana, "month"), ("ana-once", ana, "once"), ("ion-year", ion, "year"),
        ("ana-again", ana, "month"),
    ):  # fmt: skip
        Pledge.objects.create(
            token=token, amount_minor=500, currency="EUR", interval=interval, method="card",
            supporter=supporter, language=supporter.language, fingerprint=token, created_at=AT,
            article=article if supporter == ana else None, utm_source="mail", utm_medium="letter",
            utm_campaign="winter" if supporter == ion else "",
        )  # fmt: skip


def tell(facts: Sequence[Fact]) -> list[Fact]:
    """Tell in this order, what comes too early again. Returns what was understood, and keeps it."""
    waiting, known = list(facts), []
    for _round in range(len(facts) + 1):
        left = []
        for fact in waiting:
            try:
                record(fact=fact, at=timezone.now())
                known.append(fact)
            except NotYetKnown:
                left.append(fact)
        if len(left) == len(waiting):
            break
        waiting = left
    return known


def keep(facts: Sequence[Fact]) -> None:
    """As the webhooks keep them beside their event."""
    now = timezone.now()
    InboundEvent.objects.create(
        gateway="stripe", event_id="evt_all", kind="history", body=b"", state="done",
        facts=facts_to_json(list(facts)), next_attempt_at=now, received_at=now,
    )  # fmt: skip
