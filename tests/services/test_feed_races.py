"""Workers that come for the same feed, or for feeds with the same article."""

from functools import partial

import pytest
from django.db import connection

from donations.topics.models import Feed, FeedEntry, Topic
from donations.topics.operations.polling import poll, poll_due
from tests.services.together import at_once
from tests.standins.feeds import FeedsStandin
from tests.standins.feeds.samples import item, rss
from tests.topics.feeds import NOON, a_feed, a_read_feed

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
ROUNDS = 20


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def test_one_feed_and_several_workers() -> None:
    with FeedsStandin() as feeds:
        for number in range(ROUNDS):
            a_feed(feeds.has(f"/{number}", rss(item(number))))
            assert sum(at_once(*[partial(poll_due, at=NOON)] * 4)) == 1
            assert len(feeds.asked[f"/{number}"]) == 1
    assert Topic.objects.count() == FeedEntry.objects.count() == ROUNDS


def test_two_feeds_with_the_same_article_at_the_same_moment() -> None:
    with FeedsStandin() as feeds:
        for number in range(ROUNDS):
            both = [a_read_feed(feeds.has(f"/{name}{number}", rss(item(number)))) for name in "ab"]
            assert at_once(*(partial(poll, feed=each, at=NOON) for each in both)) == [True, True]
    assert Topic.objects.count() == ROUNDS
    assert FeedEntry.objects.count() == 2 * ROUNDS
    assert not Feed.objects.exclude(problem="").exists()
