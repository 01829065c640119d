"""The two sample downloads, in English and German, as they are."""

from datetime import UTC, datetime

from donations.gateways.paypal.activity import Answers, read_rows, survey
from donations.money import Money
from tests.gateways.activity import ENGLISH, GERMAN, reasons, taken, txn


def test_the_english_download() -> None:
    with ENGLISH.open("rb") as stream:
        found = survey(stream, Answers())
        outcomes = list(read_rows(stream, found, Answers()))

    assert found.is_settled
    assert (found.rows, found.decimal, found.day_first) == (13, ".", False)
    assert found.receivers == ["gifts@example.org"]
    payments = [row.told.gross for row in taken(outcomes) if row.is_payment]
    assert payments == [
        Money(1000, "EUR"),
        Money(2500, "EUR"),
        Money(500, "EUR"),
        Money(10000, "PLN"),
        Money(100000, "USD"),
    ]
    assert [row.kind for row in taken(outcomes) if not row.is_payment] == [
        *("refund", "withdrawal", "conversion"),
    ]
    assert reasons(outcomes) == [
        *("hold", "hold", "own spending", "pending", "second half"),
    ]
    assert len(outcomes) == found.rows


def test_what_a_row_tells() -> None:
    with ENGLISH.open("rb") as stream:
        rows = taken(read_rows(stream, survey(stream, Answers()), Answers()))
    first, friend, monthly = (row.told for row in rows[:3])
    assert first.at == datetime(2026, 11, 20, 11, 15, 22, tzinfo=UTC)
    assert (first.fee, first.custom, first.payer_country) == (Money(69, "EUR"), "don-7", "RO")
    assert (friend.payer_name, friend.note) == ("Jörg Müller", 'keep going, "friends"')
    assert (monthly.subscription_ref, monthly.of_ref) == ("I-ABCDE1234567", "")
    refund = rows[4]
    assert (refund.told.of_ref, refund.told.fee) == (txn(1), Money(-34, "EUR"))
    conversion = rows[-1]
    assert (conversion.told.gross, conversion.bought) == (Money(9550, "PLN"), Money(2180, "EUR"))
    assert rows[6].told.note == '=HYPERLINK("http://evil.example")'


def test_the_german_download() -> None:
    with GERMAN.open("rb") as stream:
        found = survey(stream, Answers())
        outcomes = list(read_rows(stream, found, Answers()))

    assert (found.is_settled, found.decimal, found.day_first) == (True, ",", True)
    [row] = taken(outcomes)
    assert (row.told.gross, row.told.fee) == (Money(101000, "EUR"), Money(2069, "EUR"))
    assert (row.told.custom, row.told.at.hour) == ("don-9", 11)
    assert reasons(outcomes) == ["pending", "unpaired"]
