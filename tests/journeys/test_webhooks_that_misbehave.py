"""The reader is back before the webhook, or it comes twice and in no order: thanks, once."""

from collections.abc import Iterator

import pytest

from tests.journeys.provider import Provider
from tests.journeys.reader import Reader
from tests.journeys.trial import Trial

pytestmark = pytest.mark.browser


@pytest.fixture
def provider(trial: Trial) -> Iterator[Provider]:
    """Well-behaved again afterwards."""
    provider = Provider(trial.stripe_url)
    yield provider
    provider.tells()
    provider.act("release")


def test_thanks_do_not_wait_for_the_webhook(provider: Provider, reader: Reader) -> None:
    provider.tells("hold")
    reader.begins()
    reader.pays()
    reader.sees("Thank you!")
    assert reader.trial.books.donations(reader.email) == []
    provider.act("release")
    reader.is_thanked_once((1000, "EUR"))


def test_a_monthly_gift_told_twice_in_disorder_is_one(provider: Provider, reader: Reader) -> None:
    provider.tells("twice", "out_of_order")
    reader.begins("5", "month")
    reader.pays()
    reader.is_thanked_once((500, "EUR"))
    assert reader.trial.books.subscriptions(reader.email) == ["active"]
