"""Templates of links that a newsroom writes itself."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Pledge
from donations.outlet.models import Outlet
from tests.paypalroom import PayPalRoom, sample
from tests.web.form import errors, flat, send

pytestmark = pytest.mark.django_db
PAYPAL = {"method": "paypal", "email": ""}
BUTTON = "https://www.paypal.com/donate/?hosted_button_id=ABC&amount={amount}"
PLAN = "https://www.paypal.com/webapps/billing/plans/subscribe?plan_id=P-1&custom_id={custom}"


@pytest.fixture(autouse=True)
def _paypal_alone(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""


def test_a_link_that_carries_the_pledge_is_opened_at_once(client: Client) -> None:
    Outlet.objects.update(paypal_links={"month": PLAN})
    response = send(client, **PAYPAL, interval="month")

    pledge = Pledge.objects.get()
    assert response["Location"] == PLAN.format(custom=pledge.token) == pledge.checkout_url


def test_a_link_that_carries_nothing_is_opened_by_way_of_the_code(
    client: Client, paypal_room: PayPalRoom
) -> None:
    Outlet.objects.update(paypal_links={"once": BUTTON})
    response = send(client, "ro", **PAYPAL, amount="25")

    pledge = Pledge.objects.get()
    assert pledge.checkout_url == BUTTON.format(amount="25.00")
    path = f"/ro/paypal/note/?code={pledge.code}"
    assert response["Location"].endswith(path)
    page = flat(client.get(path))
    assert f"<output>{pledge.code}</output>" in page
    assert pledge.checkout_url.replace("&", "&amp;") in page

    paypal_room.post(paypal_room.paypal.sign(sample("paypalme_send_money", memo=pledge.code)))
    paypal_room.settle()
    assert pledge.donations.get().supporter is not None


@pytest.mark.parametrize("code", ["", "0000-0000", "x" * 500, "\0", "7KM2-9QXC", "' OR 1=1"])
def test_a_code_of_nobody_has_no_page(client: Client, code: str) -> None:
    assert client.get("/en/paypal/note/", {"code": code}).status_code == 404


def test_a_code_of_a_card_has_no_page(client: Client, paypal_room: PayPalRoom) -> None:
    pledge = paypal_room.promise("don-7", method="card")
    assert client.get("/en/paypal/note/", {"code": pledge.code}).status_code == 404


def test_forints_have_no_parts(client: Client) -> None:
    Outlet.objects.update(paypal_currencies=["HUF"])
    refused = send(client, **PAYPAL, currency="HUF", amount="5000.50")

    assert refused.status_code == 422
    assert "whole amounts" in errors(refused)["amount"][0]
    assert not Pledge.objects.exists()

    assert send(client, **PAYPAL, currency="HUF", amount="5000").status_code == 303
    assert "&amount=5000&" in Pledge.objects.get().checkout_url


GOOD = (
    BUTTON,
    PLAN,
    "{me}/{handle}/{amount}{currency}",
    "{website}/cgi-bin/webscr?cmd=_donations&business={business}&custom={custom}",
    "https://paypal.me/{handle}/{amount}{currency}",
)
BAD = (
    *("", 5, None, "javascript:alert(1)", "javascript://www.paypal.com/%0aalert(1)"),
    *("http://www.paypal.com/", "https://paypal.com.evil.example/", "//www.paypal.com/"),
    *("https://www.paypal.com.evil.example/", "https://www.paypal.com@evil.example/"),
    *("https://evil.example/https://www.paypal.com/", "https://www.paypal.com", "{website}"),
    *("{website}.evil.example/", "{website}@evil.example/", "{me}.evil.example/", "{custom}"),
    *("{website}/{0.__class__}", "{website}/{amount.__class__}", "{website}/{amount[0]}"),
    *("{website}/{}", "{website}/{0}", "{website}/{secret_key}", "{website}/{amount"),
    *("{website}/{amount!r}", "{website}/{amount:>999999999}", "{website}/{amount:{currency}}"),
    *("{website}/ {amount}", "{website}/\n{amount}", '{website}/"onclick="', "{website}/<b>"),
    *("{website}/\\evil", "{website}/ț", " {website}/"),
)


def check(templates: object) -> None:
    """As when staff save it."""
    outlet = Outlet.objects.get()
    outlet.paypal_links = templates
    outlet.full_clean()


@pytest.mark.parametrize("template", GOOD)
@pytest.mark.parametrize("name", ["me", "once", "month", "year"])
def test_a_template_that_leads_to_paypal(name: str, template: str) -> None:
    check({name: template})


@pytest.mark.parametrize("template", BAD, ids=repr)
def test_a_template_that_leads_elsewhere_or_asks_for_more(template: object) -> None:
    with pytest.raises(ValidationError, match="paypal_links"):
        check({"once": template})


@pytest.mark.parametrize("templates", ["x", 5, [1], {"week": BUTTON}, {"": BUTTON}, {"once": {}}])
def test_templates_that_are_none(templates: object) -> None:
    with pytest.raises(ValidationError, match="paypal_links"):
        check(templates)


@pytest.mark.parametrize("nothing", [{}, [], ""])
def test_nothing_is_no_template_however_it_is_written(client: Client, nothing: object) -> None:
    check(nothing)
    Outlet.objects.update(paypal_links=nothing, minimums=nothing)
    assert client.get("/en/").status_code == 200
