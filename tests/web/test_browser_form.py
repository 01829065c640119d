"""What the reader sees is what is charged, with and without script."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.utils import translation
from playwright.sync_api import Browser, Page, expect

from donations.money import parse_amount
from donations.outlet.queries import CACHE_KEY, OutletFacts
from donations.web.offers import sentence

pytestmark = pytest.mark.browser


def amounts(phone: Page) -> list[str]:
    """The buttons in sight."""
    return [label.strip() for label in phone.locator(".presets label:visible").all_inner_texts()]


def scripted(phone: Page) -> bool:
    """Whether this run has the script."""
    return phone.locator("#go .open").count() == 0


def test_only_the_chosen_currency_and_interval_are_offered(phone: Page) -> None:
    phone.goto("/en/")
    once = amounts(phone)
    phone.get_by_label("Every month").check()
    monthly = amounts(phone)
    phone.get_by_label("Currency").select_option("RON")

    assert once == ["€5", "€10", "€20", "€50"]
    assert monthly == ["€3", "€5", "€10", "€20"]
    assert len(amounts(phone)) == 4
    assert all("RON" in amount for amount in amounts(phone))


def test_a_picked_amount_stays_in_sight_when_the_interval_changes(phone: Page) -> None:
    phone.goto("/en/")
    phone.get_by_label("€50").check()
    phone.get_by_label("Every month").check()

    assert amounts(phone) == ["€3", "€5", "€10", "€20", "€50"]


def test_an_amount_of_another_currency_is_never_sent(phone: Page) -> None:
    phone.goto("/en/")
    phone.get_by_label("€50").check()
    phone.get_by_label("Currency").select_option("USD")
    phone.locator("#go").click()

    expect(phone.locator("#error-amount")).to_contain_text(re.compile("Choose (the|an) amount"))


def test_a_paypal_name_alone_says_early_that_it_gives_once(
    phone: Page, outlet: OutletFacts
) -> None:
    cache.set(CACHE_KEY, replace(outlet, paypal_email=""))
    phone.goto("/en/?utm_source=alone")
    phone.get_by_label("PayPal").check()
    hint = phone.locator(".early")
    expect(hint).to_be_hidden()
    phone.get_by_label("Every month").check()
    expect(hint).to_be_visible()


def test_what_is_typed_takes_the_light_off_the_buttons(phone: Page) -> None:
    phone.goto("/en/")
    phone.get_by_label("€50").check()
    lit = phone.locator("label:has([value='EUR:5000']) span")
    before = lit.evaluate("each => getComputedStyle(each).boxShadow")
    phone.get_by_label("Or another amount").fill("7")
    phone.wait_for_timeout(200)
    after = lit.evaluate("each => getComputedStyle(each).boxShadow")

    assert before != "none"
    assert after == "none"


def test_the_button_says_what_will_happen_or_nothing_wrong(phone: Page) -> None:
    phone.goto("/en/?amount=12.50&interval=month")
    button = phone.locator("#go")
    expect(button).to_have_text("Give €12.50 every month", use_inner_text=True)

    phone.get_by_label("Every year").check()
    changed = "Give €12.50 every year" if scripted(phone) else "Continue to payment"
    expect(button).to_have_text(changed, use_inner_text=True)

    phone.get_by_label("Every month").check()
    phone.get_by_label("Or another amount").fill("1250")
    changed = "Give €1,250 every month" if scripted(phone) else "Continue to payment"
    expect(button).to_have_text(changed, use_inner_text=True)

    phone.get_by_label("Or another amount").fill("")
    expect(button).to_have_text("Continue to payment", use_inner_text=True)


@pytest.mark.parametrize("language", ["en", "ro", "ru"])
def test_the_script_writes_what_the_server_writes(
    chromium: Browser, server: str, outlet: OutletFacts, language: str
) -> None:
    page = chromium.new_page(base_url=server)
    page.goto(f"/{language}/")
    for currency in ("EUR", "MDL"):
        for typed in ("5", "234567", "9.05", "200,5", "1 000"):
            page.locator("#currency").select_option(currency)
            page.locator("#amount").fill(typed)
            money = parse_amount(typed, currency)
            with translation.override(language):
                expected = sentence(money, "once", language)
            assert page.locator("#go").text_content() == expected
    page.close()


def test_enter_sends_the_form_rather_than_switching_the_language(phone: Page) -> None:
    phone.goto("/en/")
    phone.get_by_label("E-mail").fill("ana")
    phone.get_by_label("E-mail").press("Enter")

    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator("#error-email")).to_be_visible()


def test_the_language_switch_loses_nothing(phone: Page) -> None:
    phone.goto("/en/?article=https://news.example/a")
    phone.get_by_label("Every month").check()
    phone.get_by_label("€10", exact=True).check()
    phone.get_by_role("textbox", name="Name").fill("Ștefan")
    phone.get_by_text("Add a message").click()
    phone.get_by_role("textbox", name="Message").fill("Bună!\nȘi la revedere.")
    phone.get_by_label("Show my name").check()
    phone.get_by_role("button", name="Română").click()

    expect(phone.locator("html")).to_have_attribute("lang", "ro")
    expect(phone.get_by_label("În fiecare lună")).to_be_checked()
    expect(phone.locator("[value='EUR:1000']")).to_be_checked()
    expect(phone.locator("#name")).to_have_value("Ștefan")
    expect(phone.locator("#message")).to_have_value("Bună!\nȘi la revedere.")
    expect(phone.locator("[name=public]")).to_be_checked()
    expect(phone.locator("[name=article]")).to_have_value("https://news.example/a")
    expect(phone.locator(".summary")).to_have_count(0)
    expect(phone.locator("#go")).to_have_text(
        "Susțin cu 10 EUR în fiecare lună", use_inner_text=True
    )


def test_errors_take_the_focus_and_lead_to_their_fields(phone: Page) -> None:
    phone.goto("/en/")
    phone.locator("#go").click()

    expect(phone.locator(".summary")).to_be_focused()
    phone.get_by_role("link", name="Enter your e-mail address").click()
    expect(phone.locator("#email")).to_be_focused()


def test_the_whole_form_works_from_the_keyboard(phone: Page) -> None:
    phone.goto("/en/")
    phone.locator("#interval").focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")

    expect(phone.get_by_label("Every month")).to_be_checked()
    expect(phone.get_by_label("€3", exact=True)).to_be_checked()
    expect(phone.locator("#currency")).to_be_focused()
