"""Links to PayPal, exactly; and that nobody can make them lead elsewhere."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from donations.gateways.base import CheckoutRequest, GatewayRefused
from donations.gateways.paypal import PayPalGateway, links, me_address, me_link, takes
from donations.money import Money
from donations.outlet import queries as outlets
from donations.outlet.queries import OutletFacts

pytestmark = pytest.mark.django_db
NOTIFY = "https://give.example/webhooks/paypal/ipn/"
EUR = Money(1050, "EUR")


def newsroom(**changes: Any) -> OutletFacts:
    return replace(outlets.current(), paypal_email="gifts@example.org", **changes)


def request(**changes: Any) -> CheckoutRequest:
    fields: dict[str, Any] = {
        "money": Money(1000, "EUR"),
        "interval": "once",
        "email": "ana@example.org",
        "language": "ro",
        "title": "Susținere pentru NewsCafe & Co",
        "pledge_token": "don-7",
        "reference_code": "7KM2-9QXC",
        "idempotency_key": "k",
        "return_url": "https://give.example/ro/thanks/?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://give.example/ro/?canceled=1&amount=10.00",
    }
    return CheckoutRequest(**fields | changes)


def link(outlet: OutletFacts | None = None, **changes: Any) -> str:
    return links.checkout_link(outlet or newsroom(), request=request(**changes), notify_url=NOTIFY)


COMMON = (
    "&business=gifts%40example.org&item_name=Sus%C8%9Binere%20pentru%20NewsCafe%20%26%20Co"
    "&currency_code=EUR&custom=don-7&charset=utf-8&lc=ro_RO"
    "&notify_url=https%3A%2F%2Fgive.example%2Fwebhooks%2Fpaypal%2Fipn%2F"
    "&return=https%3A%2F%2Fgive.example%2Fro%2Fthanks%2F%3Fsession_id%3D7KM2-9QXC"
    "&cancel_return=https%3A%2F%2Fgive.example%2Fro%2F%3Fcanceled%3D1%26amount%3D10.00"
)
WEBSCR = "https://www.paypal.com/cgi-bin/webscr?cmd="


def test_a_gift() -> None:
    assert link() == f"{WEBSCR}_donations&amount=10.00&no_shipping=1{COMMON}"


@pytest.mark.parametrize(("interval", "unit"), [("month", "M"), ("year", "Y")])
def test_an_agreement(interval: str, unit: str) -> None:
    terms = f"&a3=10.00&p3=1&t3={unit}&src=1&sra=1&no_note=1&no_shipping=1"
    assert link(interval=interval) == f"{WEBSCR}_xclick-subscriptions{terms}{COMMON}"


def test_the_account_s_number_is_enough() -> None:
    outlet = newsroom(paypal_merchant_id="S8XGHLYDW9T3S")
    assert "&business=gifts%40example.org&" in link(outlet)
    assert "&business=S8XGHLYDW9T3S&" in link(replace(outlet, paypal_email=""))


@pytest.mark.parametrize(
    ("money", "text", "short"),
    [
        (Money(1000, "EUR"), "10.00", "10EUR"),
        (EUR, "10.50", "10.50EUR"),
        (Money(50, "GBP"), "0.50", "0.50GBP"),
        (Money(100_000, "USD"), "1000.00", "1000USD"),
        (Money(1500, "JPY"), "1500", "1500JPY"),
        (Money(500_000, "HUF"), "5000", "5000HUF"),
        (Money(90_000, "TWD"), "900", "900TWD"),
        (Money(500_050, "HUF"), "", ""),
        (Money(90_001, "TWD"), "", ""),
        (Money(20_000, "MDL"), "", ""),
        (Money(5000, "RON"), "", ""),
        (Money(5000, "UAH"), "", ""),
    ],
    ids=str,
)
def test_amounts_in_each_currency(money: Money, text: str, short: str) -> None:
    if text:
        assert parse_qs(urlsplit(link(money=money)).query)["amount"] == [text]
        assert parse_qs(urlsplit(link(money=money, interval="month")).query)["a3"] == [text]
        assert me_link(newsroom(), money=money) == f"https://paypal.me/newscafeeu/{short}"
    else:
        assert link(money=money) == link(money=money, interval="month") == ""
        assert me_link(newsroom(), money=money) == ""


def test_what_paypal_cannot_take_is_refused() -> None:
    with pytest.raises(GatewayRefused):
        PayPalGateway().start_checkout(request(money=Money(20_000, "MDL")))


@pytest.mark.parametrize("interval", ["once", "month", "year"])
def test_lei_are_not_offered_even_if_staff_list_them(interval: str) -> None:
    outlet = newsroom(paypal_currencies=("MDL", "EUR", "RON", "UAH", "HUF"))
    assert takes(outlet, interval=interval) == ("EUR", "HUF")


def test_a_name_alone_gives_once() -> None:
    outlet = replace(newsroom(), paypal_email="")
    assert link(outlet, money=EUR) == "https://paypal.me/newscafeeu/10.50EUR"
    assert link(outlet, interval="month") == ""
    assert takes(outlet, interval="month") == ()


@pytest.mark.parametrize("handle", ["", "news cafe", "a/b", "x" * 21, "é", "a\n", "../x", "a?b"])
def test_a_name_that_is_none_makes_no_link(handle: str) -> None:
    outlet = replace(newsroom(paypal_handle=handle), paypal_email="")
    assert me_address(outlet) == me_link(outlet, money=EUR) == link(outlet) == ""
    assert takes(outlet, interval="once") == ()


def test_another_website_has_the_same_pages(settings: Settings) -> None:
    settings.PAYPAL_WEBSITE_URL = "https://www.sandbox.paypal.com"
    place = "https://www.sandbox.paypal.com"
    assert link().startswith(f"{place}/cgi-bin/webscr?cmd=_donations&")
    assert me_link(newsroom(), money=EUR) == f"{place}/paypalme/newscafeeu/10.50EUR"
    assert me_address(newsroom()) == f"{place}/paypalme/newscafeeu"
    assert links.stop_link(newsroom()) == (
        f"{place}/cgi-bin/webscr?cmd=_subscr-find&alias=gifts%40example.org"
    )


hostile = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            *("&business=evil@example.net", "x&amount=0.01#", "?cmd=_cart", "\r\nLocation: //evil"),
            *("//evil.example/", "javascript:alert(1)", "{business}", "{0.__class__}", "%26a=b"),
            *("@evil.example", "\\evil.example", "Ștefan 🌻 עדי", "{CHECKOUT_SESSION_ID}"),
        )
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(title=hostile, article=hostile, token=hostile, interval=st.sampled_from(("once", "month")))
def test_nobody_adds_a_parameter_or_changes_the_host(
    title: str, article: str, token: str, interval: str
) -> None:
    cancel = f"https://give.example/ro/?article={article}"
    url = link(title=title, pledge_token=token, cancel_url=cancel, interval=interval)
    parts = urlsplit(url)
    found = parse_qsl(parts.query, keep_blank_values=True)
    plain = parse_qsl(urlsplit(link(interval=interval)).query, keep_blank_values=True)

    assert (parts.scheme, parts.netloc, parts.path) == (
        *("https", "www.paypal.com", "/cgi-bin/webscr"),
    )
    assert parts.fragment == ""
    assert [name for name, _value in found] == [name for name, _value in plain]
    told = dict(found)
    assert (told["item_name"], told["custom"], told["cancel_return"]) == (title, token, cancel)
    assert url.isascii()
    assert url.isprintable()


def test_what_is_too_long_for_paypal_is_cut() -> None:
    cancel = "https://give.example/ro/?article=" + "a" * 1000
    told = parse_qs(urlsplit(link(title="ț" * 200, cancel_url=cancel)).query)
    assert told["item_name"] == ["ț" * 127]
    assert told["cancel_return"] == ["https://give.example/ro/"]
