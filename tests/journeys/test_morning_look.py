"""An editor opens the desk in the morning: one look, and what is behind it, by keyboard."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.desk import shows, sign_in
from tests.journeys.reader import Reader
from tests.journeys.trial import Trial
from tests.journeys.waiting import until
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)


def check(desk: Page) -> None:
    """Axe finds nothing, in daylight or in the dark, and nothing sticks out."""
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert complaints(desk) == []
        assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    desk.set_viewport_size({"width": WIDTHS[0], "height": 800})


def last_of(file: str) -> Decimal:
    """Monthly support at the end of the newest month in the file; 0 before anything is counted."""
    rows = list(csv.DictReader(file.splitlines()))
    return Decimal(rows[-1]["end"]) if rows else Decimal()


def latest_mrr(desk: Page, trial: Trial) -> Decimal:
    """What the file behind the figure says by now."""
    answer = desk.request.get(f"{trial.url}/staff/figures/mrr.csv?currency=EUR")
    return last_of(answer.body().decode("utf-8-sig"))


def test_the_morning_look(browser: Browser, trial: Trial, reader: Reader, tmp_path: Path) -> None:
    reader.begins("23", "month")
    reader.pays()
    reader.is_in_the_books()

    desk, watch = sign_in(browser, trial, "/staff/"), Watch()
    watch.over(desk.context)
    desk.goto(f"{trial.url}/staff/?currency=EUR")
    until(lambda: latest_mrr(desk, trial) >= 23, "the gift is not in the figures", seconds=60)
    shows(desk, desk.get_by_text("At the end"))
    expect(desk.get_by_role("img", name="How monthly support moved")).to_be_visible()
    check(desk)

    # The formula and the file behind a figure, by keyboard alone.
    heading = desk.get_by_role("heading", name="Monthly support (MRR)")
    tile = desk.locator(".tile").filter(has=heading)
    tile.locator("summary").focus()
    desk.keyboard.press("Enter")
    expect(tile.get_by_text("a yearly one is divided by 12")).to_be_visible()
    desk.keyboard.press("Tab")
    with desk.expect_download() as download:
        desk.keyboard.press("Enter")
    download.value.save_as(tmp_path / "mrr.csv")
    assert last_of((tmp_path / "mrr.csv").read_text("utf-8-sig")) >= 23
    watch.forgive("mrr.csv")  # Chromium calls a page that becomes a download aborted.

    # Another month, and back; the address says it.
    desk.get_by_role("link", name="12 months").click()
    expect(desk.get_by_role("link", name="12 months")).to_have_attribute("aria-current", "true")
    assert "currency=EUR&from=" in desk.url
    check(desk)
    desk.context.close()
    assert watch.wrong == []
