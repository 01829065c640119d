"""The pages as a browser without script sees them."""

import re
from decimal import Decimal

import pytest

from tests.standins.paypal import PayPalStandin

from .paypal_asks import classic, donate, fetch, form_of, gift, kinds, last, me, monthly

BACK = "http://shop.example/thanks?x=1&y=2"


def send(pal: PayPalStandin, form: dict[str, str], **headers: str) -> tuple[int, str, str]:
    return fetch(f"{pal.base_url}/standin/pay", form, **headers)


@pytest.mark.parametrize(
    ("link", "texts"),
    [
        (me, ["Send money", "Amount in EUR", 'value="25.00"', "Add a note", "One time"]),
        (donate, ["Support", "10.00 EUR", "One time", "Add a note"]),
        (classic, ["10.00 EUR", "One time"]),
        (monthly, ["Monthly support", "5.00 EUR", "Every month"]),
    ],
)
def test_what_a_page_says(pal: PayPalStandin, link: object, texts: list[str]) -> None:
    assert callable(link)
    status, _, page = fetch(link(pal))
    assert status == 200
    for text in ("No money moves", "office@rudeana.com", "Cancel", *texts):
        assert text in page
    assert "<script" not in page
    for name in ("payer_name", "payer_email"):
        assert f'<label for="{name}">' in page


def test_paying_leads_back(pal: PayPalStandin) -> None:
    url = classic(
        pal, custom="don-7", **{"return": BACK, "cancel_return": "http://shop.example/no"}
    )
    page = fetch(url)[2]
    assert 'href="http://shop.example/no"' in page
    assert send(pal, form_of(page) | {"note": "hello"})[:2] == (303, BACK)
    told = last(pal)
    assert (told["payer_email"], told["first_name"]) == ("ion@example.org", "Ion")
    assert (told["custom"], told["memo"]) == ("don-7", "hello")


def test_without_an_address_to_go_back_to(pal: PayPalStandin) -> None:
    page = fetch(classic(pal, **{"return": "javascript:alert(1)"}))[2]
    assert "/standin/canceled" in page
    status, _, thanks = send(pal, form_of(page))
    assert (status, "Thank you" in thanks) == (200, True)
    assert "Nothing was paid" in fetch(f"{pal.base_url}/standin/canceled")[2]


def test_two_clicks_pay_once(pal: PayPalStandin) -> None:
    form = form_of(fetch(classic(pal, **{"return": BACK}))[2])
    assert send(pal, form)[:2] == send(pal, form)[:2] == (303, BACK)
    assert kinds(pal) == ["web_accept"]
    assert send(pal, form_of(fetch(classic(pal))[2]))[0] == 200
    assert len(pal.ipns) == 2


def test_the_amount_is_the_donor_s_at_paypal_me(pal: PayPalStandin) -> None:
    form = form_of(fetch(me(pal))[2])
    status, _, page = send(pal, form | {"amount": "12,5"})
    assert (status, "is not an amount" in page, 'value="12,5"' in page) == (422, True, True)
    assert send(pal, form | {"amount": "12.50"})[0] == 200
    assert last(pal)["mc_gross"] == "12.50"


def test_the_amount_of_a_donation_link_is_not(pal: PayPalStandin) -> None:
    send(pal, form_of(fetch(donate(pal))[2]) | {"amount": "1.00"})
    assert last(pal)["mc_gross"] == "10.00"


def test_an_address_is_needed(pal: PayPalStandin) -> None:
    status, _, page = send(pal, form_of(fetch(me(pal))[2]) | {"payer_email": " "})
    assert (status, 'role="alert"' in page) == (422, True)
    assert pal.ipns == []


def test_from_the_bank(pal: PayPalStandin) -> None:
    send(pal, form_of(fetch(donate(pal))[2]) | {"funding": "bank"})
    assert last(pal)["payment_status"] == "Pending"


def test_the_monthly_box_of_the_donate_page(pal: PayPalStandin) -> None:
    assert "monthly donation" not in fetch(donate(pal, no_recurring="1"))[2]
    form = form_of(fetch(donate(pal, no_recurring="0"))[2])
    send(pal, form | {"monthly": "1"})
    assert kinds(pal)[0] == "recurring_payment_profile_created"


