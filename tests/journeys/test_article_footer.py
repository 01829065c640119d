"""From the end of an article on another site to a donation that names the article."""

import re

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from tests.journeys.conftest import NewReader, Snippets
from tests.journeys.desk import shows, sign_in
from tests.journeys.newspaper import Newspaper
from tests.journeys.reader import Reader
from tests.journeys.words import LANGUAGES, WORDS

pytestmark = pytest.mark.browser
TITLE = "Who pays for “the news” & why?"


def choose(ask: Page | Locator | FrameLocator, name: str) -> None:
    """An interval or an amount; of those that are in sight."""
    ask.get_by_role("radio", name=name, exact=True).check()


def is_earned_by(reader: Reader, address: str, title: str = TITLE) -> None:
    """The books name the page without what only a social network needs."""
    assert reader.trial.books.articles(reader.email) == [(address.partition("?")[0], title)]


def test_by_paypal(reader: Reader, paper: Newspaper, snippets: Snippets, browser: Browser) -> None:
    article = paper.prints(snippets("en"), path="/2026/by-paypal", title=TITLE)
    reader.page.goto(article)
    ask = reader.page.locator("footnote-support")
    choose(ask, "€20")
    expect(ask.get_by_text("Give €20")).to_be_visible()
    ask.get_by_role("link", name="By PayPal").click()
    expect(reader.button).to_have_text("Give €20")
    reader.sends()
    reader.pays_at_paypal()
    reader.is_thanked_once((2000, "EUR"))
    is_earned_by(reader, article)

    desk = sign_in(browser, reader.trial, "/staff/articles/")
    row = shows(desk, desk.get_by_role("row").filter(has_text=f"{paper.url}/2026/by-paypal"))
    expect(row).to_contain_text(TITLE)
    expect(row).to_contain_text("20.00")


def test_by_card_every_month(reader: Reader, paper: Newspaper, snippets: Snippets) -> None:
    article = paper.prints(snippets("en"), path="/2026/by-card", title=TITLE)
    reader.page.goto(article)
    ask = reader.page.locator("footnote-support")
    choose(ask, "Every month")
    expect(ask.get_by_text("Give €5 every month")).to_be_visible()
    ask.get_by_role("link", name="By card").click()
    expect(reader.button).to_have_text("Give €5 every month")
    reader.choice("method", "card").check()
    reader.field("email").fill(reader.email)
    reader.sends()
    reader.pays()
    reader.is_thanked_once((500, "EUR"))
    is_earned_by(reader, article)


def test_by_paypal_every_month(reader: Reader, paper: Newspaper, snippets: Snippets) -> None:
    article = paper.prints(snippets("en"), path="/2026/every-month", title=TITLE)
    reader.page.goto(article)
    choose(reader.page, "Every month")
    reader.page.get_by_role("link", name="By PayPal").click()
    reader.sends()
    reader.pays_at_paypal()
    reader.is_thanked_once((500, "EUR"))
    is_earned_by(reader, article)


def test_another_amount(reader: Reader, paper: Newspaper, snippets: Snippets) -> None:
    article = paper.prints(snippets("en"), path="/2026/another", title=TITLE)
    reader.page.goto(article)
    reader.page.get_by_role("link", name="Another amount").click()
    reader.fills("7.50")
    reader.sends()
    reader.pays()
    reader.is_thanked_once((750, "EUR"))
    is_earned_by(reader, article)


@pytest.mark.parametrize("way", ["By card", "By PayPal"])
def test_with_script_off_the_paragraph_leads_on(
    scriptless: Reader, paper: Newspaper, snippets: Snippets, way: str
) -> None:
    """The browser tells where the click came from, and nothing else does."""
    path = f"/2026/script-off-{way[3:].lower()}"
    article = paper.prints(snippets("en"), path=path, title=TITLE)
    scriptless.page.goto(article)
    expect(scriptless.page.get_by_text("office[at]rudeana.com")).to_be_visible()
    scriptless.page.get_by_role("link", name=way).click()
    scriptless.field("amount").fill("10")
    if way == "By card":
        scriptless.field("email").fill(scriptless.email)
    scriptless.sends()
    scriptless.pays() if way == "By card" else scriptless.pays_at_paypal()
    scriptless.is_thanked_once((1000, "EUR"))
    is_earned_by(scriptless, article, title="")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("way", ["By card", "By PayPal"])
def test_in_a_frame(
    new_reader: NewReader, paper: Newspaper, snippets: Snippets, way: str, script: bool
) -> None:
    reader = new_reader(java_script_enabled=script)
    path = f"/2026/in-a-frame-{way[3:].lower()}-{script:d}"
    article = paper.prints(snippets("en", "frame"), path=path, title=TITLE)
    reader.page.goto(article)
    frame = reader.page.frame_locator("iframe")
    choose(frame, "Every month")
    choose(frame, "€20")
    expect(frame.get_by_role("link")).to_have_count(3)
    frame.get_by_role("link", name=way).click()
    expect(reader.page).to_have_url(re.compile(re.escape(reader.trial.url)))
    if way == "By card":
        reader.choice("method", "card").check()
        reader.field("email").fill(reader.email)
    reader.sends()
    reader.pays() if way == "By card" else reader.pays_at_paypal()
    reader.is_thanked_once((2000, "EUR"))
    is_earned_by(reader, article, title="")


def test_in_a_frame_that_may_nothing_but_lead_away(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    """No scripts, no forms: a frame as careful sites make it."""
    careful = 'iframe sandbox="allow-top-navigation-by-user-activation"'
    ask = snippets("en", "frame").replace("iframe", careful, 1)
    reader.page.goto(paper.prints(ask, path="/2026/sandbox", title=TITLE))
    frame = reader.page.frame_locator("iframe")
    choose(frame, "€50")
    frame.get_by_role("link", name="By PayPal").click()
    expect(reader.button).to_have_text("Give €50")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_language_of_the_page(
    reader: Reader, paper: Newspaper, snippets: Snippets, language: str
) -> None:
    """The snippet of another language, without its own lang, follows the article."""
    ask = snippets("ro").replace('<footnote-support lang="ro">', "<footnote-support>")
    reader.page.goto(paper.prints(ask, path="/a", title=TITLE, lang=f"{language}-MD"))
    expect(heading(reader.page)).to_have_text(WORDS[language].ask)
    reader.page.goto(paper.prints(snippets(language), path="/b", title=TITLE, lang="de"))
    expect(heading(reader.page)).to_have_text(WORDS[language].ask)
    expect(reader.page.locator("footnote-support .ask")).to_have_attribute("lang", language)


def test_in_the_newsroom_s_own_language_where_the_page_speaks_none_of_ours(
    reader: Reader, paper: Newspaper, snippets: Snippets
) -> None:
    ask = snippets("ro").replace('<footnote-support lang="ro">', "<footnote-support>")
    reader.page.goto(paper.prints(ask, path="/a", title=TITLE, lang="de-AT"))
    expect(heading(reader.page)).to_have_text(WORDS["en"].ask)


def heading(page: Page) -> Locator:
    return page.locator("footnote-support h2")
