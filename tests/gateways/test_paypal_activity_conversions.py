"""Conversions are told last, and a file of many is read in no more memory than one of few."""

from datetime import UTC, datetime

from donations.gateways.paypal.activity.conversions import Conversions, Half
from donations.gateways.paypal.activity.rows import Ignored, Row
from tests.gateways.activity import made, payment, txn, understood

AT = datetime(2026, 11, 20, tzinfo=UTC)


def half(line: int, minor: int, currency: str, of: int) -> Half:
    return Half(line, txn(line), txn(of), minor, currency, AT)


def test_what_is_paired_is_told_at_once_and_forgotten() -> None:
    conversions = Conversions()
    for number in range(100):
        assert conversions.add(half(2 * number, -450, "USD", number)) == []
        second_half, row = conversions.add(half(2 * number + 1, 410, "EUR", number))
        assert isinstance(second_half, Ignored)
        assert isinstance(row, Row)
    assert not any(vars(conversions).values())
    assert list(conversions.alone()) == []


def test_own_spending_is_known_before_the_first_of_them() -> None:
    conversions = Conversions(spent={txn(1)})
    conversions.add(half(2, -450, "USD", 1))
    told = [*conversions.add(half(3, 410, "EUR", 1)), *conversions.add(half(4, -1, "USD", 1))]
    assert told == [Ignored(line=line, reason="own spending") for line in (2, 3)]
    assert list(conversions.alone()) == [Ignored(line=4, reason="own spending")]


def test_they_come_after_every_payment_in_the_file() -> None:
    conversion = {"Type": "General Currency Conversion", "Fee": "", "Net": ""}
    rows = [
        payment(2, Gross="-9.31", Currency="USD", Reference_Txn_ID=txn(1), **conversion),
        payment(3, Gross="8.10", Reference_Txn_ID=txn(1), **conversion),
        payment(1, Currency="USD"),
        payment(4, Status="Odd"),
    ]
    told = understood(made(rows), statuses={"Odd": "pending"})
    assert [outcome.line for outcome in told] == [4, 5, 2, 3]
