"""What a reader did over the years. Pure: nothing is stored here."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from donations.demo import facts
from donations.demo.facts import DAY, Agreement, later, of_pledge
from donations.demo.readers import CAMPAIGNS, Reader, article, weighted
from donations.gateways.events import (
    DisputeMoved,
    DisputeObserved,
    Fact,
    InstalmentFailed,
    RefundObserved,
)
from donations.giving.wish import Wish
from donations.money import Money

WORDING = "Write to me when there is a new topic."
# What is given, in major units, and how many of these a unit of another currency is worth.
ONCE, MONTHLY, YEARLY = (5, 10, 10, 20, 50, 100), (3, 5, 5, 10, 10, 20), (30, 50, 100, 120)
WORTH = {"EUR": 1, "USD": 1, "GBP": 1, "RON": 5, "MDL": 20}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What is told at a moment. Facts name their pledge by `key`, which the telling replaces."""

    at: datetime
    key: str = ""
    wish: Wish | None = None
    told: tuple[Fact, ...] = ()
    confirms: str = ""


def life(reader: Reader, until: datetime) -> Iterator[Happening]:
    """All that this reader did, in no order."""
    habit = weighted(reader.chance, (("once", 42), ("month", 48), ("year", 6), ("looks", 4)))
    match habit:
        case "once":
            yield from gifts(reader, until)
        case "looks":
            yield from unpaid(reader)
        case _:
            yield from agreements(reader, habit, until)
            if reader.chance.random() < 0.12:
                yield from gifts(reader, until)


def wish(reader: Reader, money: Money, interval: str, at: datetime) -> Wish:
    """The form that they sent."""
    chance = reader.chance
    campaign = weighted(chance, CAMPAIGNS)
    return Wish(
        money=money, interval=interval, method=reader.method, email=reader.email,
        language=reader.language, name=reader.name, article_url=article(chance, at),
        public=chance.random() < 0.3,
        utm_campaign=campaign, utm_source="mail" if campaign else weighted(
            chance, (("", 70), ("facebook", 20), ("telegram", 10))
        ), utm_medium="social" if not campaign else "email",
        consents={"topics": WORDING} if chance.random() < 0.35 else {},
    )  # fmt: skip


def amount(reader: Reader, choices: tuple[int, ...]) -> Money:
    """One of the amounts that the page offers."""
    return Money(reader.chance.choice(choices) * WORTH[reader.currency] * 100, reader.currency)


def gateway(reader: Reader) -> str:
    """Whose pages they pay on."""
    return "paypal" if reader.method == "paypal" else "stripe"


def unpaid(reader: Reader) -> Iterator[Happening]:
    """They sent the form and went away."""
    yield Happening(
        at=reader.since, wish=wish(reader, amount(reader, ONCE), "once", reader.since), key="left"
    )


def gifts(reader: Reader, until: datetime) -> Iterator[Happening]:
    """One gift, or several over the years; some without a form, found by nobody."""
    chance, at = reader.chance, reader.since
    for number in range(chance.choices((1, 2, 4, 9), (60, 22, 13, 5))[0]):
        if at >= until:
            return
        money, ref = amount(reader, ONCE), f"demo{reader.number}_{number}"
        told = facts.one_off(
            gateway=gateway(reader), ref=ref, money=money, at=at, token="", email=reader.email,
            name=reader.name,
        )  # fmt: skip
        if reader.method == "paypal" and chance.random() < 0.08:
            yield Happening(at=at, told=tuple(told))
        else:
            key = f"once{number}"
            sent = wish(reader, money, "once", at)
            yield Happening(at=at - timedelta(minutes=3), wish=sent, key=key)
            yield Happening(at=at, told=tuple(of_pledge(told, key)), key=key)
            if sent.consents and chance.random() < 0.7:
                yield Happening(at=at + timedelta(hours=2), confirms=reader.email)
        yield from regrets(reader, ref, money, at, until)
        at += timedelta(days=int(chance.expovariate(1 / 120)) + 1, minutes=chance.randrange(900))


