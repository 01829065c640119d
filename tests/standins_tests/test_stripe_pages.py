"""The pages as a browser without script sees them."""

import re
import threading
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift, paid, pledge


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def fetch(url: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, Location and body; redirects are not followed."""
    data = urlencode(form).encode() if form is not None else None
    try:
        response: HTTPResponse = build_opener(_Stay).open(Request(url, data, headers), timeout=5)
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", ""), error.read().decode()
    with response:
        return response.status, "", response.read().decode()


def url_of(session: stripe.checkout.Session) -> str:
    assert session.url is not None
    return session.url


def test_the_page_says_what_is_paid_and_that_no_money_moves(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, pledge(1250, customer_email="ana@example.org"))
    status, _, body = fetch(url_of(session))
    assert status == 200
    for text in ("No money moves", "Support", "12.50 EUR", "every month", "ana@example.org"):
        assert text in body
    assert "<script" not in body
    for name in ("card_number", "exp", "cvc", "email"):
        assert f'<label for="{name}">' in body


def test_what_others_wrote_is_escaped(standin: StripeStandin, client: stripe.StripeClient) -> None:
    asked = gift()
    asked["line_items"][0]["price_data"]["product_data"]["name"] = "<b>&"
    _, _, body = fetch(url_of(create(client, asked)))
    assert "&lt;b&gt;&amp;" in body


def test_paying_leads_back(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    form = {"email": "ion@example.org", "method": "card", "card_number": "4242 4242 4242 4242"}
    status, location, _ = fetch(url_of(session), form)
    assert (status, location) == (303, f"http://shop.example/thanks?session={session.id}")
    assert standin.object(session.id)["customer_details"]["email"] == "ion@example.org"
    _, _, body = fetch(url_of(session))
    assert "Already paid" in body
    assert f"thanks?session={session.id}" in body


def test_a_declined_card_shows_why(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    status, _, body = fetch(url_of(session), {"card_number": "4000000000009995"})
    assert status == 402
    assert "Your card was declined: insufficient funds" in body


@pytest.mark.parametrize(("choice", "status"), [("complete", 303), ("fail", 402)])
def test_three_d_secure(
    standin: StripeStandin, client: stripe.StripeClient, choice: str, status: int
) -> None:
    session = create(client, gift())
    number = "4000002500003155"
    _, _, body = fetch(url_of(session), {"card_number": number})
    assert "Complete authentication" in body
    answer, _, _ = fetch(url_of(session), {"card_number": number, "authentication": choice})
    assert answer == status


def test_bank_debit(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    status, _, _ = fetch(url_of(session), {"method": "delayed", "card_number": ""})
    assert status == 303
    assert standin.object(session.id)["payment_status"] == "unpaid"


def test_an_expired_session(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    standin.advance(days=2)
    _, _, body = fetch(url_of(session))
    assert "has expired" in body
    assert "http://shop.example/back" in body
    _, _, body = fetch(url_of(session), {"card_number": "4242424242424242"})
    assert "has expired" in body


def test_two_clicks_at_once_pay_once(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = create(client, gift())
    answers: list[int] = []
    barrier = threading.Barrier(4)

    def click() -> None:
        barrier.wait()
        answers.append(fetch(url_of(session), {"card_number": "4242424242424242"})[0])

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [303] * 4
    assert len(client.v1.charges.list().data) == 1


def test_forms_of_other_sites_are_refused(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift())
    form = {"card_number": "4242424242424242"}
    assert fetch(url_of(session), form, Origin="http://evil.example")[0] == 403
    assert fetch(url_of(session), form, Origin=standin.base_url)[0] == 303


def buttons(body: str) -> list[dict[str, str]]:
    """Every one-button form of the control page."""
    forms = re.findall(r'<form method="post" action="/control/">(.*?)</form>', body, re.DOTALL)
    return [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) for form in forms]


def test_every_button_of_the_control_page_works(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    create(client, gift())
    standin.pay_delayed(create(client, gift()).id)
    paid(standin, client, pledge())
    disputed = paid(standin, client, gift(), "4000000000000259")
    refunded = paid(standin, client, gift())
    standin.refund(refunded["payment_intent"], 100, status="pending")
    _, _, body = fetch(f"{standin.base_url}/control/")
    assert disputed["id"][:18] in body
    found = {(form["action"], form["value"]): form for form in buttons(body)}
    assert len(found) >= 20
    for form in found.values():
        status, location, answer = fetch(f"{standin.base_url}/control/", form)
        # What an earlier button already ended is refused in words.
        assert (status, location) == (303, "/control/") or "That did not work" in answer
    assert fetch(f"{standin.base_url}/control/")[0] == 200


def test_manners_on_the_control_page(standin: StripeStandin) -> None:
    form = {"action": "manners", "twice": "on", "late": "2"}
    assert fetch(f"{standin.base_url}/control/", form)[0] == 303
    assert (standin.manners.twice, standin.manners.late) == (True, 2.0)
    assert 'name="twice" checked' in fetch(f"{standin.base_url}/control/")[2]


def test_a_wrong_number_on_the_control_page_is_refused_in_words(standin: StripeStandin) -> None:
    for form in ({"action": "manners", "late": "soon"}, {"action": "advance", "value": "x"}):
        status, _, body = fetch(f"{standin.base_url}/control/", form)
        assert status == 400
        assert "That did not work" in body


def test_the_portal_page(standin: StripeStandin, client: stripe.StripeClient) -> None:
    session = paid(standin, client, pledge())
    asked = {"customer": session["customer"], "return_url": "http://shop.example/me"}
    url = client.v1.billing_portal.sessions.create(asked).url  # type: ignore[arg-type]
    assert "5.00 EUR" in fetch(url)[2]
    form = {"subscription": session["subscription"], "ends": "true"}
    assert fetch(url, form)[:2] == (303, "http://shop.example/me")
    assert standin.object(session["subscription"])["cancel_at_period_end"] is True
    other = paid(standin, client, pledge())
    assert fetch(url, {"subscription": other["subscription"], "ends": "true"})[0] == 400
    assert fetch(url, {"card_number": "4000000000000002"})[0] == 402


def test_a_failed_renewal_is_paid_on_the_invoice_page(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, pledge(), "4000000000000341")
    standin.renew(session["subscription"])
    sub = standin.object(session["subscription"])
    url = standin.object(sub["latest_invoice"])["hosted_invoice_url"]
    assert "5.00 EUR" in fetch(url)[2]
    assert fetch(url, {"card_number": "4000000000009995"})[0] == 402
    assert fetch(url, {"card_number": "4242424242424242"})[0] == 303
    assert sub["status"] == "active"
    assert "is paid" in fetch(url)[2]


@pytest.mark.parametrize("path", ["/pay/cs_test_x", "/pay/", "/nothing", "/portal/bps_x"])
def test_unknown_pages(standin: StripeStandin, path: str) -> None:
    assert fetch(standin.base_url + path)[0] == 404
