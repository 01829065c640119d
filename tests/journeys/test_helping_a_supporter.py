"""The treasurer helps one supporter: money back, and two records of one person made one."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader
from tests.journeys.desk import sign_in
from tests.journeys.reader import Reader
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A window of the treasurer's; what a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/"), Watch()
    watch.over(page.context)
    yield page
    page.context.close()
    assert watch.wrong == []


def give(reader: Reader, amount: str, interval: str = "once") -> str:
    """A gift by card; answers whose."""
    reader.begins(amount, interval)
    reader.pays()
    reader.is_in_the_books()
    return reader.email


def find(desk: Page, trial: Trial, email: str) -> None:
    """Their page, by a part of the address; the list counts again within a minute."""
    row = desk.locator("main tbody a").first
    for _second in range(90):
        desk.goto(f"{trial.url}/staff/supporters/?q={email}")
        if row.count():
            break
        desk.wait_for_timeout(1000)
    row.click()
    expect(desk.get_by_role("heading", name="What happened")).to_be_visible()


def check(desk: Page) -> None:
    """Axe finds nothing, light or dark, and nothing sticks out on a desk or on a phone."""
    desk.wait_for_load_state()
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert complaints(desk) == []
        assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    desk.set_viewport_size({"width": WIDTHS[0], "height": 800})


def test_found_and_given_back(desk: Page, trial: Trial, reader: Reader) -> None:
    find(desk, trial, give(reader, "20"))
    check(desk)
    desk.locator(".timeline").get_by_role("link", name="20.00").click()
    check(desk)
    desk.get_by_role("link", name="Give money back").click()
    check(desk)
    desk.get_by_label("How much").fill("5")
    desk.get_by_label("Why").fill("Given twice")
    desk.get_by_label("Yes, this money is to go back.").check()
    desk.get_by_role("button", name="Give it back").click()
    expect(desk.get_by_role("status")).to_contain_text("The money is on its way back.")
    expect(desk.get_by_role("heading", name="What went back")).to_be_visible()
    check(desk)


def test_an_agreement_is_paused_and_goes_on(desk: Page, trial: Trial, reader: Reader) -> None:
    find(desk, trial, give(reader, "5", "month"))
    desk.get_by_role("link", name="every month").first.click()
    check(desk)
    desk.get_by_text("Pause it…").click()
    desk.get_by_label("For how long").select_option("3")
    desk.get_by_role("button", name="Pause it").click()
    expect(desk.get_by_role("status")).to_contain_text("Paused.")
    desk.get_by_text("Go on…").click()
    check(desk)
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_role("status")).to_contain_text("It goes on")


def test_two_records_become_one_and_two_again(
    desk: Page, trial: Trial, new_reader: NewReader
) -> None:
    """By keyboard alone, from the first record on."""
    ana, other = give(new_reader(), "10"), give(new_reader(), "20")
    find(desk, trial, ana)
    desk.get_by_role("link", name="Merge with another").press("Enter")
    check(desk)
    desk.get_by_role("searchbox").press_sequentially(other)
    desk.keyboard.press("Enter")
    desk.get_by_role("link", name=re.compile("Compare")).press("Enter")
    expect(desk.get_by_role("heading", name="Are these one person?")).to_be_visible()
    check(desk)
    desk.get_by_label("Yes, these are one person.").press("Space")
    desk.get_by_role("button", name="Make them one").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("They are one now.")
    expect(desk.get_by_text(f"{other} · leads here")).to_be_visible()

    desk.get_by_role("link", name="Merge with another").press("Enter")
    desk.get_by_role("button", name=f"Undo {other}").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("They are two again")
    expect(desk.get_by_text("leads here")).to_have_count(0)
