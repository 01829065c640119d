"""A colleague at the desk: a notification that failed is tried again, a day is compared again.

By keyboard alone, on a phone and on a desk, light and dark.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader
from tests.journeys.desk import sign_in
from tests.journeys.trial import Trial
from tests.journeys.waiting import until
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)
FAILS = """
    UPDATE donations_inboundevent SET state = 'stuck', attempts = 100, error = ?
    WHERE gateway = 'stripe' AND kind = 'checkout.session.completed' AND state = 'done'
"""
ERROR = (
    "Traceback (most recent call last):\n  File \"words.py\", line 1, in parse\nKeyError: 'fee'\n"
)


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A window of the colleague's; what a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/"), Watch()
    watch.over(page.context)
    yield page
    page.context.close()
    assert watch.wrong == []


@pytest.fixture
def failed(trial: Trial, new_reader: NewReader) -> int:
    """A reader gave, and what Stripe told of it was not understood; how many such there are."""
    reader = new_reader()
    reader.begins()
    reader.pays()
    reader.is_in_the_books()
    return until(lambda: fail(trial), "no notification was understood")


def fail(trial: Trial) -> int:
    """As if what was understood by now had not been; how many there are."""
    with closing(sqlite3.connect(trial.books.path, timeout=20)) as database, database:
        return database.execute(FAILS, [ERROR]).rowcount


def press(desk: Page, role: str, name: str) -> None:
    """With the tab key to it, and Enter."""
    target = desk.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(target).to_be_visible()
    desk.locator("main").evaluate("main => { main.tabIndex = -1; main.focus(); }")
    for _key in range(60):
        desk.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            desk.keyboard.press("Enter")
            return
    pytest.fail(f"no key leads to {name}")


def check(desk: Page) -> None:
    """Axe finds nothing, light or dark, and nothing sticks out on a desk or on a phone."""
    desk.wait_for_load_state()
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert complaints(desk) == []
        assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth"), width


def test_a_notification_that_failed_is_tried_again(desk: Page, trial: Trial, failed: int) -> None:
    desk.goto(f"{trial.url}/staff/health/")
    expect(desk.get_by_text("Some notifications could not be understood")).to_be_visible()
    check(desk)

    desk.set_viewport_size({"width": WIDTHS[1], "height": 800})
    press(desk, "link", "checkout.session.completed")
    expect(desk.get_by_text("KeyError: 'fee'")).to_be_visible()
    check(desk)
    press(desk, "button", "Try again")
    expect(desk.get_by_role("status")).to_contain_text("It is being tried again.")
    check(desk)

    def understood() -> bool:
        desk.reload()
        return desk.get_by_text("It was understood, and is in the books.").is_visible()

    until(understood, "a worker has understood it")
    if failed > 1:
        press(desk, "link", "← Health")
        press(desk, "button", "failed again")
        expect(desk.get_by_role("status")).to_contain_text("tried again")


def test_the_books_are_compared_with_the_provider(desk: Page, trial: Trial, failed: int) -> None:
    desk.goto(f"{trial.url}/staff/reconciliation/")
    check(desk)
    desk.set_viewport_size({"width": WIDTHS[1], "height": 800})
    press(desk, "button", "Fetch what is missing")
    expect(desk.get_by_role("status").first).to_contain_text("A worker is at it.")
    expect(desk.get_by_text("Last compared:")).to_be_visible(timeout=30_000)
    expect(desk.get_by_role("heading", name="What stands at the provider")).to_be_visible()
    expect(desk.get_by_text("equal", exact=True).first).to_be_visible()
    check(desk)
    press(desk, "link", ", EUR")
    expect(desk.get_by_text("Everything that they have is in our books")).to_be_visible()
    check(desk)
    assert failed
