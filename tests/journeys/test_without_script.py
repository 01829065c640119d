"""JavaScript off, or not arrived yet on a slow line: everything still works."""

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


def presets_in_sight(reader: Reader) -> set[str | None]:
    labels = reader.page.locator("#give .presets label:visible input")
    return {preset.get_attribute("value") for preset in labels.all()}


def test_a_gift_needs_no_script(scriptless: Reader) -> None:
    scriptless.opens()
    scriptless.choice("preset", "EUR:1000").check()
    scriptless.field("email").fill(scriptless.email)
    expect(scriptless.button).to_have_text("Continue to payment")
    scriptless.sends()
    scriptless.pays()
    scriptless.is_thanked_once((1000, "EUR"))


def test_an_error_is_shown_and_mended_without_script(scriptless: Reader) -> None:
    scriptless.watch.expect(422)
    scriptless.opens()
    scriptless.fills(amount="")
    scriptless.sends()
    expect(scriptless.page.locator("#error-amount")).to_contain_text("Choose an amount")
    expect(scriptless.page.locator(".summary")).to_be_focused()
    expect(scriptless.field("email")).to_have_value(scriptless.email)
    scriptless.field("amount").fill("7,50")
    scriptless.sends()
    scriptless.pays()
    scriptless.is_thanked_once((750, "EUR"))


def test_the_button_says_what_the_address_chose(scriptless: Reader) -> None:
    scriptless.opens(amount="5", interval="month")
    expect(scriptless.button).to_have_text("Give €5 every month", use_inner_text=True)
    scriptless.choice("interval", "once").check()
    expect(scriptless.button).to_have_text("Continue to payment", use_inner_text=True)


def test_presets_follow_currency_and_interval_by_style_alone(scriptless: Reader) -> None:
    scriptless.opens()
    once = {"EUR:500", "EUR:1000", "EUR:2000", "EUR:5000"}
    assert presets_in_sight(scriptless) == once
    scriptless.field("currency").select_option("MDL")
    assert presets_in_sight(scriptless) == {"MDL:10000", "MDL:20000", "MDL:40000", "MDL:100000"}
    scriptless.choice("interval", "month").check()
    assert presets_in_sight(scriptless) == {"MDL:5000", "MDL:10000", "MDL:20000", "MDL:40000"}
