"""What links lead to, and what PayPal refuses about them."""

from decimal import Decimal

import pytest

from tests.standins.paypal import LinkRefusedError, PayPalStandin

from .paypal_asks import US, classic, donate, fetch, fields, gift, last, me, monthly


def test_paypal_me_sends_money_and_nothing_else(pal: PayPalStandin) -> None:
    paid = pal.pay_link(me(pal), note="keep going")
    told = last(pal)
    assert (paid.gross, paid.fee, paid.currency) == (Decimal("25.00"), Decimal("1.20"), "EUR")
    assert told["txn_type"] == "send_money"
    assert told["memo"] == "keep going"
    assert not {"custom", "invoice", "item_name", "business"} & set(told)


@pytest.mark.parametrize(
    ("rest", "amount", "currency"),
    [
        ("/25EUR", "25.00", "EUR"),
        ("/88.50USD", "88.50", "USD"),
        ("/1500JPY", "1500", "JPY"),
        ("/25", "25.00", "EUR"),
    ],
)
def test_paypal_me_amounts(pal: PayPalStandin, rest: str, amount: str, currency: str) -> None:
    pal.pay_link(me(pal, rest))
    assert (last(pal)["mc_gross"], last(pal)["mc_currency"]) == (amount, currency)


def test_the_donor_chooses_another_amount_at_paypal_me(pal: PayPalStandin) -> None:
    assert pal.pay_link(me(pal), amount="7.50").gross == Decimal("7.50")
    assert pal.pay_link(me(pal, ""), amount="3").gross == Decimal("3.00")
    with pytest.raises(LinkRefusedError, match="does not say"):
        pal.pay_link(me(pal, ""))
    with pytest.raises(LinkRefusedError, match="lets the donor choose"):
        pal.pay_link(donate(pal), amount="7.50")


@pytest.mark.parametrize("link", [donate, classic])
def test_what_a_donation_link_says_comes_back(pal: PayPalStandin, link: object) -> None:
    assert callable(link)
    pal.pay_link(link(pal, custom="don-7", item_name="Mulțumesc", item_number="web", invoice="7"))
    told = last(pal)
    assert told["txn_type"] == "web_accept"
    assert (told["custom"], told["transaction_subject"], told["invoice"]) == ("don-7", "don-7", "7")
    assert (told["item_name"], told["item_number"]) == ("Mulțumesc", "web")
    assert (told["business"], told["receiver_email"], told["receiver_id"]) == (
        US,
        US,
        pal.merchant_id,
    )


def test_an_account_is_named_by_its_id_too(pal: PayPalStandin) -> None:
    gift(pal, business=pal.merchant_id)
    assert last(pal)["receiver_email"] == US


def test_a_link_may_pay_somebody_else(pal: PayPalStandin) -> None:
    gift(pal, business="attacker@example.net")
    assert last(pal)["receiver_email"] == "attacker@example.net"
    assert last(pal)["receiver_id"] != pal.merchant_id


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"currency_code": "MDL"}, "currency MDL"),
        ({"currency_code": "RON"}, "currency RON"),
        ({"currency_code": "JPY", "amount": "1500.00"}, "JPY has no decimals"),
        ({"currency_code": "HUF", "amount": "5000.50"}, "HUF has no decimals"),
        ({"currency_code": "TWD", "amount": "1.5"}, "TWD has no decimals"),
        ({"amount": "10,00"}, "not an amount"),
        ({"amount": "1.234"}, "not an amount"),
        ({"amount": "-5"}, "not an amount"),
        ({"amount": "0.00"}, "more than zero"),
        ({"custom": "x" * 257}, "custom is longer"),
        ({"invoice": "x" * 128}, "invoice is longer"),
        ({"notify_url": "http://127.0.0.1/" + "x" * 255}, "notify_url is longer"),
        ({"business": "nobody"}, "whom to pay"),
        ({"business": ""}, "whom to pay"),
        ({"charset": "bogus"}, "no charset bogus"),
    ],
)
def test_a_donation_link_that_is_refused(
    pal: PayPalStandin, more: dict[str, str], why: str
) -> None:
    with pytest.raises(LinkRefusedError, match=why):
        gift(pal, **more)
    status, _, page = fetch(donate(pal, **more))
    assert (status, "Things do not appear to be working" in page) == (400, True)
    assert pal.ipns == []


@pytest.mark.parametrize(
    "rest",
    ["/25,00EUR", "/1.234EUR", "/25eur", "/EUR25", "/25MDL", "/10.5JPY", "/0EUR", "/25EUR/x"],
)
def test_a_paypal_me_link_that_is_refused(pal: PayPalStandin, rest: str) -> None:
    with pytest.raises(LinkRefusedError):
        pal.pay_link(me(pal, rest))


@pytest.mark.parametrize("handle", ["news-cafe", "x" * 21, "", "caf%C3%A9", "a/b/c"])
def test_a_handle_that_is_refused(pal: PayPalStandin, handle: str) -> None:
    with pytest.raises(LinkRefusedError):
        pal.pay_link(f"{pal.base_url}/paypalme/{handle}/5EUR")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"t3": "Q"}, "no period"),
        ({"p3": "25"}, "no period"),
        ({"p3": "0"}, "no period"),
        ({"p3": "6", "t3": "Y"}, "no period"),
        ({"srt": "1"}, "srt"),
        ({"srt": "53"}, "srt"),
        ({"a3": ""}, "not an amount"),
        ({"a1": "0", "p1": "1", "t1": "M"}, "trial"),
        ({"currency_code": "RON"}, "currency RON"),
    ],
)
def test_a_subscription_link_that_is_refused(
    pal: PayPalStandin, more: dict[str, str], why: str
) -> None:
    with pytest.raises(LinkRefusedError, match=why):
        pal.pay_link(monthly(pal, **more))


def test_an_invoice_is_paid_once(pal: PayPalStandin) -> None:
    gift(pal, invoice="i-1")
    with pytest.raises(LinkRefusedError, match="already been paid"):
        gift(pal, invoice="i-1")
    gift(pal, invoice="i-2")
    assert len(pal.ipns) == 2


def test_a_link_in_another_encoding(pal: PayPalStandin) -> None:
    pal.pay_link(f"{donate(pal, item_name='')}&charset=windows-1252&item_name=caf%E9")
    assert last(pal)["item_name"] == "café"


def test_no_note_where_the_link_says_so(pal: PayPalStandin) -> None:
    pal.pay_link(donate(pal, no_note="1"), note="hello")
    assert "memo" not in fields(pal.ipns[0])


def test_other_pages_are_unknown(pal: PayPalStandin) -> None:
    with pytest.raises(LinkRefusedError, match="no page"):
        pal.pay_link(f"{pal.base_url}/cgi-bin/webscr?cmd=_s-xclick&hosted_button_id=X")
