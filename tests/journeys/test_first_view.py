"""The first view on a phone: small, quiet, nothing to scroll sideways, targets for thumbs."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewReader
from tests.journeys.reader import Reader
from tests.journeys.words import LANGUAGES

pytestmark = pytest.mark.browser
# What a server may send before it has to wait for the reader's first acknowledgement.
ONE_ROUND_TRIP = 14 * 1024
TARGETS = (
    "button:not(.vh), .go, .way, .languages button, summary, select, textarea, "
    "input:not([type=radio], [type=checkbox], [type=hidden]), "
    ".segments label, .presets label, .ways label, .checks label"
)
TRANSFERRED = """() => {
    const entries = [...performance.getEntriesByType("navigation"),
                     ...performance.getEntriesByType("resource")];
    return entries.map(({ name, transferSize }) => [name, transferSize]);
}"""


def width_of_content(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss, with its size."""
    found = []
    for target in page.locator(TARGETS).all():
        box = target.bounding_box()
        if box and min(round(box["width"], 2), round(box["height"], 2)) < 44:
            name = target.evaluate("element => element.outerHTML.slice(0, 60)")
            found.append(f"{box['width']:g}×{box['height']:g} {name}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_into_one_round_trip(reader: Reader, language: str) -> None:
    reader.opens(language)
    loaded = dict(reader.page.evaluate(TRANSFERRED))
    counted = {name: size for name, size in loaded.items() if not name.endswith(".svg")}
    assert {name.rsplit(".", 1)[-1] for name in counted} >= {"css", "js"}
    assert sum(counted.values()) <= ONE_ROUND_TRIP, counted


def test_no_cookie_and_no_stranger(reader: Reader) -> None:
    reader.opens()
    reader.speaks("ro")
    assert reader.page.context.cookies() == []
    assert reader.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_small_phone(new_reader: NewReader, language: str) -> None:
    reader = new_reader()
    reader.watch.expect(422)
    reader.page.set_viewport_size({"width": 320, "height": 640})
    reader.opens(language)
    for summary in reader.page.locator("summary").all():
        summary.click()
    assert width_of_content(reader.page) <= 320
    for currency in ("MDL", "RON"):
        reader.field("currency").select_option(currency)
        for interval in ("month", "year"):
            reader.choice("interval", interval).check()
            assert width_of_content(reader.page) <= 320, (currency, interval)
    reader.field("amount").fill("999999.99")
    reader.field("email").fill("a" * 60)
    reader.sends()
    expect(reader.page.get_by_role("alert")).to_be_focused()
    assert width_of_content(reader.page) <= 320


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_is_the_short_page_for_paypal(new_reader: NewReader, language: str) -> None:
    """With the amount in the address that leads there in one click."""
    reader = new_reader()
    reader.watch.expect(422)
    reader.page.set_viewport_size({"width": 320, "height": 640})
    reader.goes_to(f"/{language}/paypal/?amount=1234.50&currency=EUR")
    way = reader.page.get_by_role("link", name="1234.50EUR")
    box = way.bounding_box()
    assert box
    assert box["height"] >= 44
    assert width_of_content(reader.page) <= 320
    reader.field("amount").fill("")
    reader.sends()
    expect(reader.page.get_by_role("alert")).to_be_focused()
    expect(reader.page.locator("[name=email]")).to_have_count(0)
    assert width_of_content(reader.page) <= 320


@pytest.mark.parametrize("width", [320, 1100])
def test_thumbs_find_their_targets(reader: Reader, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 800})
    reader.opens()
    assert small_targets(reader.page) == []
    reader.goes_to("/en/thanks/?session_id=cs_test_unknown")
    assert small_targets(reader.page) == []


def test_text_can_be_twice_as_large(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 640, "height": 800})
    reader.opens("ru")
    reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert width_of_content(reader.page) <= 640
    expect(reader.button).to_be_visible()
