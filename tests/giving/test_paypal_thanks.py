"""Who is thanked for what came by PayPal, once, and in which language."""

from datetime import timedelta
from typing import Any

import pytest

from donations.gateways.paypal.payments import payment_facts
from donations.giving.operations import record
from donations.outbox.models import Message
from tests.giving.paypal_facts import AT, TOKEN, Witness, transaction
from tests.paypalroom import PayPalRoom

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=1)


def tell(told_by: Witness, *, after: timedelta = HOURS, **changes: Any) -> None:
    """A gift of nobody known, told so long after it was paid."""
    for fact in payment_facts(transaction(told_by, **changes)):
        record(fact=fact, at=AT + after)


def sent() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("pk").values_list("to", "kind", "language"))


@pytest.mark.parametrize(
    ("country", "language"),
    [
        *(("MD", "ro"), ("RO", "ro"), ("RU", "ru"), ("KZ", "ru"), ("GB", "en"), ("DE", "en")),
        *(("UA", "en"), ("", "en"), ("ZZ", "en"), ("é", "en"), ("md", "ro")),
    ],
)
def test_in_the_language_of_the_payer_s_country(country: str, language: str) -> None:
    tell("provider", payer_country=country)
    assert sent() == [("ana@example.org", "thanks", language)]


def test_in_the_language_of_the_form_when_there_was_one(paypal_room: PayPalRoom) -> None:
    paypal_room.promise(TOKEN, language="ru")
    tell("provider", custom=TOKEN)
    assert sent() == [("ana@example.org", "thanks", "ru")]


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a b@example.org", "x\n@example.org"])
def test_without_an_address_nobody(address: str) -> None:
    tell("provider", payer_email=address)
    assert sent() == []


def test_the_second_time_nobody() -> None:
    tell("provider")
    tell("provider")
    tell("file")
    assert len(sent()) == 1


@pytest.mark.parametrize(("hours", "letters"), [(1, 1), (48, 1), (49, 0), (24 * 365, 0)])
def test_what_only_a_file_told_of_is_thanked_for_while_it_is_fresh(
    hours: int, letters: int
) -> None:
    tell("file", after=hours * HOURS)
    assert len(sent()) == letters


def test_the_file_is_old_and_its_pledge_is_known(paypal_room: PayPalRoom) -> None:
    paypal_room.promise(TOKEN)
    tell("file", after=49 * HOURS, custom=TOKEN)
    assert sent() == []


def test_after_its_message_the_file_s_age_does_not_matter() -> None:
    tell("provider", after=90 * HOURS)
    tell("file", after=91 * HOURS)
    assert len(sent()) == 1
