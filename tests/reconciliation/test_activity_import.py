"""The activity file into the books: once, whole, and in agreement with everything else."""

import io
from datetime import timedelta
from typing import Any

import pytest

from donations.gateways.paypal.activity import (
    ActivityFileRefused,
    Answers,
)
from donations.giving.models import Donation, Refund, Subscription
from donations.ledger.models import Account, Posting
from donations.ledger.queries import balance
from donations.money import Money
from donations.outbox.models import Message
from donations.reconciliation.importing import Unsettled, import_activity
from donations.reconciliation.rebuild import differences
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import replay_all
from tests.gateways.activity import ENGLISH, GERMAN, made, many, payment, txn
from tests.reconciliation.activity import AT, imported, tables

pytestmark = pytest.mark.django_db


def test_the_sample_of_scenario_60() -> None:
    report = imported(ENGLISH)

    assert (report.rows, report.taken, report.known, report.waiting) == (13, 8, 0, 0)
    assert report.kinds == {
        "payment": 4, "subscription_payment": 1, "refund": 1, "conversion": 1,
        "withdrawal": 1,
    }  # fmt: skip
    assert report.amounts == {"EUR": 4000, "PLN": 10000, "USD": 100000}
    assert report.ignored == {
        "hold": 2, "own spending": 1, "pending": 1, "second half": 1
    }  # fmt: skip
    assert (report.puzzling_count, report.contradicting_count) == (0, 0)
    gifts = Donation.objects.order_by("amount_minor", "currency")
    assert [str(gift.money.decimal) + gift.currency for gift in gifts] == [
        "5.00EUR", "10.00EUR", "25.00EUR", "100.00PLN", "1000.00USD",
    ]  # fmt: skip
    [given_back] = Refund.objects.all()
    assert given_back.donation == Donation.objects.get(gateway_ref=txn(1))
    zloty = Donation.objects.get(currency="PLN")
    assert (zloty.settled_minor, zloty.settled_currency) == (2180, "EUR")
    assert zloty.fee == Money(450, "PLN")
    assert Donation.objects.get(currency="USD").note == '=HYPERLINK("http://evil.example")'
    assert Subscription.objects.get().gateway_ref == "I-ABCDE1234567"
    assert balance(account=Account.PAYPAL, currency="PLN").minor == 0
    assert (
        balance(account=Account.PAYPAL, currency="EUR").minor
        == 931 + 2380 + 448 - 966 + 2180 - 19974
    )
    assert balance(account=Account.BANK, currency="EUR").minor == 19974
    assert Message.objects.count() == 0
    assert differences() == []


def test_the_second_time_adds_nothing() -> None:
    imported(ENGLISH)
    before = tables()

    again = imported(ENGLISH, at=AT + timedelta(days=1))

    assert (again.taken, again.known, again.rows) == (0, 8, 13)
    assert tables() == before


def test_ranges_that_overlap() -> None:
    imported(made(many(5)))
    report = imported(made(many(6, start=2)), at=AT + timedelta(hours=1))
    assert (report.known, report.taken) == (3, 3)
    assert Donation.objects.count() == 8


def test_the_same_line_twice_and_the_pending_copy() -> None:
    rows = [payment(1, Status="Pending", Balance_Impact="Memo"), payment(1), payment(1)]
    report = imported(made(rows))
    assert (report.taken, report.known, report.ignored) == (1, 1, {"pending": 1})
    assert Donation.objects.count() == 1


def test_a_dry_run_tells_the_same_and_changes_nothing() -> None:
    shown = imported(ENGLISH, dry_run=True)
    assert [model.objects.count() for model in (Donation, InboundEvent, Posting)] == [0, 0, 0]
    assert imported(ENGLISH) == shown


def test_the_german_sample() -> None:
    report = imported(GERMAN)
    assert (report.taken, report.amounts, report.puzzling) == (
        1,
        {"EUR": 101000},
        [(3, "unpaired")],
    )


def test_the_events_of_rows_replay_and_prove_the_books() -> None:
    imported(ENGLISH)
    before = tables()
    events = list(InboundEvent.objects.values_list("pk", flat=True))
    assert replay_all(event_ids=events, at=AT + timedelta(days=1)) == []
    assert tables() == before
    assert differences() == []


class Torn(io.BytesIO):
    """A file whose disk fails near the end of the second pass."""

    passes = 0

    def seek(self, *args: Any) -> int:
        self.passes += 1
        return super().seek(*args)

    def read1(self, size: int | None = -1, /) -> bytes:
        if self.passes > 2 and self.tell() > len(self.getbuffer()) - 9000:
            raise OSError("the disk is gone")
        return super().read1(-1 if size is None else size)


def test_nothing_is_half_imported() -> None:
    body, seen = made(many(1100)), list[int]()
    with pytest.raises(OSError, match="disk"):
        import_activity(
            stream=Torn(body), answers=Answers(), at=AT, dry_run=False, on_progress=seen.append
        )
    assert seen == [1000]
    with pytest.raises(ActivityFileRefused, match="UTF-8"):
        imported(body + b"J\xf6rg")
    with pytest.raises(Unsettled):
        imported(made([payment(1), payment(2, Type="?")]))
    assert not Donation.objects.exists()
    assert not InboundEvent.objects.exists()
