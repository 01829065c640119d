"""An editor writes a topic, previews and publishes it; a reader opens it."""

from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.desk import sign_in
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(browser: Browser, trial: Trial) -> Iterator[Page]:
    """A window of the editor's; what a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/topics/new/"), Watch()
    watch.over(page.context)
    yield page
    page.context.close()
    assert watch.wrong == []


@pytest.fixture
def title() -> str:
    """One that no other journey has."""
    return f"Who pays for the bread {uuid4().hex[:8]}?"


def a_picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (2000, 1000), "orange").save(kept, "PNG")
    return kept.getvalue()


def write_with_the_buttons(desk: Page) -> None:
    """Bold and a heading, and bold taken back again."""
    body = desk.locator("#body_en")
    body.fill("It began with a price")
    body.evaluate("area => area.setSelectionRange(16, 21)")
    desk.get_by_role("button", name="Bold").first.click()
    expect(body).to_have_value("It began with a **price**")
    body.press("End")
    body.press("Enter")
    desk.get_by_role("button", name="Heading").first.click()
    body.press_sequentially("Then <script>")
    expect(body).to_have_value("It began with a **price**\n## Then <script>")
    body.press("Control+a")
    body.press("Control+b")
    expect(body).to_have_value("**It began with a **price**\n## Then <script>**")
    body.press("Control+z")
    expect(body).to_have_value("It began with a **price**\n## Then <script>")


def test_from_a_blank_page_to_a_reader(desk: Page, title: str) -> None:
    desk.get_by_label("Title").first.fill(title)
    write_with_the_buttons(desk)

    body = desk.locator("#body_en")
    desk.get_by_role("button", name="Preview").first.click()
    pane = desk.locator("#pane-en")
    expect(pane.locator("strong")).to_have_text("price")
    expect(pane.locator("h2")).to_have_text("Then <script>")
    body.press("End")
    body.press_sequentially(" and more")
    expect(pane.locator("h2")).to_have_text("Then <script> and more")
    assert complaints(desk) == []

    desk.locator("#upload").set_input_files(
        {"name": "bread.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    expect(desk.locator("#shown")).to_be_visible()
    desk.get_by_role("button", name="Save and publish…").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(title)
    expect(desk.locator("main")).to_contain_text("nothing describes the picture")
    assert complaints(desk) == []
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("status")).to_contain_text("Published.")

    desk.get_by_role("link", name="See the page").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    expect(desk.locator(".reading img")).to_have_js_property("naturalWidth", 1600)
    assert complaints(desk) == []
    desk.get_by_role("link", name="All topics").click()
    expect(desk.get_by_role("link", name=title)).to_be_visible()
    assert complaints(desk) == []


def test_unsaved_words_are_not_left_by_accident(desk: Page, title: str) -> None:
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append("asked")
        dialog.dismiss()  # type: ignore[attr-defined]

    desk.on("dialog", stay)
    desk.get_by_label("Title").first.fill(title)
    desk.get_by_role("link", name="← Topics").click()
    expect(desk.get_by_label("Title").first).to_have_value(title)
    assert asked == ["asked"]
    desk.get_by_role("button", name="Save the draft").click()
    expect(desk.get_by_role("status")).to_contain_text("Saved.")
    desk.get_by_role("link", name="← Topics").click()
    expect(desk.get_by_role("link", name=title)).to_be_visible()
    assert asked == ["asked"]


def test_a_picture_that_is_too_large_is_said_before_it_is_sent(desk: Page) -> None:
    desk.locator("#upload").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"x" * 11_000_000}
    )
    expect(desk.get_by_role("alert")).to_contain_text("larger than 10 MB")
    assert desk.locator("#upload").evaluate("each => each.files.length") == 0


def test_without_script(browser: Browser, trial: Trial, title: str) -> None:
    signed_in = sign_in(browser, trial, "/staff/").context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{trial.url}/staff/topics/new/")
    assert page.locator(".toolbar:visible").count() == 0
    page.get_by_label("Title").first.fill(title)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Preview").first.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    context.close()
