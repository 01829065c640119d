"""Refunds, reversals, cases and adjustments."""

from decimal import Decimal

import pytest

from tests.standins.paypal import PayPalStandin, Transaction

from .paypal_asks import donate, gift, kinds, last


def test_in_parts_until_nothing_is_left(pal: PayPalStandin) -> None:
    paid = gift(pal)
    first, second = pal.refund(paid, "4.00"), pal.refund(paid)
    assert (first.gross, second.gross) == (Decimal("-4.00"), Decimal("-6.00"))
    assert first.fee + second.fee == Decimal("-0.34")
    with pytest.raises(ValueError, match=r"Only 0\.00 EUR is left"):
        pal.refund(paid, "0.01")


def test_more_than_was_given(pal: PayPalStandin) -> None:
    with pytest.raises(ValueError, match=r"Only 10\.00 EUR is left"):
        pal.refund(gift(pal), "10.01")
    assert kinds(pal) == ["web_accept"]


def test_reversed_and_back_again(pal: PayPalStandin) -> None:
    paid = gift(pal)
    out = pal.reverse(paid)
    assert (last(pal)["payment_status"], last(pal)["reason_code"]) == ("Reversed", "chargeback")
    assert (out.gross, out.fee) == (Decimal("-10.00"), Decimal("-0.69"))
    back = pal.cancel_reversal(paid)
    told = last(pal)
    assert (told["payment_status"], told["parent_txn_id"]) == ("Canceled_Reversal", paid.id)
    assert (told["mc_gross"], told["mc_fee"]) == ("10.00", "0.69")
    assert back.id not in (paid.id, out.id)
    with pytest.raises(ValueError, match="not reversed"):
        pal.cancel_reversal(paid)
    pal.reverse(paid, "buyer_complaint")
    assert last(pal)["reason_code"] == "buyer_complaint"


def test_a_case_that_is_lost(pal: PayPalStandin) -> None:
    paid = gift(pal)
    case = pal.open_case(paid)
    lost = pal.adjust(paid)
    told = last(pal)
    assert (told["txn_type"], told["mc_gross"]) == ("adjustment", "-10.00")
    assert (told["case_id"], told["parent_txn_id"]) == (case, paid.id)
    assert told["payer_email"] == told["receiver_email"] == pal.business
    assert lost.id == told["txn_id"]
    with pytest.raises(ValueError, match="left"):
        pal.adjust(paid)


def test_whole_units(pal: PayPalStandin) -> None:
    paid = gift(pal, currency_code="JPY", amount="1500")
    pal.refund(paid, "150")
    assert (last(pal)["mc_gross"], last(pal)["mc_fee"]) == ("-150", "-5")
    with pytest.raises(ValueError, match="no decimals"):
        pal.refund(paid, "150.00")


@pytest.mark.parametrize("what", ["pending", "denied", "refund", "sent"])
def test_what_never_came_does_not_go_back(pal: PayPalStandin, what: str) -> None:
    def made() -> Transaction:
        if what == "refund":
            return pal.refund(gift(pal), "1.00")
        if what == "sent":
            return pal.masspay()
        paid = pal.pay_link(donate(pal), pending=True)
        if what == "denied":
            pal.deny(paid)
        return paid

    txn = made()
    for act in (pal.refund, pal.reverse, pal.open_case, pal.adjust):
        with pytest.raises(ValueError, match="no payment that arrived"):
            act(txn)


def test_nobody_s_transaction(pal: PayPalStandin) -> None:
    with pytest.raises(ValueError, match="no transaction"):
        pal.refund("NOBODY")
