"""An editor at the desk: PayPal's file into the books, and whose the gifts are."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.gateways.activity import made, payment, renamed
from tests.journeys.axe import complaints
from tests.journeys.desk import sign_in
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A window of the editor's; what a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/"), Watch()
    watch.over(page.context)
    yield page
    page.context.close()
    assert watch.wrong == []


@pytest.fixture
def payer() -> str:
    """A name that nobody else has, so that a journey finds its own gift."""
    return f"Payer {uuid4().hex[:8]}"


def a_gift_of(payer: str, **changes: str) -> dict[str, str]:
    """A line of PayPal's file."""
    number = uuid4().hex[:17].upper()
    address = payer.replace(" ", ".").lower() + "@example.org"
    return payment(1, Name=payer, From_Email_Address=address, **changes) | {
        "Transaction ID": number
    }


def hand_in(desk: Page, body: bytes) -> None:
    """Upload a file, and wait until a worker has looked into it."""
    desk.get_by_role("navigation").get_by_role("link", name="PayPal file").click()
    desk.get_by_label("The file from PayPal, as CSV").set_input_files(
        {"name": "Download.csv", "mimeType": "text/csv", "buffer": body}
    )
    desk.get_by_role("button", name="Look into it").click()
    expect(desk).to_have_url(re.compile(r"/staff/paypal/\d+/$"))
    look(desk)


def look(desk: Page) -> None:
    """Until the page has looked often enough by itself."""
    expect(desk.get_by_role("status")).to_have_count(0)


def press(desk: Page, name: str) -> None:
    desk.get_by_role("button", name=name, exact=True).click()


def go_on(desk: Page) -> None:
    """Until the gifts are in the books."""
    press(desk, "Import this file")
    expect(desk.get_by_text("Gifts taken")).to_be_visible()


def card(desk: Page, payer: str) -> Locator:
    """The gift of this payer in the queue."""
    desk.get_by_role("navigation").get_by_role("link", name="Gifts to attribute").click()
    return desk.get_by_role("article").filter(has_text=payer)


def check(desk: Page, heading: str) -> None:
    """Axe finds nothing, light or dark, and nothing sticks out on a desk or on a phone."""
    expect(desk.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    desk.wait_for_load_state()
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 800})
        assert complaints(desk) == []
        assert not desk.evaluate("document.documentElement.scrollWidth > innerWidth"), width
    desk.set_viewport_size({"width": WIDTHS[0], "height": 800})


def test_from_paypals_file_to_a_supporter_and_back(desk: Page, payer: str) -> None:
    check(desk, "Overview")
    hand_in(desk, made([a_gift_of(payer, Note="=1+1 <b>Go on!</b>")]))
    expect(desk.get_by_text("This is what would be taken.")).to_be_visible()
    check(desk, "Download.csv")
    go_on(desk)
    check(desk, "Download.csv")

    gift = card(desk, payer)
    expect(gift).to_contain_text("=1+1 <b>Go on!</b>")
    check(desk, "Gifts to attribute")
    gift.get_by_role("button", name="New supporter").click()
    expect(desk.get_by_role("status")).to_contain_text(f"Attached to the new supporter {payer}")
    expect(card(desk, payer)).to_have_count(0)

    desk.get_by_role("link", name="What was decided").click()
    row = desk.get_by_role("row").filter(has_text=payer)
    check(desk, "What was decided")
    row.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("status")).to_contain_text("Taken back: the gift waits again.")
    expect(card(desk, payer)).to_have_count(1)


def test_a_gift_for_somebody_else_who_is_known(desk: Page, payer: str) -> None:
    """By keyboard alone, from the queue on."""
    other = f"{payer}-other"
    hand_in(desk, made([a_gift_of(payer), a_gift_of(other)]))
    go_on(desk)
    card(desk, other).get_by_role("button", name="New supporter").press("Enter")
    expect(desk.get_by_role("status")).to_be_visible()

    card(desk, payer).filter(has_not_text=other).get_by_role("link", name="Somebody else…").press(
        "Enter"
    )
    desk.get_by_role("searchbox").press_sequentially(other)
    desk.keyboard.press("Enter")
    found = desk.get_by_role("button", name=f"Attach {other}")
    expect(found).to_be_visible()
    check(desk, "Somebody else")
    found.press("Enter")
    note = desk.get_by_role("status")
    expect(note).to_contain_text(f"Attached to {other}")
    check(desk, "Gifts to attribute")
    note.get_by_role("button", name="Undo").press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Taken back")


def test_a_file_in_a_language_that_nobody_knows(desk: Page, payer: str) -> None:
    names = {"Date": f"Dato {payer}", "Transaction ID": "Nummer", "Status": "Stand"}
    line = a_gift_of(payer, Type="Gave", Status="Ferdig", Date="03/04/2026")
    hand_in(desk, made([renamed(line, names)]))
    check(desk, "Which column is it?")
    desk.get_by_label("Date").select_option(names["Date"])
    desk.get_by_label("Transaction ID").select_option("Nummer")
    desk.get_by_label("Status").select_option("Stand")
    press(desk, "Look into it with these answers")
    check(desk, "What do these types mean?")
    desk.get_by_label("Gave").select_option("payment")
    desk.get_by_label("Ferdig").select_option("completed")
    desk.get_by_label("“03/04/2026” is 3 April 2026").check()
    press(desk, "Look into it with these answers")
    expect(desk.get_by_text("This is what would be taken.")).to_be_visible()
    press(desk, "Throw this file away")
    expect(desk.get_by_text("This file was thrown away.")).to_be_visible()
    check(desk, "Download.csv")


def test_what_is_no_file_of_paypals(desk: Page) -> None:
    hand_in(desk, b"PK\x03\x04")
    check(desk, "This file cannot be taken")


def test_the_articles_and_the_way_out(desk: Page, trial: Trial) -> None:
    desk.get_by_role("navigation").get_by_role("link", name="Articles").click()
    check(desk, "What each article earned")
    press(desk, "Sign out")
    expect(desk).to_have_url(re.compile("/en/$"))
    desk.goto(f"{trial.url}/staff/")
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
