"""What the footer does to the page of somebody else: what was asked of it and nothing more."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader, Snippets
from tests.journeys.newspaper import Newspaper
from tests.journeys.reader import Reader
from tests.journeys.test_first_view import width_of_content
from tests.journeys.words import LANGUAGES

pytestmark = pytest.mark.browser
TITLE = "Who pays for the news?"
FALLBACK = "office[at]rudeana.com"
GLOBALS = "Object.getOwnPropertyNames(window).sort()"
TARGETS = "footnote-support .ask label, footnote-support .ask a"


@pytest.fixture
def silent_place() -> Iterator[str]:
    """Takes every call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        yield f"http://127.0.0.1:{place.getsockname()[1]}"


def shows_the_ask(page: Page) -> None:
    expect(page.get_by_role("link", name="By card")).to_be_visible()
    expect(page.get_by_text(FALLBACK)).not_to_be_visible()


def shows_the_fallback(page: Page) -> None:
    expect(page.get_by_text(FALLBACK)).to_be_visible()
    expect(page.get_by_role("link", name="By card")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.locator("#comments")).to_be_visible()


def test_our_server_is_stopped(reader: Reader, paper: Newspaper, snippets: Snippets) -> None:
    article = paper.prints(snippets("en"), path="/stopped", title=TITLE)
    reader.trial.stop_web()
    try:
        reader.page.goto(article)
        shows_the_fallback(reader.page)
    finally:
        reader.trial.start_web()
    assert len(reader.watch.wrong) == 2, "the request that failed, and the browser's word on it"
    reader.watch.forgive("net::ERR_CONNECTION_REFUSED")
    reader.page.reload()
    shows_the_ask(reader.page)


def test_our_server_never_answers(
    reader: Reader, paper: Newspaper, snippets: Snippets, silent_place: str
) -> None:
    """The page does not wait for us."""
    paper.trusts = silent_place
    ask = snippets("en").replace(reader.trial.url, silent_place)
    reader.page.goto(paper.prints(ask, path="/silent", title=TITLE), wait_until="domcontentloaded")
    shows_the_fallback(reader.page)
    reader.page.close()
    reader.watch.forgive("net::ERR_ABORTED")


