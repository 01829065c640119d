"""The payment provider does not answer: calm, nothing lost, another way, and one pledge."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys.reader import Reader
from tests.journeys.trial import Trial

pytestmark = pytest.mark.browser


@pytest.fixture
def stripe_down(trial: Trial) -> Iterator[Trial]:
    """Whatever becomes of the test, it is up again afterwards."""
    trial.stop_stripe()
    yield trial
    trial.start_stripe()


def test_paypal_is_offered_and_trying_again_later_works(stripe_down: Trial, reader: Reader) -> None:
    reader.watch.expect(503)
    reader.opens()
    reader.fills()
    reader.sends()
    note = reader.page.get_by_role("status")
    expect(note).to_contain_text("The card payment page does not answer right now.")
    expect(note).to_contain_text("Nothing was charged.")
    paypal = note.get_by_role("link", name="Give by PayPal")
    link = f"{reader.trial.paypal_url}/paypalme/newscafeeu/10EUR"
    expect(paypal).to_have_attribute("href", link)
    expect(reader.field("amount")).to_have_value("10")
    expect(reader.field("email")).to_have_value(reader.email)

    stripe_down.start_stripe()
    reader.sends()
    reader.is_at_payment()
    assert reader.trial.books.pledges(reader.email) == ["open"]
    assert len(reader.provider.pages(reader.email)) == 1
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))
