"""PayPal's messages and its file tell of the same days: one set of books, whichever comes first."""

from itertools import permutations
from typing import Any

import pytest
from django.db import transaction

from donations.giving.models import Donation
from donations.money import Money
from tests.known import known
from tests.paypalroom import PAYLOADS, PayPalRoom
from tests.reconciliation.activity import AT, imported

FILE = PAYLOADS.parent / "activity_en_us.csv"
JOERG = {
    "payer_email": "joerg@example.org", "first_name": "Jörg", "last_name": "Müller",
    "residence_country": "DE", "memo": 'keep going, "friends"',
    "payment_date": "03:20:00 Nov 20, 2026 PST",
}  # fmt: skip
ION = {
    "payer_email": "ion@example.org", "first_name": "Ion", "last_name": "C.",
    "residence_country": "MD", "payment_date": "04:00:00 Nov 20, 2026 PST", "payer_id": "",
}  # fmt: skip
PIOTR = {
    "txn_id": "4AB00006XX0000001", "payer_email": "piotr@example.org", "first_name": "Piotr",
    "last_name": "W.", "custom": None, "memo": None, "payment_date": "05:00:00 Nov 20, 2026 PST",
    "mc_currency": "PLN", "mc_gross": "100.00", "mc_fee": "4.50", "settle_amount": "21.80",
    "settle_currency": "EUR",
}  # fmt: skip


def messages(room: PayPalRoom) -> None:
    """What PayPal sent at once."""
    room.happen("donate_completed", memo=None)
    room.happen("paypalme_send_money", **JOERG)
    room.happen("subscr_payment_1", **ION)
    room.happen("donate_completed", **PIOTR)


def a_refund(room: PayPalRoom) -> None:
    """It is in the file too."""
    room.happen("refund_full")


def the_file(room: PayPalRoom) -> None:
    """An editor imports it."""
    report = imported(FILE)
    assert (report.contradicting, report.puzzling) == ([], [])


SOURCES = (messages, a_refund, the_file)


class _Undo(Exception):
    pass


def after(room: PayPalRoom, *sources: Any) -> dict[str, Any]:
    """What is known when they came in this order, made and unmade."""
    found: dict[str, Any] = {}
    try:
        with transaction.atomic():
            for token in ("don-7", "pledge-3"):
                room.promise(token)
            for source in sources:
                source(room)
            room.finish()
            found = known()
            raise _Undo
    except _Undo:
        return found


def test_in_any_order(paypal_room: PayPalRoom) -> None:
    found = [after(paypal_room, *order) for order in permutations(SOURCES)]
    twice = after(paypal_room, the_file, *SOURCES, messages, the_file)

    assert [each == found[0] for each in found] == [True] * 6
    assert twice == found[0]


@pytest.mark.parametrize("first", [messages, the_file])
def test_nothing_is_there_twice_and_nothing_is_missing(paypal_room: PayPalRoom, first: Any) -> None:
    paypal_room.promise("don-7")
    paypal_room.promise("pledge-3")
    first(paypal_room)
    for source in SOURCES:
        source(paypal_room)
    paypal_room.finish()
    paypal_room.understand_again(AT)

    assert sorted(map(str, paypal_room.donations())) == sorted(
        str(Money(minor, currency))
        for minor, currency in (
            *((1000, "EUR"), (2500, "EUR"), (500, "EUR"), (10_000, "PLN"), (100_000, "USD")),
        )
    )
    assert not Donation.objects.filter(fee_minor=None).exists()
    whose = Donation.objects.exclude(pledge=None).values_list("gateway_ref", "pledge__token")
    assert sorted(whose) == [("4AB00001XX0000001", "don-7"), ("4AB00021XX0000001", "pledge-3")]
    assert paypal_room.balance()["income:refunds"] == 1000
    assert Donation.objects.get(currency="PLN").settled_minor == 2180
