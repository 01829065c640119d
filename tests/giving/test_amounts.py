"""Every amount from 0.50 to 9,999.99 arrives exactly: typed, at Stripe, and in the books."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.gateways.base import CheckoutRequest
from donations.gateways.stripe.checkout import session_params
from donations.gateways.stripe.words import from_stripe, to_stripe
from donations.giving.models import Donation
from donations.money import (
    Money,
    as_typed,
    exponent,
    format_exactly,
    format_money,
    parse_amount,
)
from tests.newsroom import Newsroom

CURRENCIES = ("EUR", "USD", "MDL", "RON", "GBP", "JPY")


def request(money: Money) -> CheckoutRequest:
    return CheckoutRequest(
        money=money, interval="once", email="", language="en", title="Support",
        pledge_token="t", reference_code="c", idempotency_key="k", return_url="http://x/",
        cancel_url="http://x/",
    )  # fmt: skip


def every_amount(currency: str) -> range:
    """0.50 to 9,999.99 in minor units; 1 to 9,999 where there are none."""
    return range(50, 1_000_000) if exponent(currency) else range(1, 10_000)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_single_amount_reaches_stripe_exactly(currency: str) -> None:
    amounts = list(every_amount(currency))
    sent = [to_stripe(Money(minor, currency)) for minor in amounts]
    assert sent == amounts
    assert set(map(type, sent)) == {int}
    assert [from_stripe(amount, currency).minor for amount in sent] == amounts


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_amounts_are_read_as_they_are_typed(currency: str) -> None:
    """How it is read depends on the number of decimals alone; step 7 meets every last digit."""
    for minor in every_amount(currency)[::7]:
        text = f"{minor // 100}.{minor % 100:02}" if exponent(currency) else str(minor)
        assert parse_amount(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("language", ["en", "ro", "ru"])
@pytest.mark.parametrize("currency", CURRENCIES)
def test_what_a_field_is_filled_with_is_read_as_it_was(currency: str, language: str) -> None:
    for minor in every_amount(currency)[::7]:
        money = Money(minor, currency)
        assert parse_amount(as_typed(money, language), currency) == money


def test_a_field_is_filled_in_as_the_language_has_it() -> None:
    assert as_typed(Money(1_050, "EUR"), "ro") == "10,50"
    assert as_typed(Money(123_450, "EUR"), "ru") == "1234,50"
    assert as_typed(Money(5_000, "RON"), "ro") == "50"
    assert as_typed(Money(1_050, "EUR"), "en") == "10.50"


@pytest.mark.parametrize("currency", CURRENCIES)
def test_the_price_at_stripe_is_that_amount(currency: str) -> None:
    (line,) = session_params(request(Money(999_999, currency)))["line_items"]
    assert line["price_data"]["unit_amount"] == 999_999
    assert line["price_data"]["currency"] == currency.lower()


@pytest.mark.django_db
@settings(max_examples=12, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(minor=st.integers(50, 999_999), currency=st.sampled_from(CURRENCIES))
def test_the_ledger_has_it_to_the_cent(newsroom: Newsroom, minor: int, currency: str) -> None:
    Donation.objects.all().delete()
    before = newsroom.balance(currency).get("income:donations", 0)
    newsroom.give(money=Money(minor, currency))
    assert newsroom.donations() == [Money(minor, currency)]
    assert newsroom.balance(currency)["income:donations"] == before - minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [("10", 1000), ("10.5", 1050), ("10,50", 1050), (" 1 000 ", 100_000), ("0.50", 50),
     ("1\u00a0000,5", 100_050), ("9999.99", 999_999), ("007", 700)],
)  # fmt: skip
def test_what_people_type(text: str, minor: int) -> None:
    assert parse_amount(text, "EUR") == Money(minor, "EUR")


@pytest.mark.parametrize(
    ("money", "locale", "shown", "exactly"),
    [
        (Money(1000, "EUR"), "en", "€10", "EUR 10.00"),
        (Money(1050, "EUR"), "ru", "10,50 €", "10,50 EUR"),
        (Money(20000, "MDL"), "ro", "200 MDL", "200,00 MDL"),
        (Money(20000, "MDL"), "en", "MDL 200", "MDL 200.00"),
        (Money(1500, "JPY"), "en", "¥1,500", "JPY 1,500"),
        (Money(123456789, "RON"), "ru", "1 234 567,89 RON", "1 234 567,89 RON"),
    ],
)
def test_as_each_language_writes_it(money: Money, locale: str, shown: str, exactly: str) -> None:
    assert format_money(money, locale).replace("\u00a0", " ") == shown
    assert format_exactly(money, locale).replace("\u00a0", " ") == exactly


def test_iceland_and_stripe_count_differently() -> None:
    assert to_stripe(Money(500, "ISK")) == 50_000
    assert from_stripe(50_000, "isk") == Money(500, "ISK")
