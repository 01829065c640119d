"""The journeys' own eyes: what a page does wrong does not pass unseen."""

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import complaints
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


def seen(reader: Reader) -> str:
    """What was noticed, taken back so that this journey does not fail for it."""
    words = "\n".join(reader.watch.wrong)
    reader.watch.wrong.clear()
    return words


@pytest.fixture
def page(reader: Reader) -> Page:
    reader.opens()
    return reader.page


def test_an_error_in_a_script_is_seen(reader: Reader, page: Page) -> None:
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert "broken" in seen(reader)


def test_a_stranger_and_a_breach_of_the_policy_are_seen(reader: Reader, page: Page) -> None:
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(new Image, {src: 'https://x.test/'}))")
    assert "Content Security Policy" in seen(reader)
    with page.expect_event("requestfailed"):
        page.goto("data:text/html,<img src='https://stranger.test/pixel.png'>")
    assert "a request to https://stranger.test/pixel.png" in seen(reader)


def test_an_unexpected_status_is_seen(reader: Reader, page: Page) -> None:
    page.goto(f"{reader.trial.url}/xx/")
    assert "404" in seen(reader)


def test_axe_complains_about_a_field_without_a_label(page: Page) -> None:
    page.locator("label[for=email]").evaluate("label => label.remove()")
    page.locator("#email").evaluate("field => field.removeAttribute('aria-describedby')")
    assert len(complaints(page)) == 2
