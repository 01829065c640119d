"""Readers of three languages, and those who change theirs in the middle."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewReader
from tests.journeys.reader import Reader
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("locale", "language"), [("ro-RO", "ro"), ("ru-RU", "ru"), ("fr", "en")])
def test_the_door_leads_to_the_browsers_language(
    new_reader: NewReader, locale: str, language: str
) -> None:
    reader = new_reader(locale=locale)
    reader.goes_to("/")
    expect(reader.page).to_have_url(f"{reader.trial.url}/{language}/")
    reader.sees(WORDS[language].ask)


def test_changing_the_language_keeps_everything_typed(either_reader: Reader) -> None:
    reader = either_reader
    reader.opens(article="https://example.org/a-story", utm_source="footer")
    reader.field("currency").select_option("USD")
    reader.fills("12.50", "year", "paypal")
    reader.page.locator("details.more summary").click()
    reader.field("message").fill("Thank you,\nkeep going")
    reader.field("public").check()
    for language in ("ro", "ru", "en"):
        reader.speaks(language)
        reader.sees(WORDS[language].ask)
        keeps_everything(reader)


def keeps_everything(reader: Reader) -> None:
    expect(reader.field("amount")).to_have_value("12.50")
    expect(reader.field("currency")).to_have_value("USD")
    expect(reader.choice("interval", "year")).to_be_checked()
    expect(reader.choice("method", "paypal")).to_be_checked()
    expect(reader.field("email")).to_have_value(reader.email)
    expect(reader.field("name")).to_have_value("Ana")
    expect(reader.field("message")).to_have_value("Thank you,\nkeep going")
    expect(reader.field("public")).to_be_checked()
    expect(reader.field("consent_topics")).not_to_be_checked()
    expect(reader.field("article")).to_have_value("https://example.org/a-story")
    expect(reader.field("utm_source")).to_have_value("footer")


def test_changing_the_language_keeps_a_picked_amount(either_reader: Reader) -> None:
    either_reader.opens()
    either_reader.choice("preset", "EUR:2000").check()
    either_reader.speaks("ru")
    expect(either_reader.choice("preset", "EUR:2000")).to_be_checked()
    expect(either_reader.button).to_have_text("Поддержать на 20 €", use_inner_text=True)
