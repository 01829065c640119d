"""Several currencies in one: exactly as the rates say, and never without them."""

from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.money import Money, exponent
from donations.rates import operations, queries
from donations.rates.converting import NotAddedUp, WrongRate, converted, in_all, part
from donations.rates.models import ExchangeRate
from donations.rates.queries import Rates
from tests.rates.rating import AT, TODAY, a_rate

DAY = timedelta(days=1)
CODES = ("EUR", "USD", "MDL", "RON", "GBP", "JPY")
MINOR = st.integers(-(10**12), 10**12)
RATE = st.decimals("0.00000001", "99999999.99999999", places=8)


def stored(currency: str, rate: Decimal, worth_in: str) -> ExchangeRate:
    """Without a database."""
    units = int(rate.scaleb(8))
    return ExchangeRate(
        currency=currency, worth_in=worth_in, hundred_millionths=units, on=TODAY, source="ECB"
    )


def plainly(money: Money, rate: Decimal, into: str, *, turned: bool) -> int:
    """The same with Decimal and sixty digits: 24 of them stand before the point at the most."""
    with localcontext() as context:
        context.prec = 60
        exact = money.decimal / rate if turned else money.decimal * rate
        return int(exact.scaleb(exponent(into)).quantize(Decimal(1), ROUND_HALF_EVEN))


@st.composite
def takings(draw: st.DrawFn) -> tuple[list[Money], Rates, dict[str, tuple[Decimal, bool]]]:
    """Amounts in several currencies, and a rate for each, some entered the other way round."""
    into = draw(st.sampled_from(CODES))
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
    rates = {code: (draw(RATE), draw(st.booleans())) for code in codes if code != into}
    newest = {
        code: stored(into, rate, code) if turned else stored(code, rate, into)
        for code, (rate, turned) in rates.items()
    }
    amounts = [Money(draw(MINOR), code) for code in codes]
    return amounts, Rates(into=into, on=TODAY, newest=newest), rates


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(takings())
def test_a_total_is_what_decimals_make_of_it(
    taken: tuple[list[Money], Rates, dict[str, tuple[Decimal, bool]]],
) -> None:
    amounts, rates, told = taken
    total = in_all(amounts=amounts, rates=rates)
    wanted = 0
    for money in amounts:
        if money.currency == rates.into:
            wanted += money.minor
        else:
            rate, turned = told[money.currency]
            wanted += plainly(money, rate, rates.into, turned=turned)
    assert total.about == Money(wanted, rates.into)
    assert sum(each.worth.minor for each in total.parts) == wanted
    assert {each.money for each in total.parts} == set(amounts)
    # What needs a rate has it beside it.
    for each in total.parts:
        assert (each.rate is None) == (each.money.currency == rates.into)
        assert each.worth.currency == rates.into


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(takings(), st.data())
def test_without_one_of_the_rates_there_is_no_total(
    taken: tuple[list[Money], Rates, dict[str, tuple[Decimal, bool]]], data: st.DataObject
) -> None:
    amounts, rates, told = taken
    if not told:
        return
    gone = data.draw(st.sampled_from(sorted(told)))
    old = data.draw(st.booleans())
    newest = dict(rates.newest)
    if old:
        newest[gone].on = TODAY - 32 * DAY
    else:
        del newest[gone]
    with pytest.raises(NotAddedUp) as refused:
        in_all(amounts=amounts, rates=Rates(into=rates.into, on=TODAY, newest=newest))
    assert refused.value.lacking == {gone: newest.get(gone)}


@pytest.mark.parametrize(
    ("minor", "worth"), [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2), (-5, -2)]
)
def test_a_half_goes_to_the_even_one(minor: int, worth: int) -> None:
    rate = stored("USD", Decimal("0.5"), "EUR")
    assert converted(Money(minor, "USD"), rate, "EUR") == Money(worth, "EUR")
    turned = stored("EUR", Decimal(2), "USD")
    assert converted(Money(minor, "USD"), turned, "EUR") == Money(worth, "EUR")


def test_each_total_is_rounded_once_and_then_added() -> None:
    newest = {code: stored(code, Decimal("0.5"), "EUR") for code in ("USD", "GBP")}
    rates = Rates(into="EUR", on=TODAY, newest=newest)
    one = Money(1, "USD")
    # Two of a currency are half a cent each, and together one; of two currencies each is none.
    assert in_all(amounts=[one, one], rates=rates).about == Money(1, "EUR")
    assert in_all(amounts=[one, Money(1, "GBP")], rates=rates).about == Money(0, "EUR")