def test_a_browser_of_yesterday_keeps_the_paragraph(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    reader.page.add_init_script("delete window.CSSStyleSheet.prototype.replaceSync")
    reader.page.goto(paper.prints(snippets("en"), path="/old", title=TITLE))
    reader.page.wait_for_load_state("networkidle")
    shows_the_fallback(reader.page)


def test_one_new_element_and_no_other_trace(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    requests: list[str] = []
    reader.page.goto(paper.prints("<p>No ask.</p>", path="/without", title=TITLE))
    before = reader.page.evaluate(GLOBALS)
    reader.page.on("request", lambda request: requests.append(request.url))
    article = paper.prints(snippets("en"), path="/with", title=TITLE)
    reader.page.goto(article)
    shows_the_ask(reader.page)
    assert reader.page.evaluate(GLOBALS) == before
    assert requests == [
        article,
        f"{paper.url}/paper.css",
        f"{reader.trial.url}/embed/footer.js",
    ]
    assert reader.page.context.cookies() == []
    assert reader.page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert reader.page.locator("body [style], body style").count() == 0


def test_twice_on_a_page_and_loaded_twice(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    reader.page.goto(paper.prints(snippets("en") + snippets("ro"), path="/twice", title=TITLE))
    first, second = reader.page.locator("footnote-support").all()
    expect(first.locator("h2")).to_have_text("Support NewsCafe")
    expect(second.locator("h2")).to_have_text("Susțineți NewsCafe")
    first.get_by_role("radio", name="€50").check()
    expect(first.locator(".says")).to_have_text("Give €50")
    expect(second.get_by_role("radio").nth(3)).to_be_checked()
    assert complaints(reader.page) == []


def test_it_survives_being_moved_and_follows_a_page_that_changes_its_address(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    article = paper.prints(snippets("en"), path="/moving", title=TITLE)
    page = reader.page
    page.goto(article)
    shows_the_ask(page)
    page.evaluate(
        "document.querySelector('main').prepend(document.querySelector('footnote-support'))"
    )
    page.evaluate(
        """() => {
            document.querySelector("link[rel=canonical]").remove();
            document.querySelector("meta[property]").remove();
            history.pushState({}, "", "/another#part");
            document.title = "Another article";
        }"""
    )
    with page.expect_request("**/en/paypal/**") as asked:
        page.get_by_role("link", name="By PayPal").click()
    assert (
        f"article={paper.url.replace(':', '%3A').replace('/', '%2F')}%2Fanother&" in asked.value.url
    )
    assert asked.value.url.endswith("&title=Another+article")


def test_attributes_win_and_a_placeholder_that_nobody_filled_does_not(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    said = 'lang="en" article="/real?id=1#x" article-title="Said & done"'
    reader.page.goto(
        paper.prints(snippets("en").replace('lang="en"', said, 1), path="/said", title=TITLE)
    )
    link = reader.page.get_by_role("link", name="By card")
    address = f"{paper.url}/real?id=1".replace(":", "%3A").replace("/", "%2F")
    address = address.replace("?", "%3F").replace("=", "%3D")
    expect(link).to_have_attribute(
        "href",
        f"{reader.trial.url}/en/?amount=10&currency=EUR&interval=once&article={address}&title=Said+%26+done",
    )
    said = 'lang="en" article="{{ url }}" article-title="{{ title }}"'
    reader.page.goto(
        paper.prints(snippets("en").replace('lang="en"', said, 1), path="/unsaid", title=TITLE)
    )
    href = link.get_attribute("href") or ""
    assert "%2Funsaid&title=Who+pays" in href


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(
    reader: Reader, paper: Newspaper, snippets: Snippets, language: str
) -> None:
    reader.page.goto(paper.prints(snippets(language), path="/axe", title=TITLE, lang=language))
    expect(reader.page.locator("footnote-support h2")).to_be_visible()
    assert complaints(reader.page) == []
    reader.goes_to(f"/embed/footer/?lang={language}")
    assert complaints(reader.page) == []
    reader.page.get_by_role("radio").nth(1).check()
    assert complaints(reader.page) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360, 1100])
def test_it_fits_every_page_and_every_thumb(
    reader: Reader, paper: Newspaper, snippets: Snippets, language: str, width: int
) -> None:
    page = reader.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(paper.prints(snippets(language), path="/fits", title=TITLE, lang=language))
    expect(page.locator("footnote-support h2")).to_be_visible()
    assert width_of_content(page) <= width
    boxes = [target.bounding_box() for target in page.locator(TARGETS).all()]
    assert boxes
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


def test_by_keyboard_alone(reader: Reader, paper: Newspaper, snippets: Snippets) -> None:
    page = reader.page
    page.goto(paper.prints(snippets("en"), path="/keyboard", title=TITLE))
    shows_the_ask(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Every month")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="€10")).to_be_focused()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="By card")
    expect(link).to_be_focused()
    expect(link).to_have_accessible_description("Give €10 every month")
    page.keyboard.press("Enter")
    expect(reader.button).to_have_text("Give €10 every month")


def test_a_page_from_right_to_left_leaves_our_words_in_order(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    reader.page.goto(paper.prints(snippets("en"), path="/rtl", title=TITLE, lang='ar" dir="rtl'))
    shows_the_ask(reader.page)
    ask = reader.page.locator("footnote-support .ask")
    assert ask.evaluate("element => getComputedStyle(element).direction") == "ltr"
    assert width_of_content(reader.page) <= 390


def test_colours_that_the_reader_forces(
    new_reader: NewReader, paper: Newspaper, snippets: Snippets
) -> None:
    """What is chosen is seen without our colours."""
    reader = new_reader(forced_colors="active")
    reader.page.goto(paper.prints(snippets("en"), path="/forced", title=TITLE))
    chosen = reader.page.locator("footnote-support :checked + span").first
    expect(chosen).to_have_css("outline-style", "solid")
    expect(chosen).to_have_css("outline-width", "3px")


@pytest.mark.parametrize("scheme", ["", "light"])
def test_dark_where_the_site_is(
    new_reader: NewReader, paper: Newspaper, snippets: Snippets, scheme: str
) -> None:
    reader = new_reader(color_scheme="dark")
    ask = snippets("en").replace('lang="en"', f'lang="en" data-scheme="{scheme}"', 1)
    reader.page.goto(paper.prints(ask, path="/dark", title=TITLE))
    paper_colour = "rgb(247, 244, 238)" if scheme else "rgb(30, 32, 29)"
    expect(reader.page.locator("footnote-support .ask")).to_have_css(
        "background-color", paper_colour
    )
