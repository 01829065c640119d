"""A rate is entered once, stays exactly as it was, and is only ever withdrawn."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import Settings

from donations.appending import WrittenForGood
from donations.rates import operations
from donations.rates.figures import figure, format_rate, parse_rate
from donations.rates.models import ExchangeRate
from donations.rates.operations import AlreadyEntered, NoRate, NotYet
from tests.rates.rating import AT, TODAY, a_rate

DAY = timedelta(days=1)
RATES = st.decimals("0.00000001", "99999999.99999999", places=8)


@pytest.mark.django_db
@examples(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(rate=RATES)
def test_what_is_read_is_what_was_entered(rate: Decimal) -> None:
    ExchangeRate.objects.all()._raw_delete("default")
    made = operations.enter(
        currency="USD", worth_in="EUR", rate=rate, on=TODAY, source="ECB", at=AT
    )
    kept = ExchangeRate.objects.get(pk=made.pk).rate
    assert isinstance(kept, Decimal)
    assert kept == rate
    assert parse_rate(figure(kept)) == rate


@pytest.mark.django_db
def test_the_second_time_nothing_is_entered() -> None:
    made = a_rate("USD 0.86 EUR")
    with pytest.raises(AlreadyEntered) as refused:
        a_rate("USD 0.86 EUR")
    assert refused.value.rate == made
    assert ExchangeRate.objects.count() == 1


@pytest.mark.django_db
def test_another_rate_of_the_day_waits_until_the_first_is_withdrawn() -> None:
    wrong = a_rate("USD 86 EUR")
    with pytest.raises(AlreadyEntered):
        a_rate("USD 0.86 EUR")
    operations.withdraw(rate=wrong, at=AT)
    right = a_rate("USD 0.86 EUR")
    assert list(ExchangeRate.objects.filter(withdrawn_at=None)) == [right]
    assert ExchangeRate.objects.count() == 2


@pytest.mark.django_db
def test_withdrawn_the_second_time_it_stays_as_it_was() -> None:
    rate = a_rate("USD 0.86 EUR")
    assert operations.withdraw(rate=rate, at=AT)
    assert not operations.withdraw(rate=rate, at=AT + DAY)
    assert ExchangeRate.objects.get().withdrawn_at == AT


@pytest.mark.django_db
def test_nothing_is_edited_or_removed() -> None:
    rate = a_rate("USD 0.86 EUR")
    rate.hundred_millionths = 1
    for attempt in (
        rate.save,
        rate.delete,
        ExchangeRate.objects.all().delete,
        lambda: ExchangeRate.objects.all().update(hundred_millionths=1),
    ):
        with pytest.raises(WrittenForGood):
            attempt()
    assert ExchangeRate.objects.get().rate == Decimal("0.86")


@pytest.mark.django_db
def test_a_day_that_has_not_come_where_the_newsroom_is(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"
    # Half past ten in the evening in Greenwich is past midnight in Chișinău.
    late = AT.replace(hour=22, minute=30)
    assert a_rate("USD 0.86 EUR", TODAY + DAY, at=late)
    with pytest.raises(NotYet):
        a_rate("USD 0.86 EUR", TODAY + DAY, at=late - timedelta(hours=1))
    with pytest.raises(NotYet):
        a_rate("USD 0.86 EUR", TODAY + 2 * DAY, at=late)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rate", ["0", "-1", "0.000000001", "100000000", f"1.{'0' * 30}1", "NaN", "Infinity"]
)
def test_what_is_no_rate(rate: str) -> None:
    with pytest.raises(NoRate):
        a_rate(f"USD {rate} EUR")
    assert not ExchangeRate.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("exchange_rate_is_positive", {"hundred_millionths": 0}),
        ("exchange_rate_of_two_currencies", {"worth_in": "USD"}),
        ("exchange_rate_names_both", {"worth_in": ""}),
        ("exchange_rate_has_a_source", {"source": ""}),
        ("exchange_rate_once_a_day", {"on": TODAY}),
    ],
)
def test_the_database_refuses(name: str, changes: dict[str, Any]) -> None:
    a_rate("USD 0.86 EUR")
    told: dict[str, Any] = {
        "currency": "USD", "worth_in": "EUR", "hundred_millionths": 1, "on": TODAY - DAY,
        "source": "ECB", "entered_at": AT,
    }  # fmt: skip
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ExchangeRate.objects.create(**told | changes)
    # SQLite tells the columns of a unique constraint, not its name.
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)
    assert ExchangeRate.objects.create(**told).rate == Decimal("0.00000001")


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("0.86", "0.86"), (" 0,86 ", "0.86"), ("1 234,5", "1234.5"), ("0.1234567800", "0.12345678")],
)
def test_a_rate_is_read_as_it_is_typed(typed: str, rate: str) -> None:
    assert parse_rate(typed) == Decimal(rate)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((each, "unreadable") for each in ("", "x", "1e5", "-1", "1,234.5", "٣", "NaN", ".5")),
        *(("0", "zero"), ("0,00", "zero"), ("0.123456789", "decimals"), ("100000000", "large")),
    ],
)
def test_what_cannot_be_read_says_why(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        parse_rate(typed)
    assert refused.value.code == code


def test_every_decimal_is_shown() -> None:
    assert format_rate(Decimal("0.05134201"), "en") == "0.05134201"
    assert format_rate(Decimal("1234.5"), "ru") == "1\xa0234,5"
    assert format_rate(Decimal("99999999.99999999"), "en") == "99,999,999.99999999"
    assert figure(Decimal("1E-8")) == "0.00000001"
    assert figure(Decimal("100.00000000")) == "100"


def test_its_name_says_what_it_is() -> None:
    rate = ExchangeRate(
        currency="USD", worth_in="EUR", hundred_millionths=86_000_000, on=date(2026, 11, 27)
    )
    assert str(rate) == "1 USD = 0.86 EUR, 2026-11-27"