def test_an_old_button_is_a_form(pal: PayPalStandin) -> None:
    address, _, query = classic(pal).partition("?")
    status, _, page = fetch(address, query.encode())
    assert status == 200
    assert send(pal, form_of(page))[0] == 200
    assert len(pal.ipns) == 1


def test_what_others_wrote_is_escaped(pal: PayPalStandin) -> None:
    page = fetch(donate(pal, item_name="<b>&", business="<i>@x.example"))[2]
    assert "&lt;b&gt;&amp;" in page
    assert "<i>" not in page


def test_forms_of_other_sites_are_refused(pal: PayPalStandin) -> None:
    form = form_of(fetch(donate(pal))[2])
    assert send(pal, form, Origin="http://evil.example")[0] == 403
    assert send(pal, form, Origin=pal.base_url)[0] == 200


def test_a_donor_stops_by_themselves(pal: PayPalStandin) -> None:
    paid = pal.pay_link(monthly(pal))
    page = f"{pal.base_url}/cgi-bin/webscr?cmd=_subscr-find&alias=office%40rudeana.com"
    assert "payer_email" in fetch(page)[2]
    assert "nothing that would be paid" in fetch(f"{page}&payer_email=ion%40example.org")[2]
    assert "nothing that" in fetch(f"{page}x&payer_email=ana%40example.org")[2]
    found = fetch(f"{page}&payer_email=ANA%40example.org")[2]
    assert "5.00 EUR" in found
    assert paid.sub in found
    stop = f"{pal.base_url}/standin/stop"
    assert "Stopped" in fetch(stop, {"subscription": paid.sub})[2]
    assert kinds(pal)[-1] == "subscr_cancel"
    assert fetch(stop, {"subscription": paid.sub})[0] == 400


def buttons(body: str) -> list[dict[str, str]]:
    """Every one-button form of the control page."""
    forms = re.findall(r'<form method="post" action="/control/">(.*?)</form>', body, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


def test_every_button_of_the_control_page_works(pal: PayPalStandin) -> None:
    pal.pay_link(monthly(pal))
    pal.pay_link(donate(pal), pending=True)
    pal.reverse(gift(pal))
    pal.open_case(gift(pal))
    control = f"{pal.base_url}/control/"
    found = {(form["action"], form["value"]): form for form in buttons(fetch(control)[2])}
    assert len(found) >= 20
    for form in found.values():
        status, location, answer = fetch(control, form)
        # What an earlier button already ended is refused in words.
        assert (status, location) == (303, "/control/") or "That did not work" in answer
    assert fetch(control)[0] == 200


def test_manners_on_the_control_page(pal: PayPalStandin) -> None:
    form = {"action": "manners", "twice": "on", "pending_first": "on", "verifier": "error"}
    assert fetch(f"{pal.base_url}/control/", form | {"late": "2"})[0] == 303
    assert (pal.manners.twice, pal.manners.pending_first, pal.manners.late) == (True, True, 2.0)
    assert pal.verifier.mode == "error"
    page = fetch(f"{pal.base_url}/control/")[2]
    assert 'name="twice" checked' in page
    assert "<option selected>error" in page


@pytest.mark.parametrize(
    "form",
    [
        {"action": "advance", "value": "x"},
        {"action": "refund", "id": "x"},
        {"action": "resend", "id": "x"},
        {"action": "manners", "late": "soon"},
        {"action": "dance"},
        {},
    ],
)
def test_nonsense_on_the_control_page_is_refused_in_words(
    pal: PayPalStandin, form: dict[str, str]
) -> None:
    assert fetch(f"{pal.base_url}/control/", form)[0] == 400


@pytest.mark.parametrize("path", ["/nothing", "/standin/pay", "/cgi-bin/", "/v1/charges"])
def test_unknown_pages(pal: PayPalStandin, path: str) -> None:
    assert fetch(pal.base_url + path)[0] == 404


def test_the_front_door(pal: PayPalStandin) -> None:
    assert fetch(pal.base_url)[:2] == (303, "/control/")
    assert Decimal(pal.pay_link(me(pal)).gross) == 25
