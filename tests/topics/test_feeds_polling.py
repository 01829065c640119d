"""Each entry comes once, as a draft, and whatever goes wrong stays beside the feed."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from donations.models import Message
from donations.sections.models import Section
from donations.topics.feeds.fetching import Limits
from donations.topics.models import Feed, FeedEntry, Topic
from donations.topics.operations import delete
from donations.topics.operations import feeds as desk
from donations.topics.operations.polling import EVERY, LEASE, poll, poll_due
from tests.standins.feeds import FeedsStandin, manners
from tests.standins.feeds.samples import item, rss, sample
from tests.topics.feeds import NOON, SOON, a_feed, a_read_feed, polled, titles

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_an_entry_becomes_a_draft(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", sample("ro_wordpress.xml"))))

    topic = Topic.objects.get()
    text = topic.texts.get()
    assert (topic.state, topic.section, topic.language) == ("draft", feed.section, "ro")
    assert (topic.author, topic.created_at, topic.published_at) == (None, NOON, None)
    assert topic.link == "https://newscafe.example/paine/"
    assert topic.slug == "cat-costa-painea-de-casa-la-chisinau"
    assert (text.language, text.title) == ("ro", "Cât costă pâinea „de casă” la Chișinău")
    assert text.summary.startswith("Am întrebat brutarii.")
    assert text.body.startswith("Am întrebat **brutarii**.")
    assert (feed.title, feed.problem, feed.failures) == ("NewsCafe – Știri", "", 0)
    assert (feed.polled_at, feed.read_at, feed.next_poll_at) == (NOON, NOON, NOON + EVERY)
    assert not Message.objects.exists()


def test_the_second_time_nothing_comes(feeds: FeedsStandin) -> None:
    feed = a_feed(feeds.has("/rss", rss(item(1), item(2))))
    polled(feed)
    polled(feed, at=LATER)
    assert titles() == ["Bread 1", "Bread 2"]
    assert FeedEntry.objects.count() == 2


def test_of_what_was_there_only_the_newest_three_come(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(*(item(number) for number in range(10))))))
    assert titles() == ["Bread 7", "Bread 8", "Bread 9"]
    assert feed.entries.filter(topic=None).count() == 7

    feeds.has("/rss", rss(item(10), *(item(number) for number in range(10))))
    polled(feed, at=LATER)
    assert titles()[3:] == ["Bread 10"]


def test_a_feed_that_failed_at_first_is_still_new(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", b"", status=500)))
    feeds.has("/rss", rss(*(item(number) for number in range(10))))
    polled(feed, at=LATER)
    assert len(titles()) == 3


def test_a_feed_that_was_empty_at_first_is_not(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss())))
    feeds.has("/rss", rss(*(item(number) for number in range(5))))
    polled(feed, at=LATER)
    assert len(titles()) == 5


def test_at_most_fifty_at_a_time_and_the_rest_never(feeds: FeedsStandin) -> None:
    feed = a_read_feed(feeds.has("/rss", rss(*(item(number) for number in range(59)))))
    polled(feed)
    assert (len(titles()), titles()[0], titles()[-1]) == (50, "Bread 9", "Bread 58")
    polled(feed, at=LATER)
    assert len(titles()) == 50


def test_ten_thousand_entries(feeds: FeedsStandin) -> None:
    polled(a_feed(feeds.has("/rss", rss(*(item(number) for number in range(10_000))))))
    assert (Topic.objects.count(), FeedEntry.objects.count()) == (3, 10_000)


def test_a_draft_that_was_thrown_away_never_comes_again(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item()))))
    delete(topic=Topic.objects.get())
    polled(feed, at=LATER)
    assert titles() == []
    assert feed.entries.get().topic is None


def test_what_staff_changed_stays(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item()))))
    Topic.objects.get().texts.update(title="Our own")
    feeds.has("/rss", rss(item(title="Corrected")))
    polled(feed, at=LATER)
    assert titles() == ["Our own"]


def test_an_id_that_only_became_https(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item(guid="http://newscafe.example/?p=1")))))
    feeds.has("/rss", rss(item(guid="https://newscafe.example/?p=1", link="/elsewhere")))
    polled(feed, at=LATER)
    assert len(titles()) == 1


def test_an_article_that_has_new_ids_everywhere(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item(guid="1", link="http://a.example/bread")))))
    feeds.has("/rss", rss(item(guid="urn:uuid:1", link="https://a.example/bread")))
    polled(feed, at=LATER)
    assert len(titles()) == 1
    assert feed.entries.count() == 2


def test_an_article_in_two_feeds_is_one_draft(feeds: FeedsStandin) -> None:
    polled(a_feed(feeds.has("/1", rss(item()))))
    delete(topic=Topic.objects.get())
    second = polled(a_read_feed(feeds.has("/2", rss(item(), item(2)))))
    assert titles() == ["Bread 2"]
    assert second.entries.count() == 2


def test_the_same_number_in_two_feeds_is_not(feeds: FeedsStandin) -> None:
    polled(a_feed(feeds.has("/1", rss(item(guid="7")))))
    polled(a_feed(feeds.has("/2", rss(item(guid="7", link="https://other.example/7")))))
    assert len(titles()) == 2


def test_entries_that_all_lead_to_the_front_page(feeds: FeedsStandin) -> None:
    feed = a_read_feed(feeds.has("/rss", rss(item(1, link="https://newscafe.example/"))))
    polled(feed)
    feeds.has("/rss", rss(item(2, link="https://newscafe.example/")))
    polled(feed, at=LATER)
    assert titles() == ["Bread 1", "Bread 2"]


def test_what_has_no_words_is_no_draft(feeds: FeedsStandin) -> None:
    wordless = "<item><guid isPermaLink='false'>1</guid></item>"
    polled(a_feed(feeds.has("/rss", rss(wordless, item()))))
    assert titles() == ["Bread 1"]


def test_nothing_new_is_nothing_sent(feeds: FeedsStandin) -> None:
    modified = "Sat, 21 Nov 2026 10:00:00 GMT"
    url = feeds.has("/rss", rss(item()), ETag='W/"1"', Last_Modified=modified)
    feed = polled(a_feed(url))
    assert (feed.etag, feed.modified) == ('W/"1"', modified)
    feed = polled(feed, at=LATER)
    assert feeds.asked["/rss"][1]["if-none-match"] == 'W/"1"'
    assert (feed.read_at, feed.next_poll_at, feed.problem) == (LATER, LATER + EVERY, "")


def test_what_is_known_is_forgotten_when_a_new_answer_says_nothing(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", rss(item()), ETag='"1"')))
    feeds.has("/rss", rss(item(2)))
    feed = polled(feed, at=LATER)
    assert (feed.etag, len(titles())) == ("", 2)


@pytest.mark.parametrize("etag", [f'"{"x" * 300}"', '"\x1b"'])
def test_what_cannot_be_kept_word_for_word_is_not_kept(feeds: FeedsStandin, etag: str) -> None:
    assert polled(a_feed(feeds.has("/rss", rss(item()), ETag=etag))).etag == ""


def test_an_answer_that_is_no_feed_is_not_known(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", "<html>", "text/html", ETag='"1"')))
    assert (feed.etag, feed.problem, feed.read_at) == ("", "page", None)


def test_later_and_later_up_to_a_day(feeds: FeedsStandin) -> None:
    feed, waits = a_feed(feeds.has("/rss", b"", status=500)), []
    for _each in range(9):
        feed = polled(feed)
        waits.append((feed.next_poll_at - NOON) // timedelta(minutes=1))
    assert waits == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert (feed.problem, feed.failures, feed.is_active) == ("status 500", 9, True)

    feeds.has("/rss", rss(item()))
    feed = polled(feed)
    assert (feed.problem, feed.failures, feed.next_poll_at) == ("", 0, NOON + EVERY)


@pytest.mark.parametrize(
    ("wish", "minutes"),
    [
        ("7200", 120),
        ("1", 15),
        ("Sat, 21 Nov 2026 13:00:00 GMT", 60),
        ("Sat, 21 Nov 2020 13:00:00 GMT", 15),
        ("Sat, 21 Nov 2026 13:00:00 -0000", 60),
        ("9" * 40, 1440),
        ("soon", 15),
        ("-5", 15),
    ],
)
def test_a_wish_to_be_left_alone_is_kept(feeds: FeedsStandin, wish: str, minutes: int) -> None:
    feed = polled(a_feed(feeds.has("/rss", b"", status=429, Retry_After=wish)))
    assert (feed.next_poll_at - NOON) == timedelta(minutes=minutes)
    assert feed.problem == "busy 429"


def test_a_feed_that_is_gone_is_not_asked_again(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.has("/rss", b"", status=410)))
    assert (feed.is_active, feed.problem) == (False, "gone 410")
    assert poll_due(at=NOON + timedelta(days=9)) == 0
    desk.ask_now(feed=feed, at=LATER)
    feeds.has("/rss", rss(item()))
    assert poll_due(at=LATER) == 1
    assert titles() == ["Bread 1"]


def test_a_feed_that_hangs_is_left(feeds: FeedsStandin) -> None:
    feed = polled(a_feed(feeds.behaves("/rss", manners.drip)), limits=SOON)
    assert (feed.problem, feed.failures) == ("slow", 1)


def test_what_we_did_not_think_of_stays_beside_the_feed(
    feeds: FeedsStandin, caplog: pytest.LogCaptureFixture
) -> None:
    url = feeds.has("/rss?key=secret", rss(item()))
    feed = polled(a_feed(url, language="tlh"))
    assert (feed.problem, feed.failures) == ("failed", 1)
    assert f"feed {feed.pk} could not be taken in" in caplog.text
    assert "secret" not in caplog.messages[0]


def test_only_what_is_due_one_after_the_other(feeds: FeedsStandin) -> None:
    *_others, paused = (
        a_feed(feeds.has(f"/{number}", rss(item(number))), next_poll_at=NOON + wait)
        for number, wait in enumerate(map(timedelta, (-2, 0, 1, -1)))
    )
    desk.pause(feed=paused)
    assert [poll_due(at=NOON) for _each in range(3)] == [1, 1, 0]
    assert titles() == ["Bread 0", "Bread 1"]
    assert poll_due(at=NOON + timedelta(days=2), limit=9) == 3


def test_two_workers_take_turns(feeds: FeedsStandin) -> None:
    feed = a_feed(feeds.has("/rss", rss(item())))
    assert Feed.objects.mark_claimed(feed, until=NOON + LEASE)
    assert not poll(feed=feed, at=NOON)
    assert poll_due(at=NOON) == 0
    assert "/rss" not in feeds.asked


def test_a_worker_that_died_has_lost_its_feed(feeds: FeedsStandin) -> None:
    feed = a_feed(feeds.has("/rss", rss(item())))
    Feed.objects.mark_claimed(feed, until=NOON + LEASE)
    assert poll_due(at=NOON + LEASE) == 1
    assert titles() == ["Bread 1"]


@pytest.mark.parametrize("change", ["pause", "ask_now", "remove"])
@pytest.mark.parametrize("status", [200, 500, 410])
def test_what_staff_do_meanwhile_stands(feeds: FeedsStandin, change: str, status: int) -> None:
    """The limits are asked at the moment of connecting: that is when staff press the button."""
    feed = a_feed(feeds.has("/rss", rss(item()), status=status))
    asked_at: dict[str, datetime] = {"at": LATER} if change == "ask_now" else {}

    def press(_address: object) -> bool:
        return bool(getattr(desk, change)(feed=feed, **asked_at))

    assert poll(feed=feed, at=NOON, limits=Limits(may_reach=press))

    assert titles() == []
    left = Feed.objects.filter(pk=feed.pk).values_list("is_active", "next_poll_at", "problem")
    expected = {
        "pause": [(False, NOON + LEASE, "")],
        "ask_now": [(True, LATER, "")],
        "remove": [],
    }
    assert list(left) == expected[change]


def test_two_feeds_with_the_same_title_have_two_addresses(feeds: FeedsStandin) -> None:
    body = rss(item(1, title="Bread"), item(2, title="Bread"))
    polled(a_feed(feeds.has("/rss", body)))
    assert sorted(Topic.objects.values_list("slug", flat=True)) == ["bread", "bread-2"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_transaction_is_open_while_asking(feeds: FeedsStandin) -> None:
    seen: list[bool] = []

    def look(_address: object) -> bool:
        seen.append(connection.in_atomic_block)
        return True

    feed = a_feed(feeds.has("/rss", rss(item())))
    poll(feed=feed, at=NOON, limits=Limits(may_reach=look))
    assert seen == [False]
    assert titles() == ["Bread 1"]


def test_a_section_with_a_feed_is_not_thrown_away(feeds: FeedsStandin) -> None:
    feed = a_feed("https://newscafe.example/feed")
    with pytest.raises(Exception, match="protected"):
        Section.objects.filter(pk=feed.section_id).delete()
