"""Where an editor copies the footer."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.desk import sign_in
from tests.journeys.test_first_view import width_of_content
from tests.journeys.trial import Trial

pytestmark = pytest.mark.browser
PATH = "/staff/footer/?lang=ro"


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Page:
    page = sign_in(browser, trial, "/staff/")
    page.goto(f"{trial.url}{PATH}")
    return page


def test_the_button_copies_what_is_shown(desk: Page, trial: Trial) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=trial.url)
    desk.get_by_role("button", name="Copy").first.click()
    expect(desk.get_by_text("Copied.")).to_be_visible()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied == desk.locator("textarea#script").input_value()


def test_without_permission_the_text_is_selected(desk: Page) -> None:
    desk.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    desk.get_by_role("button", name="Copy").first.click()
    expect(desk.get_by_text("It is selected: copy it with your keyboard.")).to_be_visible()
    selected = "getSelection().toString()"
    assert "<footnote-support" in desk.evaluate(selected)


def test_the_preview_is_alive(desk: Page) -> None:
    ask = desk.locator("footnote-support")
    ask.get_by_role("radio", name="20").check()
    expect(ask.locator(".says")).to_contain_text("20")
    expect(desk.frame_locator("iframe").get_by_role("radio", checked=True)).to_have_count(2)


def test_another_language_and_a_site_without_dark_mode(desk: Page) -> None:
    desk.get_by_role("link", name="Русский").click()
    expect(desk.locator("textarea#script")).to_have_value(
        re.compile('<footnote-support lang="ru">')
    )
    desk.get_by_role("link", name="Always light").click()
    expect(desk.locator("textarea#script")).to_have_value(
        re.compile('lang="ru" data-scheme="light"')
    )
    expect(desk.locator("footnote-support h2")).to_have_text("Поддержите NewsCafe")


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(desk: Page, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    expect(desk.locator("footnote-support h2")).to_be_visible()
    assert width_of_content(desk) <= width
    assert complaints(desk) == []


def test_the_code_downloads_as_a_picture(desk: Page) -> None:
    with desk.expect_download() as download:
        desk.get_by_role("link", name="PNG").first.click()
    assert download.value.suggested_filename == "support-ro.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
