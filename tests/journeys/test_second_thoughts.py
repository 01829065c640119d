"""Going back, cancelling, clicking twice: one wish stays one pledge and one payment page."""

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


def has_one_payment_page(reader: Reader) -> bool:
    one_pledge = reader.trial.books.pledges(reader.email) == ["open"]
    return one_pledge and len(reader.provider.pages(reader.email)) == 1


def test_back_and_again_leads_to_the_same_payment_page(reader: Reader) -> None:
    reader.begins()
    first = reader.is_at_payment()
    reader.page.go_back()
    expect(reader.field("amount")).to_have_value("10", timeout=5_000)
    expect(reader.field("email")).to_have_value(reader.email)
    reader.sends()
    assert reader.is_at_payment() == first
    assert has_one_payment_page(reader)
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))


def test_cancelling_is_calm_and_keeps_the_choice(reader: Reader) -> None:
    reader.begins("12.50", "month")
    reader.page.get_by_role("link", name="Cancel and go back").click()
    expect(reader.page.get_by_role("status")).to_contain_text("Nothing was charged.")
    expect(reader.field("amount")).to_have_value("12.50")
    expect(reader.choice("interval", "month")).to_be_checked()
    expect(reader.button).to_have_text("Give €12.50 every month")
    assert reader.trial.books.donations(reader.email) == []


def test_a_double_click_opens_one_payment_page(reader: Reader) -> None:
    reader.opens()
    reader.fills()
    # The second click ends the first request; Chromium calls that a failure, readers do not.
    reader.button.dblclick()
    reader.is_at_payment()
    reader.watch.forgive("net::ERR_ABORTED")
    assert has_one_payment_page(reader)


def test_the_same_form_sent_from_two_tabs_opens_one_payment_page(reader: Reader) -> None:
    other = Reader(reader.page.context.new_page(), reader.trial, reader.watch, reader.email)
    for tab in (reader, other):
        tab.opens()
        tab.fills()
    for tab in (reader, other):
        tab.button.evaluate("button => setTimeout(() => button.click())")
    assert reader.is_at_payment() == other.is_at_payment()
    assert has_one_payment_page(reader)


def test_the_thanks_can_be_reloaded_without_giving_again(reader: Reader) -> None:
    reader.begins()
    reader.pays()
    reader.sees("Thank you!")
    reader.page.reload()
    reader.is_thanked_once((1000, "EUR"))
