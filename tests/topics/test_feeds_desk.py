"""What staff do with feeds."""

import pytest

from donations.sections.models import Section
from donations.topics.models import Feed, Topic
from donations.topics.operations import feeds as desk
from donations.topics.operations.feeds import AlreadyThere
from donations.topics.queries.feeds import draft_counts
from tests.standins.feeds import FeedsStandin
from tests.standins.feeds.samples import item, rss
from tests.topics.feeds import NOON, a_feed, polled, titles

pytestmark = pytest.mark.django_db
URL = "https://newscafe.example/feed"


def add(url: str) -> Feed:
    return desk.add(url=url, section=Section.objects.get(slug="economy"), language="ro", at=NOON)


def test_a_feed_is_due_at_once() -> None:
    feed = add(URL)
    assert list(Feed.objects.due(NOON)) == [feed]


@pytest.mark.parametrize("again", [URL, URL.replace("https", "http")])
def test_adding_it_the_second_time(again: str) -> None:
    feed = add(URL)
    with pytest.raises(AlreadyThere) as raised:
        add(again)
    assert raised.value.feed == feed


def test_pausing_it_the_second_time() -> None:
    feed = add(URL)
    assert [desk.pause(feed=feed), desk.pause(feed=feed)] == [True, False]
    assert not Feed.objects.due(NOON)


def test_asking_it_now_the_second_time() -> None:
    feed = a_feed(URL, is_active=False, failures=7, problem="missing 404")
    assert [desk.ask_now(feed=feed, at=NOON), desk.ask_now(feed=feed, at=NOON)] == [True, True]
    feed.refresh_from_db()
    assert (feed.is_active, feed.failures, feed.next_poll_at) == (True, 0, NOON)


def test_removing_it_the_second_time(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item()))))
    assert [desk.remove(feed=feed), desk.remove(feed=feed)] == [True, False]
    assert titles() == ["Bread 1"]
    assert not desk.ask_now(feed=feed, at=NOON)


def test_added_anew_it_brings_nothing_that_is_still_here(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item(1), item(2)))))
    desk.remove(feed=feed)
    polled(a_feed(feed.url))
    assert titles() == ["Bread 1", "Bread 2"]


def test_the_list_counts_the_drafts_that_are_still_here(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(*(item(number) for number in range(5))))))
    Topic.objects.order_by("pk")[0].delete()
    a_feed(URL)
    assert draft_counts() == {feed.pk: 2}
