"""Readers give in two currencies; whoever keeps the money enters the rate that is wanting."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.desk import shows, sign_in
from tests.journeys.reader import Reader
from tests.journeys.test_morning_look import check
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser


def test_a_total_appears_once_no_rate_is_wanting(
    browser: Browser, trial: Trial, reader: Reader
) -> None:
    for currency in ("EUR", "USD"):
        reader.opens()
        reader.field("currency").select_option(currency)
        reader.fills("20")
        reader.sends()
        reader.pays()
        reader.is_in_the_books()

    desk, watch = sign_in(browser, trial, "/staff/"), Watch()
    watch.over(desk.context)
    tile = desk.locator(".together")
    shows(desk, tile.get_by_role("link", name="Enter a rate of USD"))
    expect(tile).to_contain_text("There is no total in EUR")
    expect(tile).not_to_contain_text("≈")
    check(desk)

    # Other readers of this trial may have given in other currencies.
    wanted = tile.get_by_role("link", name="Enter a rate of")
    while wanted.count():
        wanted.first.click()
        desk.get_by_label("is worth").fill("0,5")
        desk.get_by_label("Source").fill("ECB")
        check(desk)
        desk.get_by_role("button", name="Enter it").click()
        expect(desk.get_by_role("status")).to_contain_text("= 0.5 EUR")
        check(desk)
        desk.get_by_role("link", name="← Overview").click()
        expect(tile).to_be_visible()
    expect(tile).to_contain_text("≈ EUR")
    expect(tile).to_contain_text("1 USD = 0.5 EUR")
    check(desk)
    desk.context.close()
    assert watch.wrong == []
