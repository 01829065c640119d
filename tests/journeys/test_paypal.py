"""PayPal leads to the newsroom's paypal.me address; the browser goes there, the test does not."""

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("amount", "currency", "address"),
    [
        ("10", "EUR", "https://paypal.me/newscafeeu/10EUR"),
        ("12,50", "USD", "https://paypal.me/newscafeeu/12.50USD"),
    ],
)
def test_paypal_is_told_amount_and_currency(
    either_reader: Reader, amount: str, currency: str, address: str
) -> None:
    reader = either_reader
    reader.watch.expect(host="paypal.me")
    reader.opens()
    reader.field("currency").select_option(currency)
    reader.fills(amount, method="paypal")
    with reader.page.expect_request(address):
        reader.sends()
    assert reader.trial.books.pledges(reader.email) == ["open"]


def test_paypal_without_an_address_is_enough(reader: Reader) -> None:
    reader.watch.expect(host="paypal.me")
    reader.opens(amount="10")
    reader.choice("method", "paypal").check()
    with reader.page.expect_request("https://paypal.me/newscafeeu/10EUR"):
        reader.sends()


def test_paypal_cannot_take_lei(reader: Reader) -> None:
    reader.watch.expect(422)
    reader.opens()
    reader.field("currency").select_option("MDL")
    reader.fills("100", method="paypal")
    reader.sends()
    expect(reader.page.locator("#error-currency")).to_contain_text("PayPal cannot take lei.")
    expect(reader.field("currency")).to_have_value("MDL")
    expect(reader.field("amount")).to_have_value("100")


def test_paypal_does_not_repeat(reader: Reader) -> None:
    reader.watch.expect(422)
    reader.opens()
    reader.fills("10", "month", "paypal")
    reader.sends()
    expect(reader.page.locator("#error-method")).to_contain_text("PayPal gives once.")
