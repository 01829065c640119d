"""PayPal: a link, a page at PayPal, a message from it, a letter from us."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("10", "EUR", 1000), ("12,50", "USD", 1250)]
)
def test_a_gift_by_paypal_is_thanked_like_any_other(
    either_reader: Reader, amount: str, currency: str, minor: int
) -> None:
    reader = either_reader
    reader.opens()
    reader.field("currency").select_option(currency)
    reader.fills(amount, method="paypal")
    reader.sends()
    reader.pays_at_paypal()
    reader.is_thanked_once((minor, currency))
    assert reader.trial.books.pledges(reader.email) == ["fulfilled"]


def test_paypal_s_own_address_is_enough(reader: Reader) -> None:
    reader.goes_to("/en/paypal/?amount=10&currency=EUR")
    expect(reader.page.locator("[name=email]")).to_have_count(0)
    reader.sends()
    reader.pays_at_paypal()
    reader.is_thanked_once((1000, "EUR"))


def test_every_month_by_paypal_until_it_is_stopped_there(reader: Reader) -> None:
    reader.opens()
    reader.fills("5", "month", "paypal")
    reader.sends()
    reader.pays_at_paypal()
    reader.is_thanked_once((500, "EUR"))

    manage = reader.link_for_stopping()
    reader.page.goto(manage)
    reader.page.get_by_role("link", name="Stop it at PayPal").click()
    reader.page.get_by_label("E-mail of your PayPal account").fill(reader.email)
    reader.page.get_by_role("button", name="Show").click()
    reader.page.get_by_role("button", name=re.compile("Cancel")).click()
    farewell = reader.trial.letters.wait_for(reader.email, number=2)
    assert "stopped" in farewell.subject.lower() or "ended" in farewell.subject.lower()
    reader.page.goto(manage)
    reader.sees("Your support is stopped.")


def test_paypal_cannot_take_lei(reader: Reader) -> None:
    reader.watch.expect(422)
    reader.opens()
    reader.field("currency").select_option("MDL")
    reader.fills("100", method="paypal")
    reader.sends()
    expect(reader.page.locator("#error-currency")).to_contain_text("PayPal cannot take lei.")
    expect(reader.field("currency")).to_have_value("MDL")
    expect(reader.field("amount")).to_have_value("100")
