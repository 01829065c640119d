"""Banks refuse, ask and take their time; in the end there is one donation or none."""

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import DECLINED_CARD, SECURE_CARD, Reader

pytestmark = pytest.mark.browser


def test_a_declined_card_says_so_and_another_one_pays(reader: Reader) -> None:
    reader.watch.expect(402)
    reader.begins()
    reader.pays(DECLINED_CARD)
    expect(reader.page.get_by_role("alert")).to_contain_text("declined")
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))


def test_a_bank_that_asks_is_answered(reader: Reader) -> None:
    reader.begins()
    reader.pays(SECURE_CARD)
    reader.page.get_by_role("button", name="Complete authentication").click()
    reader.is_thanked_once((1000, "EUR"))


def test_a_failed_authentication_charges_nothing_and_another_card_pays(reader: Reader) -> None:
    reader.watch.expect(402)
    reader.begins()
    reader.pays(SECURE_CARD)
    reader.page.get_by_role("button", name="Fail authentication").click()
    expect(reader.page.get_by_role("alert")).to_contain_text("could not authenticate")
    assert reader.trial.books.donations(reader.email) == []
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))


def test_a_payment_that_takes_its_time_is_thanked_without_a_click(reader: Reader) -> None:
    reader.begins()
    session = reader.pays_by_debit()
    reader.sees("One moment")
    assert reader.trial.books.donations(reader.email) == []
    reader.provider.act("settle_delayed", session, "succeeded")
    reader.is_thanked_once((1000, "EUR"))


def test_a_payment_that_fails_after_days_can_be_tried_again(reader: Reader) -> None:
    reader.begins("12.50", "month")
    session = reader.pays_by_debit()
    reader.sees("One moment")
    reader.provider.act("settle_delayed", session, "failed")
    reader.page.get_by_role("link", name="Look again now").click()
    expect(reader.page.locator("h1")).to_have_text("Nothing was charged.", timeout=12_000)
    reader.page.get_by_role("link", name="Try again").click()
    expect(reader.field("amount")).to_have_value("12.50")
    expect(reader.choice("interval", "month")).to_be_checked()
    assert reader.trial.books.donations(reader.email) == []
