"""The whole way in every language: the page, the payment, the thanks, the letter, the books."""

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader
from tests.journeys.words import WORDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", WORDS)
def test_a_gift_is_thanked_on_the_page_and_by_letter(reader: Reader, language: str) -> None:
    words = WORDS[language]
    reader.opens(language)
    reader.sees(words.ask)
    reader.fills("10", "once")
    expect(reader.button).to_have_text(words.give_ten)
    reader.sends()
    reader.pays()
    reader.sees(words.thanks)
    expect(reader.page.locator("html")).to_have_attribute("lang", language)
    expect(reader.page.locator(".figure")).to_have_text(words.ten_euros)

    letter = reader.trial.letters.wait_for(reader.email)
    assert words.letter_once in letter.subject
    for part in letter.parts:
        assert words.dear_ana in part
        assert words.ten_euros in part
        assert words.next_payment not in part
    assert reader.trial.books.donations(reader.email) == [(1000, "EUR")]
    assert reader.page.context.cookies() == []


@pytest.mark.parametrize("language", WORDS)
def test_a_monthly_gift_says_what_recurs_and_when(reader: Reader, language: str) -> None:
    words = WORDS[language]
    reader.opens(language)
    reader.fills("5", "month")
    expect(reader.button).to_have_text(words.give_five_monthly)
    reader.sends()
    reader.pays()
    reader.sees(words.thanks)
    expect(reader.page.locator(".figure")).to_have_text(f"{words.five_euros} {words.every_month}")

    letter = reader.trial.letters.wait_for(reader.email)
    assert letter.subject == words.letter_monthly
    for part in letter.parts:
        assert words.five_euros in part
        assert words.every_month in part
        assert words.next_payment in part
        assert f"{reader.trial.url}/{language}/support/?token=" in part
    assert reader.trial.books.donations(reader.email) == [(500, "EUR")]
    assert reader.trial.books.subscriptions(reader.email) == ["active"]


def test_the_books_agree_with_what_was_told(reader: Reader) -> None:
    reader.begins()
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))
    reader.trial.manage("rebuild_ledger", "--check")
