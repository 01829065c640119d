"""Axe finds nothing in any state that a reader may meet, light or dark."""

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import complaints
from tests.journeys.reader import Reader
from tests.journeys.words import LANGUAGES, WORDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_support_page(reader: Reader, language: str) -> None:
    reader.opens(language)
    for summary in reader.page.locator("summary").all():
        summary.click()
    assert complaints(reader.page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_with_mistakes(reader: Reader, language: str) -> None:
    reader.watch.expect(422)
    reader.opens(language)
    reader.field("email").fill("ana@")
    reader.sends()
    expect(reader.page.get_by_role("alert")).to_be_focused()
    assert complaints(reader.page) == []


def test_the_page_after_cancelling(reader: Reader) -> None:
    reader.opens(canceled="1", amount="10")
    assert complaints(reader.page) == []


def test_thanks_and_the_page_for_stopping(reader: Reader) -> None:
    reader.begins("5", "month")
    reader.pays()
    reader.sees("Thank you!")
    assert complaints(reader.page) == []
    reader.page.goto(reader.link_for_stopping())
    assert complaints(reader.page) == []
    reader.page.get_by_role("button", name="Stop my support").click()
    reader.sees("Your support is stopped.")
    assert complaints(reader.page) == []


def test_waiting_for_the_bank(reader: Reader) -> None:
    reader.begins()
    reader.pays_by_debit()
    reader.sees("One moment")
    reader.page.route("**/*", lambda route: route.abort())  # It stays as it is from now on.
    assert complaints(reader.page) == []
    reader.watch.forgive("net::ERR_FAILED")


def test_a_payment_that_was_not_made(reader: Reader) -> None:
    reader.begins()
    session = reader.is_at_payment().rsplit("/", 1)[-1]
    reader.provider.act("expire", session)
    reader.goes_to(f"/en/thanks/?session_id={session}")
    reader.sees("Nothing was charged.")
    assert complaints(reader.page) == []


def test_a_payment_that_nobody_knows(reader: Reader) -> None:
    reader.goes_to("/en/thanks/?session_id=cs_test_unknown")
    reader.sees("We cannot find this payment")
    assert complaints(reader.page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_is_not_there(reader: Reader, language: str) -> None:
    """The trial has DEBUG on; a language that we do not speak shows our own page all the same."""
    reader.watch.expect(404)
    reader.page.set_extra_http_headers({"Accept-Language": language})
    reader.goes_to("/xx/")
    expect(reader.page.locator("html")).to_have_attribute("lang", language)
    assert complaints(reader.page) == []


def test_signing_in(reader: Reader) -> None:
    reader.goes_to("/accounts/login/")
    assert complaints(reader.page) == []
    reader.page.get_by_label("Email").fill("nobody@example.org")
    reader.page.get_by_label("Password").fill("wrong")
    reader.page.locator("main button[type=submit]").click()
    expect(reader.page.locator(".errorlist:visible")).to_be_visible()
    assert complaints(reader.page) == []


def test_the_ask_is_the_first_heading_in_each_language(reader: Reader) -> None:
    for language in LANGUAGES:
        reader.opens(language)
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(WORDS[language].ask)
