"""From the letter to one's own page: a code, the gifts, a receipt, and stopping in two clicks."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.account import Account
from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader
from tests.journeys.reader import Reader
from tests.journeys.test_keyboard import tab_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["ro", "ru"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_supporter_sees_their_gift_and_stops(
    new_reader: NewReader, language: str, script: bool
) -> None:
    reader = new_reader(java_script_enabled=script)
    account = Account(reader, language)
    account.holds_a_phone()
    account.gives()
    account.signs_in()
    expect(account.receipts).to_have_count(1)
    assert account.opens_a_receipt().startswith(b"%PDF-")
    assert account.fits_on_it()

    account.stop_link.click()
    reader.page.locator("#reason").fill("Plec în altă țară.")
    reader.page.locator("button.go").click()

    expect(account.stop_link).to_have_count(0)
    reader.trial.letters.wait_for(reader.email, number=3)
    assert reader.trial.books.subscriptions(reader.email) == ["active"]


@pytest.mark.parametrize("language", ["ro", "ru"])
def test_by_keyboard_alone(reader: Reader, language: str) -> None:
    account, keyboard = Account(reader, language), reader.page.keyboard
    account.holds_a_phone()
    account.gives()
    reader.goes_to(f"/{language}/account/")
    tab_to(reader, reader.page.locator("#email"))
    keyboard.type(reader.email)
    keyboard.press("Enter")
    expect(reader.page.locator("#code")).to_be_focused()
    keyboard.type(account.code())
    keyboard.press("Enter")
    expect(account.receipts).to_have_count(1)
    tab_to(reader, account.stop_link)
    keyboard.press("Enter")
    tab_to(reader, reader.page.locator("button.go"))
    keyboard.press("Enter")

    expect(account.stop_link).to_have_count(0)
    reader.trial.letters.wait_for(reader.email, number=3)


@pytest.mark.parametrize("language", ["ro", "ru"])
def test_axe_finds_nothing_on_any_of_the_pages(reader: Reader, language: str) -> None:
    account = Account(reader, language)
    account.holds_a_phone()
    account.gives()
    reader.goes_to(f"/{language}/account/")
    assert complaints(reader.page) == []
    account.asks_for_a_code()
    assert complaints(reader.page) == []
    reader.page.locator("#code").fill("0000-0000")
    reader.page.locator("form.card button[type=submit]").click()
    expect(reader.page.locator(".error")).to_be_visible()
    assert complaints(reader.page) == []
    reader.page.locator("#code").fill(account.code())
    reader.page.locator("form.card button[type=submit]").click()
    expect(account.receipts).to_have_count(1)
    reader.page.wait_for_load_state()
    for path in ("", "gifts/"):
        reader.goes_to(f"/{language}/account/{path}")
        assert complaints(reader.page) == []
    reader.goes_to(f"/{language}/account/")
    account.stop_link.click()
    expect(reader.page).to_have_url(re.compile(r"/stop/$"))
    assert complaints(reader.page) == []


def test_a_gift_besides_begins_with_what_is_known(either_reader: Reader) -> None:
    account = Account(either_reader, "en")
    account.gives()
    account.signs_in()

    either_reader.page.get_by_role("button", name="Give once besides").click()

    expect(either_reader.field("email")).to_have_value(either_reader.email)
    expect(either_reader.choice("interval", "once")).to_be_checked()


def test_the_page_can_be_left_and_is_closed_then(reader: Reader) -> None:
    account = Account(reader, "en")
    account.gives()
    account.signs_in()

    reader.page.get_by_role("button", name="Sign out").click()
    reader.sees("Support NewsCafe")
    reader.goes_to("/en/account/")

    expect(reader.page.locator("#email")).to_be_visible()


def test_the_receipt_in_the_letter_opens_without_a_code(reader: Reader) -> None:
    account = Account(reader, "en")
    account.gives()
    letter = reader.trial.letters.wait_for(reader.email)
    (link,) = [line for line in letter.text.splitlines() if "/receipt/?token=" in line]

    answer = reader.page.request.get(link)

    assert answer.headers["content-type"] == "application/pdf"