def regrets(
    reader: Reader, payment_ref: str, money: Money, at: datetime, until: datetime
) -> Iterator[Happening]:
    """Now and then a gift is given back, or contested at the bank."""
    roll, name = reader.chance.random(), gateway(reader)
    moment = at + timedelta(days=reader.chance.randrange(1, 40))
    if moment >= until or roll > 0.018:
        return
    if roll < 0.014:
        back = Money(money.minor if roll < 0.011 else max(money.minor // 2, 1), money.currency)
        refund = RefundObserved(
            gateway=name, ref=f"re_{payment_ref}", payment_ref=payment_ref, money=back,
            status="succeeded", refunded_at=moment, observed_at=moment,
        )  # fmt: skip
        yield Happening(at=moment, told=(refund,))
        return
    opened = DisputeObserved(
        gateway=name, ref=f"du_{payment_ref}", payment_ref=payment_ref, money=money, status="open",
        reason="fraudulent", due_by=moment + 14 * DAY, opened_at=moment, observed_at=moment,
    )  # fmt: skip
    taken = DisputeMoved(
        gateway=name, ref=f"txn_du_{payment_ref}", payment_ref=payment_ref, money=money.negated(),
        fee=Money(1500, money.currency), moved_at=moment,
    )  # fmt: skip
    yield Happening(at=moment, told=(opened, taken))
    decided = moment + 20 * DAY
    if decided < until:
        won = reader.chance.random() < 0.3
        told: list[Fact] = [
            replace(opened, status="won" if won else "lost", observed_at=decided, due_by=None)
        ]
        if won:
            told.append(
                replace(
                    taken, ref=f"{taken.ref}_back", money=money, fee=Money(0, money.currency),
                    moved_at=decided,
                )
            )  # fmt: skip
        yield Happening(at=decided, told=tuple(told))


def agreements(reader: Reader, interval: str, until: datetime) -> Iterator[Happening]:
    """They support regularly, stop some day, and some come back."""
    at: datetime | None = reader.since.replace(day=min(reader.since.day, 28))
    for turn in range(4):
        if at is None or at >= until:
            return
        at = yield from agreement(reader, interval, turn, at, until)
        if at is None or reader.chance.random() > 0.3:
            return
        at += timedelta(days=reader.chance.randrange(20, 400))
        at = at.replace(day=min(at.day, 28))


def agreement(
    reader: Reader, interval: str, turn: int, at: datetime, until: datetime
) -> Generator[Happening, None, datetime | None]:
    """One agreement from its form to its end. Returns when it ended; None when it goes on."""
    key, money = f"{interval}{turn}", amount(reader, YEARLY if interval == "year" else MONTHLY)
    sent = wish(reader, money, interval, at)
    yield Happening(at=at - timedelta(minutes=4), wish=sent, key=key)
    if sent.consents and reader.chance.random() < 0.7:
        yield Happening(at=at + timedelta(hours=2), confirms=reader.email)
    now = Agreement(
        gateway=gateway(reader), ref=f"sub{reader.number}_{turn}", money=money, interval=interval,
        began_at=at, token=key, email=reader.email, name=reader.name,
    )  # fmt: skip
    began = facts.observed(now, status="active", at=at, paid_at=at)
    yield Happening(at=at, key=key, told=(began, facts.linked(now)))
    return (yield from instalments(reader, now, until))


def instalments(
    reader: Reader, now: Agreement, until: datetime
) -> Generator[Happening, None, datetime | None]:
    """Payment after payment: some fail and recover, some agreements change, each ends some day."""
    chance, number, paid_at = reader.chance, 0, now.began_at
    while (due := later(now.began_at, number * now.step)) < until:
        if number and chance.random() < 0.035:
            outcome = yield from failure(reader, now, number, due, paid_at, until)
            if outcome != "recovered":
                return due + 21 * DAY if outcome == "ended" else None
            due += 3 * DAY
        paid_at = due
        told = facts.instalment(now, number=number, at=due, is_first=number == 0)
        if number:
            told.insert(0, facts.observed(now, status="active", at=due, paid_at=due))
        yield Happening(at=due, told=tuple(told), key=now.token)
        if reader.method == "card":
            yield from regrets(reader, f"pi_{now.ref}_{number}", now.money, due, until)
        moment = due + timedelta(days=chance.randrange(2, 26), minutes=chance.randrange(900))
        if moment < until and chance.random() < (0.15 if now.step == 12 else 0.027):
            yield ended(now, at=moment, paid_at=due, reason="requested")
            return moment
        if moment < until and chance.random() < 0.012:
            now = changed(reader, now)
            told = [facts.observed(now, status="active", at=moment, paid_at=due)]
            yield Happening(at=moment, told=tuple(told), key=now.token)
        number += 1
    return None


def changed(reader: Reader, now: Agreement) -> Agreement:
    """More, or a little less."""
    factor = reader.chance.choice((2, 2, 3, 1))
    minor = now.money.minor * factor if factor > 1 else max(now.money.minor // 2, 100)
    return replace(now, money=Money(minor, now.money.currency))


def ended(now: Agreement, *, at: datetime, paid_at: datetime, reason: str) -> Happening:
    """No payment will follow."""
    over = facts.observed(
        now, status="canceled", at=at, paid_at=paid_at, ended_at=at, reason=reason
    )
    return Happening(at=at, told=(over,), key=now.token)


def failure(
    reader: Reader,
    now: Agreement,
    number: int,
    due: datetime,
    paid_at: datetime,
    until: datetime,
) -> Generator[Happening, None, str]:
    """The card was refused: it works some days later, or that was the end, or it is open still."""
    failed = InstalmentFailed(
        gateway=now.gateway, ref=f"in_{now.ref}_{number}", subscription_ref=now.ref,
        money=now.money, attempt=1, next_attempt_at=due + 3 * DAY, pay_url="", failed_at=due,
    )  # fmt: skip
    trouble = facts.observed(now, status="past_due", at=due, paid_at=paid_at)
    yield Happening(at=due, told=(trouble, failed), key=now.token)
    if reader.chance.random() < 0.7:
        return "recovered" if due + 3 * DAY < until else "open"
    over = due + 21 * DAY
    if over >= until:
        return "open"
    yield ended(now, at=over, paid_at=paid_at, reason="payment_failed")
    return "ended"
