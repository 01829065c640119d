"""A treasurer finds people, keeps the list as a view, and takes it away as a file."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.desk import sign_in
from tests.journeys.reader import Reader
from tests.journeys.trial import Trial
from tests.journeys.waiting import until
from tests.journeys.watch import Watch
from tests.journeys.words import LANGUAGES

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A window of the treasurer's; what a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/donations/"), Watch()
    watch.over(page.context)
    yield page
    page.context.close()
    assert watch.wrong == []


@pytest.fixture
def address(reader: Reader) -> str:
    """Of a reader who has just given five euros."""
    reader.begins("5", "once")
    reader.pays()
    reader.is_in_the_books()
    return reader.email


def rows(desk: Page) -> Locator:
    return desk.locator("tbody tr")


def find(desk: Page, text: str) -> None:
    desk.get_by_role("searchbox").fill(text)
    with desk.expect_navigation():
        desk.get_by_role("searchbox").press("Enter")


def until_there(desk: Page, text: str) -> None:
    """A worker takes a moment to put a payment into the books."""

    def there() -> bool:
        find(desk, text)
        return rows(desk).count() > 0

    until(there, "the gift is not in the list")


def test_found_kept_and_taken_away(desk: Page, address: str, tmp_path: Path) -> None:
    part = address.partition("@")[0].removeprefix("ana-")
    until_there(desk, part)
    expect(rows(desk)).to_have_count(1)
    desk.get_by_text("Filter", exact=True).click()
    desk.get_by_role("combobox", name="Method").select_option("stripe")
    desk.get_by_role("button", name="Show these").click()
    expect(desk).to_have_url(re.compile(rf"/staff/donations/\?q={part}&method=stripe$"))
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert complaints(desk) == []
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.set_viewport_size({"width": WIDTHS[0], "height": 800})

    desk.get_by_text("Keep this list as a view").click()
    desk.get_by_label("Name of the view").fill(part)
    desk.get_by_role("button", name="Keep", exact=True).click()
    expect(desk.get_by_text(f"Kept as “{part}”.")).to_be_visible()
    desk.get_by_role("navigation", name="Saved views").get_by_role("link", name="All").click()
    desk.get_by_role("link", name=part, exact=True).click()
    expect(rows(desk)).to_have_count(1)

    desk.get_by_role("button", name="Export as CSV").click()
    expect(desk.get_by_text("Your file is ready.")).to_be_visible()
    assert complaints(desk) == []
    with desk.expect_download() as begun:
        desk.get_by_role("link", name="Download").click()
    path = tmp_path / "list.csv"
    begun.value.save_as(path)
    [_heads, line] = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert line[4:6] == ["5.00", "EUR"]


def test_a_row_leads_to_its_page_by_mouse_and_by_keyboard(desk: Page, address: str) -> None:
    until_there(desk, address)
    cell = rows(desk).first.locator("td.short").last.bounding_box()
    assert cell is not None
    desk.mouse.click(cell["x"] + 8, cell["y"] + 8)
    expect(desk).to_have_url(re.compile(r"/staff/donations/\d+/$"))
    desk.go_back()
    rows(desk).first.locator("a.row").focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/staff/donations/\d+/$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_is_wider_than_its_window(
    browser: Browser, trial: Trial, reader: Reader, language: str
) -> None:
    """With the columns that are usual and with all that there are, whose rows may scroll."""
    reader.begins("5", "month")
    reader.pays()
    reader.is_in_the_books()
    desk = sign_in(browser, trial, "/staff/donations/")
    desk.context.set_extra_http_headers({"accept-language": language})
    until_there(desk, reader.email)
    for path in ("donations", "supporters"):
        desk.goto(f"{trial.url}/staff/{path}/")
        assert desk.locator("html").get_attribute("lang") == language
        names = desk.locator("[name=cols]").evaluate_all("all => all.map(each => each.value)")
        every = "&".join(f"cols={name}" for name in names)
        for address in (desk.url, f"{desk.url}?{every}"):
            desk.goto(address)
            for width in (360, 800, 1000, 1200, 1280, 1440):
                desk.set_viewport_size({"width": width, "height": 800})
                content = desk.evaluate("document.documentElement.scrollWidth")
                assert content <= width, (address, width)
    desk.context.close()
