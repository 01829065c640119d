"""A reader passes the address of PayPal's page on: what others pay there is not that reader's."""

import pytest

from donations.giving.models import Donation, Pledge
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from donations.supporters.operations import meet_supporter
from tests.paypalroom import PROMISED_AT, PayPalRoom

pytestmark = pytest.mark.django_db
TOKEN = "5f3c1d2e"
ANA, ION = "ana@example.org", "ion@example.org"


def pay(room: PayPalRoom, number: int, email: str, name: str) -> Donation:
    """The same link, whoever follows it."""
    txn = f"4AB0000{number}XX0000001"
    room.happen(
        "donate_completed", txn_id=txn, custom=TOKEN, payer_email=email, first_name=name,
        last_name="P.",
    )  # fmt: skip
    return Donation.objects.get(gateway_ref=txn)


def test_the_second_payer_is_thanked_and_nobody_else_is_told(paypal_room: PayPalRoom) -> None:
    pledge = paypal_room.promise(TOKEN)
    first, second = pay(paypal_room, 1, ANA, "Ana"), pay(paypal_room, 2, ION, "Ion")

    assert str(first.supporter) == "Ana P."
    assert second.supporter is None, "it waits for staff"
    assert (first.pledge, second.pledge) == (pledge, pledge), "and the article has earned both"
    told = [(one.to, one.context["name"]) for one in Message.objects.order_by("pk")]
    assert told == [(ANA, "Ana P."), (ION, "Ion P.")]
    paypal_room.finish()


def test_the_same_payer_again_is_the_same_supporter(paypal_room: PayPalRoom) -> None:
    paypal_room.promise(TOKEN)
    for number, email in enumerate((ANA, "Ana@Example.org", ""), 1):
        assert pay(paypal_room, number, email, "Ana").supporter is not None
    assert Supporter.objects.count() == 1


def test_who_promised_is_known_by_the_address_that_was_typed(paypal_room: PayPalRoom) -> None:
    ana = meet_supporter(email=ANA, language="ro", at=PROMISED_AT)
    paypal_room.promise(TOKEN, supporter=ana, name="Ana")
    assert pay(paypal_room, 1, "ana@work.example", "Ana").supporter == ana, "two mailboxes, one Ana"
    assert pay(paypal_room, 2, ION, "Ion").supporter is None
    assert pay(paypal_room, 3, ANA, "Ana").supporter == ana
    assert Pledge.objects.get().supporter == ana


def test_a_subscription_of_somebody_else(paypal_room: PayPalRoom) -> None:
    paypal_room.promise(TOKEN, interval="month")
    for payer, email in (("AAAA", ANA), ("BBBB", ION)):
        told = {"custom": TOKEN, "subscr_id": f"I-{payer}", "payer_id": payer, "payer_email": email}
        paypal_room.happen("subscr_signup", **told)
        paypal_room.happen("subscr_payment_1", **told, txn_id=f"4AB{payer}1XX0000001")
        paypal_room.happen("subscr_payment_2", **told, txn_id=f"4AB{payer}2XX0000001")

    assert sorted(Message.objects.values_list("to", flat=True)) == [ANA, ANA, ION, ION]
    assert Donation.objects.filter(supporter__email=ANA).count() == 2
    assert Donation.objects.filter(supporter=None, subscription__supporter=None).count() == 2
    paypal_room.finish()
