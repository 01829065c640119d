"""Tab, arrows, Space and Enter are enough, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser
IS_FOCUSED = "element => element === document.activeElement"
# The ring is drawn on the field, or on the visible part beside a radio button.
HAS_RING = """() => {
    const focused = document.activeElement;
    const drawn = [focused, focused.nextElementSibling].filter(Boolean);
    return drawn.some((each) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
}"""


def tab_to(reader: Reader, target: Locator) -> None:
    for _step in range(40):
        if target.evaluate(IS_FOCUSED):
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def test_a_whole_gift_by_keyboard(reader: Reader) -> None:
    keyboard = reader.page.keyboard
    reader.opens()
    tab_to(reader, reader.choice("interval", "once"))
    keyboard.press("ArrowRight")
    expect(reader.choice("interval", "month")).to_be_checked()
    tab_to(reader, reader.choice("preset", "EUR:300"))
    keyboard.press("ArrowRight")
    keyboard.press("Space")
    expect(reader.choice("preset", "EUR:500")).to_be_checked()
    tab_to(reader, reader.field("email"))
    keyboard.type(reader.email)
    tab_to(reader, reader.field("public"))
    keyboard.press("Space")
    expect(reader.field("public")).to_be_checked()
    tab_to(reader, reader.button)
    expect(reader.button).to_have_text("Give €5 every month")
    keyboard.press("Enter")
    reader.is_at_payment()
    tab_to(reader, reader.page.locator("[name=card_number]"))
    keyboard.type("4242424242424242")
    keyboard.press("Enter")
    reader.is_thanked_once((500, "EUR"))


def test_enter_in_the_amount_sends_the_form_and_not_the_language(either_reader: Reader) -> None:
    either_reader.opens("ro")
    either_reader.fills()
    either_reader.field("amount").press("Enter")
    either_reader.is_at_payment()


def test_focus_is_always_seen(reader: Reader) -> None:
    reader.opens()
    unseen = []
    for _step in range(25):
        reader.page.keyboard.press("Tab")
        name = reader.page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        if not reader.page.evaluate(HAS_RING) and not re.match("<body", name):
            unseen.append(name)
    assert unseen == []
