"""What follows from a row: the same facts as from PayPal's own message, now and when kept."""

import pytest

from donations.gateways.events import (
    DisputeMoved,
    Exchanged,
    Fact,
    PaymentReceived,
    RefundObserved,
    Settled,
    SubscriptionObserved,
)
from donations.gateways.paypal.activity import (
    event_id_of,
    explained,
    facts_of_row,
    row_from_json,
    row_to_json,
)
from donations.money import Money
from tests.gateways.activity import ENGLISH, made, payment, reasons, taken, txn, understood


def facts(**changes: str) -> list[Fact]:
    """The facts of one row."""
    [row] = taken(understood(made([payment(2, **changes)])))
    return facts_of_row(row)


def test_a_payment() -> None:
    [received, settled] = facts(Custom_Number="tok-1", Note="for 0000-0000")
    assert isinstance(received, PaymentReceived)
    assert isinstance(settled, Settled)
    assert (received.ref, received.payment_ref) == (txn(2), txn(2))
    assert (received.told_by, received.is_complete) == ("file", True)
    assert (received.pledge_token, received.payer_email) == ("tok-1", "ana@example.org")
    assert (settled.ref, settled.of) == (f"{txn(2)}:fee", "payment")
    assert (settled.charged, settled.fee) == (Money(1000, "EUR"), Money(69, "EUR"))


def test_an_instalment() -> None:
    [agreement, received, _settled] = facts(
        Type="Subscription Payment", Reference_Txn_ID="S-0AB12345CD678901E"
    )
    assert isinstance(agreement, SubscriptionObserved)
    assert isinstance(received, PaymentReceived)
    assert agreement.ref == received.subscription_ref == "S-0AB12345CD678901E"


def test_a_refund() -> None:
    [refund, settled] = facts(
        Type="Payment Refund", Gross="-10.00", Fee="0.34", Net="-9.66",
        Reference_Txn_ID=txn(1),
    )  # fmt: skip
    assert isinstance(refund, RefundObserved)
    assert isinstance(settled, Settled)
    assert (refund.ref, refund.payment_ref) == (txn(2), txn(1))
    assert (refund.money, settled.fee) == (Money(1000, "EUR"), Money(-34, "EUR"))


@pytest.mark.parametrize(
    ("kind", "gross", "fee", "money", "cost"),
    [
        ("Payment Reversal", "-10.00", "0.00", -1000, 0),
        ("Chargeback", "-10.00", "-20.00", -1000, 2000),
        ("Chargeback Reversal", "10.00", "0.00", 1000, 0),
        ("Chargeback Fee", "-20.00", "0.00", 0, 2000),
        ("Fee Reversal", "0.34", "0.00", 0, -34),
        ("General Adjustment", "-3.00", "0.00", -300, 0),
    ],
)
def test_moves(kind: str, gross: str, fee: str, money: int, cost: int) -> None:
    [move] = facts(Type=kind, Gross=gross, Fee=fee, Net="", Reference_Txn_ID=txn(1))
    assert isinstance(move, DisputeMoved)
    assert (move.money.minor, move.fee.minor, move.payment_ref) == (money, cost, txn(1))


def test_what_is_not_ours_to_count() -> None:
    rows = [
        payment(1, Gross="-5.00", Fee="0.00", Net="-5.00"),
        payment(2, Type="Payment Refund", Gross="5.00", Fee="0.00", Net="5.00"),
        payment(3, Gross="0.00", Fee="0.00", Net="0.00"),
        payment(4, Gross="0.00", Fee="-1.00", Net="-1.00"),
        payment(5, Type="Payment Refund", Gross="-5.00", Fee="0.00", Net="-5.00"),
        payment(6, Type="Chargeback", Gross="-5.00", Net="", Reference_Txn_ID="not one"),
        payment(7, Transaction_ID="4.0E+16"),
        payment(8, Currency="€"),
    ]
    assert reasons(understood(made(rows))) == [
        "currency: €",
        "nothing",
        "nothing",
        "own refund",
        "own spending",
        "reference",
        "reference",
        "transaction: 4.0E+16",
    ]


def half(number: int, currency: str, amount: str, of: str) -> dict[str, str]:
    """One line of a conversion."""
    return payment(
        number, Type="General Currency Conversion", Currency=currency, Gross=amount,
        Fee="0.00", Net=amount, Reference_Txn_ID=of,
    )  # fmt: skip


def test_halves_of_one_payment_without_end() -> None:
    sold = [half(number, "PLN", "-1.00", txn(0)) for number in range(1, 200)]
    bought = [half(number, "EUR", "0.20", txn(0)) for number in range(200, 399)]
    outcomes = understood(made([*sold, *bought]))
    assert len(taken(outcomes)) == 50, "each would be compared with all that wait"
    assert reasons(outcomes).count("unpaired") == 2 * 149


def test_conversions_far_apart_and_of_our_own() -> None:
    bought = half(3, "EUR", "21.80", txn(1))
    rows = [
        half(2, "PLN", "-95.50", txn(1)),
        half(4, "EUR", "-9.00", txn(9)),
        half(6, "EUR", "-7.00", ""),
        half(7, "EUR", "-7.00", txn(7)),
        half(8, "USD", "-0.00", txn(7)),
        half(5, "USD", "10.00", txn(9)),
        payment(9, Gross="-10.00", Fee="0.00", Net="-10.00", Currency="USD"),
        half(10, "USD", "-1.00", txn(9)),
        bought,
    ]
    outcomes = understood(made(rows))
    [row] = taken(outcomes)
    [fact] = facts_of_row(row)
    assert isinstance(fact, Exchanged)
    assert fact.ref == f"{txn(1)}:exchange"
    assert (fact.sold, fact.bought) == (Money(9550, "PLN"), Money(2180, "EUR"))
    assert reasons(outcomes) == [
        *("nothing", "own conversion"),
        *["own spending"] * 4,
        *("second half", "unpaired"),
    ]


def test_rows_are_kept_and_read_back_exactly() -> None:
    rows = taken(understood(ENGLISH.read_bytes()))
    for row in rows:
        body = row_to_json(row)
        assert facts_of_row(row_from_json(body)) == facts_of_row(row)
        assert row_to_json(row_from_json(body)) == body
        assert event_id_of(row, body).startswith(f"activity:{row.told.ref}:")
    assert len({event_id_of(row, row_to_json(row)) for row in rows}) == len(rows)


def test_long_texts_are_cut_to_what_is_kept() -> None:
    [row] = taken(understood(made([payment(Name="x" * 999, Note="y" * 9999, Subject="Hi")])))
    assert (len(row.told.payer_name), len(row.told.note)) == (200, 4000)


def test_reasons_are_told_in_words() -> None:
    assert explained("zone: XYZ") == "a time zone that is not known: XYZ"
    assert explained("utf16").endswith("without saving it again.")
    assert explained("something: of 100%") == "something: of 100%"
    assert explained("own spending") == "our own spending"
