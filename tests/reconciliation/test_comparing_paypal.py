"""Our books against PayPal's activity files, for the days that they tell of."""

from datetime import date, datetime, timedelta

from donations.gateways.events import PaymentReceived
from donations.giving.operations import record
from donations.money import Money
from donations.reconciliation import comparing, importing
from donations.reconciliation.models import DayComparison
from tests.gateways.activity import ENGLISH, made, payment, txn
from tests.paypalroom import PayPalRoom
from tests.reconciliation.activity import AT, imported, refund
from tests.reconciliation.test_activity_uploads import uploaded
from tests.reconciliation.test_withdrawals import returned, withdrawal

DAY = date(2026, 11, 20)


def compared(first: date = DAY, last: date = DAY) -> list[DayComparison]:
    """After the file was read."""
    comparing.compare(gateway="paypal", first=first, last=last, at=AT + timedelta(hours=1))
    return list(DayComparison.objects.order_by("day", "currency"))


def handed_in(body: bytes) -> None:
    """By a colleague, and imported."""
    file = uploaded(body)
    importing.run_due(at=AT + timedelta(minutes=1))
    importing.confirm(file=file, at=AT + timedelta(minutes=1))
    importing.run_due(at=AT + timedelta(minutes=2))


def from_notification(ref: str, at: datetime) -> None:
    """PayPal told of it by itself."""
    record(
        fact=PaymentReceived(
            gateway="paypal", ref=ref, payment_ref=ref, money=Money(700, "EUR"), received_at=at
        ),
        at=AT,
    )  # fmt: skip


def test_equal_books(paypal_room: PayPalRoom) -> None:
    handed_in(made([payment(1), payment(2), refund(3, 1), withdrawal(8), returned(9, 8)]))
    [row] = compared()
    assert (row.gateway, row.day, row.currency, row.differences) == ("paypal", DAY, "EUR", 0)
    assert (row.ours_gross, row.ours_fees, row.ours_returned) == (2000, 69 * 2 - 34, 1000)
    assert (row.theirs_gross, row.theirs_fees, row.theirs_returned) == (2000, 104, 1000)
    assert (row.ours_paid_out, row.theirs_paid_out) == (0, 0)


def test_the_sample_with_its_currencies(paypal_room: PayPalRoom) -> None:
    handed_in(ENGLISH.read_bytes())
    rows = compared(date(2026, 11, 1), date(2026, 11, 30))
    assert {row.currency for row in rows} == {"EUR", "PLN", "USD"}
    assert [row.differences for row in rows] == [0] * len(rows)


def test_what_the_file_does_not_have(paypal_room: PayPalRoom) -> None:
    handed_in(made([payment(1, Time="08:00:00"), payment(2, Time="18:00:00")]))
    noon = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
    from_notification("7AB00000XX0000007", noon)
    from_notification("7AB00000XX0000008", noon + timedelta(hours=9))

    [row] = compared()
    assert [entry["ref"] for entry in row.only_ours] == ["paypal:7AB00000XX0000007"]
    assert row.ours_gross - row.theirs_gross == 700


def test_without_a_file_nothing_is_missed(paypal_room: PayPalRoom) -> None:
    from_notification(txn(1), datetime.fromisoformat("2026-11-20T12:00:00+01:00"))
    assert compared() == []


def test_a_refund_whose_payment_is_not_known(paypal_room: PayPalRoom) -> None:
    imported(made([payment(1), refund(3, 77)]))
    [row] = compared()
    [entry] = row.only_theirs
    assert (entry["ref"], entry["kind"], entry["theirs"]) == (txn(3), "refund", -966)


def test_a_file_without_fees_says_nothing_about_them(paypal_room: PayPalRoom) -> None:
    rows = [{key: value for key, value in payment(1).items() if key not in ("Fee", "Net")}]
    imported(made(rows))
    [row] = compared()
    assert (row.differences, row.theirs_gross) == (0, 1000)
