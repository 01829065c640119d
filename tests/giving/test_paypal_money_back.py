"""Money that goes back at PayPal, each time told in every manner: one set of books."""

import pytest

from donations.giving.models import Dispute, Donation, Refund
from donations.money import Money
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import MOST_ATTEMPTS
from tests.paypalroom import MANNERS, Manner, PayPalRoom

PAID, FEE = 1000, 69
CASE = {"case_id": "PP-R-ABC-100000001", "case_type": "chargeback"}


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, paypal_room: PayPalRoom) -> PayPalRoom:
    manner: Manner = request.param
    paypal_room.manner = manner
    paypal_room.promise("don-7")
    paypal_room.happen("donate_completed")
    return paypal_room


def test_a_full_refund_leaves_what_paypal_kept(room: PayPalRoom) -> None:
    room.happen("refund_full")
    room.finish()

    assert Refund.objects.get().donation == Donation.objects.get()
    assert room.balance() == {
        "assets:paypal": -(FEE - 34),
        "income:donations": -PAID,
        "income:refunds": PAID,
        "expenses:fees": FEE - 34,
    }
    assert room.letters() == ["thanks"]


def test_two_partial_refunds_are_two(room: PayPalRoom) -> None:
    room.happen("refund_partial")
    if room.is_live:
        assert room.balance()["income:refunds"] == 400
    room.happen("refund_partial", txn_id="4AB00010XX0000002", mc_gross="-6.00", mc_fee="-0.20")
    room.finish()

    assert sorted(Refund.objects.values_list("amount_minor", flat=True)) == [400, 600]
    assert room.balance()["income:refunds"] == PAID
    assert room.balance()["assets:paypal"] == -(FEE - 14 - 20)


def test_a_refund_that_the_payment_s_status_tells_of(room: PayPalRoom) -> None:
    room.happen("refund_partial", payment_status="Partially_Refunded")
    room.finish()

    assert room.balance()["income:refunds"] == 400


def test_the_payment_is_told_again_as_refunded(room: PayPalRoom) -> None:
    room.happen("refund_full")
    room.happen("donate_completed", payment_status="Refunded")
    room.tell()

    assert room.balance()["income:refunds"] == PAID
    assert len(room.donations()) == 1
    room.check_books()


def test_a_reversal_that_is_cancelled_takes_money_out_and_in(room: PayPalRoom) -> None:
    room.happen("reversed")
    if room.is_live:
        assert room.balance()["income:disputes"] == PAID
        assert "assets:paypal" not in room.balance()
    room.happen("canceled_reversal")
    room.finish()

    assert room.balance() == {
        "assets:paypal": PAID - FEE,
        "income:donations": -PAID,
        "expenses:fees": FEE,
    }


def test_a_chargeback_that_was_won(room: PayPalRoom) -> None:
    room.happen("new_case")
    if room.is_live:
        assert Dispute.objects.get().status == Dispute.Status.OPEN
        assert "income:disputes" not in room.balance()
    room.happen("reversed", **CASE)
    room.happen("canceled_reversal", **CASE)
    room.finish()

    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.gateway_ref) == (Dispute.Status.WON, CASE["case_id"])
    assert dispute.donation == Donation.objects.get()
    assert "income:disputes" not in room.balance()


def test_only_a_part_is_contested(room: PayPalRoom) -> None:
    room.happen("new_case")
    room.happen("reversed", mc_gross="-4.00", mc_fee="-0.28", **CASE)
    room.finish()

    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.amount_minor) == (Dispute.Status.OPEN, 400)
    assert room.balance()["income:disputes"] == 400


def test_a_case_that_is_settled_against_us(room: PayPalRoom) -> None:
    room.happen("new_case")
    room.happen(
        "reversed",
        txn_type="adjustment",
        txn_id="4AB00013XX0000001",
        payment_status="Completed",
        mc_fee=None,
        receiver_email="gifts@example.org",
        payer_email="gifts@example.org",
    )
    room.finish()

    assert room.balance()["income:disputes"] == PAID
    assert room.balance()["assets:paypal"] == -FEE
    assert len(room.donations()) == 1


def test_an_adjustment_names_us_as_the_payer(room: PayPalRoom) -> None:
    room.happen(
        "reversed",
        txn_type="adjustment",
        payment_status="Completed",
        receiver_email="",
        receiver_id="",
        business="",
        payer_email="gifts@example.org",
    )
    room.finish()

    assert room.balance()["income:disputes"] == PAID


def test_a_dispute_that_is_only_talked_about_moves_nothing(room: PayPalRoom) -> None:
    room.happen("new_case", case_type="dispute", reason_code="non_receipt")
    room.finish()

    dispute = Dispute.objects.get()
    assert (dispute.status, dispute.reason) == (Dispute.Status.INQUIRY, "non_receipt")
    assert dispute.amount_minor == PAID
    assert room.balance()["assets:paypal"] == PAID - FEE


def test_refunded_and_then_reversed_may_leave_less_than_nothing(room: PayPalRoom) -> None:
    room.happen("refund_full")
    room.happen("reversed", mc_gross="-11.00", mc_fee=None)
    room.finish()

    assert room.balance()["assets:paypal"] == PAID - FEE - PAID + 34 - 1100


def test_zloty_that_went_back_leave_no_zloty(room: PayPalRoom) -> None:
    zloty = {"mc_currency": "PLN", "settle_currency": "EUR", "exchange_rate": "0.228272"}
    room.happen(
        "donate_completed",
        txn_id="4AB00006XX0000001",
        mc_gross="100.00",
        mc_fee="4.50",
        settle_amount="21.80",
        custom=None,
        **zloty,
    )
    room.happen(
        "refund_full",
        parent_txn_id="4AB00006XX0000001",
        mc_gross="-100.00",
        mc_fee="-2.50",
        settle_amount="-22.26",
        **zloty,
    )
    room.finish()

    assert "assets:paypal" not in room.balance("PLN")
    assert room.balance()["assets:paypal"] == PAID - FEE + 2180 - 2226
    assert Donation.objects.get(currency="PLN").settled_minor == 2180


def test_a_refund_of_somebody_else_s_payment_waits_and_is_set_aside(
    paypal_room: PayPalRoom,
) -> None:
    paypal_room.happen("refund_full", parent_txn_id="4AB00099XX0000001")

    assert paypal_room.states() == ["pending"]
    assert "NotYetKnown" in paypal_room.waiting()[0]
    InboundEvent.objects.update(attempts=MOST_ATTEMPTS - 1)
    paypal_room.settle()
    assert paypal_room.states() == ["parked"]
    assert not Refund.objects.exists()
    assert paypal_room.balance() == {}


def test_the_refund_first_waits_for_its_payment(paypal_room: PayPalRoom) -> None:
    paypal_room.happen("refund_full")
    assert paypal_room.states() == ["pending"]

    paypal_room.happen("donate_completed")
    paypal_room.finish()
    assert paypal_room.states() == ["done", "done"]
    assert paypal_room.donations() == [Money(PAID, "EUR")]
    assert paypal_room.balance()["income:refunds"] == PAID