def test_currencies_without_decimals() -> None:
    yen = stored("JPY", Decimal("0.0055"), "EUR")
    assert converted(Money(1000, "JPY"), yen, "EUR") == Money(550, "EUR")
    assert converted(Money(550, "EUR"), yen, "JPY") == Money(1000, "JPY")


def test_a_rate_of_other_currencies_is_refused() -> None:
    with pytest.raises(WrongRate):
        converted(Money(1, "USD"), stored("MDL", Decimal(1), "EUR"), "EUR")
    with pytest.raises(WrongRate):
        converted(Money(1, "USD"), stored("USD", Decimal(1), "RON"), "EUR")


def test_nothing_at_all_is_nothing() -> None:
    total = in_all(amounts=[], rates=Rates(into="EUR", on=TODAY, newest={}))
    assert (total.about, total.parts) == (Money(0, "EUR"), ())


def holding(*currencies: str, into: str = "EUR", on: int = 0) -> dict[str, str]:
    """Which hold so many days ago."""
    found = queries.rates(into=into, currencies=currencies, on=TODAY - on * DAY)
    return {code: str(rate) for code in currencies if (rate := found.holding(code))}


@pytest.mark.django_db
def test_a_newer_one_wins_from_its_day_on() -> None:
    a_rate("USD 0.86 EUR", TODAY - 5 * DAY)
    a_rate("USD 0.90 EUR", TODAY - 20 * DAY)
    assert holding("USD") == {"USD": "1 USD = 0.86 EUR, 2026-11-24"}
    assert holding("USD", on=5) == {"USD": "1 USD = 0.86 EUR, 2026-11-24"}
    assert holding("USD", on=6) == {"USD": "1 USD = 0.9 EUR, 2026-11-09"}
    assert holding("USD", on=21) == {}


@pytest.mark.django_db
def test_after_31_days_it_is_too_old_and_still_known() -> None:
    rate = a_rate("USD 0.86 EUR", TODAY - 31 * DAY)
    assert holding("USD")
    late = queries.rates(into="EUR", currencies=["USD"], on=TODAY + DAY)
    assert late.holding("USD") is None
    assert late.newest == {"USD": rate}
    with pytest.raises(NotAddedUp) as refused:
        part(Money(1, "USD"), late)
    assert refused.value.lacking == {"USD": rate}


@pytest.mark.django_db
def test_what_is_withdrawn_gives_way_to_the_one_before() -> None:
    a_rate("USD 0.90 EUR", TODAY - 3 * DAY)
    wrong = a_rate("USD 90 EUR")
    operations.withdraw(rate=wrong, at=AT)
    assert holding("USD") == {"USD": "1 USD = 0.9 EUR, 2026-11-26"}


@pytest.mark.django_db
def test_the_other_way_round_will_do_where_it_is_newer() -> None:
    a_rate("EUR 19.5 MDL", TODAY - 2 * DAY, source="BNM")
    assert holding("MDL") == {"MDL": "1 EUR = 19.5 MDL, 2026-11-27"}
    a_rate("MDL 0.05 EUR", TODAY - 3 * DAY)
    assert holding("MDL") == {"MDL": "1 EUR = 19.5 MDL, 2026-11-27"}
    a_rate("MDL 0.051 EUR", TODAY - 2 * DAY)
    assert holding("MDL") == {"MDL": "1 MDL = 0.051 EUR, 2026-11-27"}
    assert holding("EUR", into="MDL") == {"EUR": "1 EUR = 19.5 MDL, 2026-11-27"}


@pytest.mark.django_db
def test_only_rates_of_these_currencies_and_no_way_over_a_third() -> None:
    a_rate("USD 17 MDL")
    a_rate("EUR 19.5 MDL")
    assert holding("USD", "MDL") == {"MDL": "1 EUR = 19.5 MDL, 2026-11-29"}
    assert holding("USD") == {}
    assert holding("EUR") == {}


@pytest.mark.django_db
def test_it_is_one_query_however_many_there_are() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as made:
            queries.rates(into="EUR", currencies=CODES, on=TODAY)
        return len(made)

    assert asked() == 1
    for back in range(40):
        for code in CODES[1:]:
            a_rate(f"{code} 0.5 EUR", TODAY - back * DAY)
    assert asked() == 1
    found = queries.rates(into="EUR", currencies=CODES, on=TODAY)
    assert {rate.on for rate in found.newest.values()} == {TODAY}
    assert len(found.newest) == 5
