"""Staff add the outlet's feeds and see how they stand; nothing is asked within a request."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.sections.models import Section
from donations.topics.feeds.troubles import Trouble
from donations.topics.models import Feed, FeedEntry
from donations.topics.operations import Content, Text, create
from donations.web.staff.feedwords import SENTENCES
from tests.topics.feeds import NOON, a_feed
from tests.web.desk import text_of

URL = "https://newscafe.example/feed/"
Counted = Callable[..., Any]


def add(desk: Client, **changes: object) -> Any:
    """Send the form."""
    economy = Section.objects.get(slug="economy")
    said = {"url": URL, "section": economy.pk, "language": "ro", **changes}
    return desk.post("/staff/topics/feeds/", said)


def seen(desk: Client, feed: Feed, query: str = "") -> str:
    """The feed's page."""
    return text_of(desk.get(f"/staff/topics/feeds/{feed.pk}/{query}"))


def a_draft_of(feed: Feed, title: str = "Bread") -> FeedEntry:
    """As if it had come from it."""
    content = Content(section=feed.section, texts={"ro": Text(title=title)})
    topic = create(content=content, by=None, at=NOON)
    return FeedEntry.objects.create(feed=feed, entry_id=title, topic=topic, seen_at=NOON)


def test_an_empty_list_says_what_will_come(desk: Client) -> None:
    page = text_of(desk.get("/staff/topics/feeds/"))
    assert "None yet. Add the feed of a section of your site" in page
    assert "only the newest 3 articles become drafts" in page
    assert "looked at every 15 minutes" in page


def test_a_feed_is_added_and_asked_later(desk: Client) -> None:
    response = add(desk)
    feed = Feed.objects.get()
    assert response["Location"].startswith(f"/staff/topics/feeds/{feed.pk}/?since=")
    assert (feed.url, feed.section.slug, feed.language) == (URL, "economy", "ro")
    assert feed.polled_at is None

    page = desk.get(response["Location"])
    assert "We are looking at it." in text_of(page)
    assert page["Refresh"] == "2"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("newscafe.example/feed/", URL),
        ("feed://newscafe.example/feed/", URL),
        (f"feed:{URL}", URL),
        ("  http://newscafe.example/feed/ ", "http://newscafe.example/feed/"),
    ],
)
def test_an_address_as_people_copy_it(desk: Client, typed: str, kept: str) -> None:
    add(desk, url=typed)
    assert Feed.objects.get().url == kept


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"url": ""}, "Enter the feed's address."),
        ({"url": "not an address"}, "Enter an address like"),
        ({"url": "ftp://newscafe.example/"}, "Enter an address like"),
        ({"url": "javascript:alert(1)"}, "Enter an address like"),
        ({"url": f"{URL}{'x' * 500}"}, "This address is too long."),
        ({"section": 999}, "This section is not there any more."),
        ({"section": "x\0"}, "Null characters are not allowed."),
        ({"section": ""}, "Choose a section."),
        ({"language": "tlh"}, "tlh"),
    ],
)
def test_what_is_mistyped_is_told(desk: Client, changes: dict[str, object], told: str) -> None:
    response = add(desk, **changes)
    assert response.status_code == 422
    assert told in text_of(response)
    assert not Feed.objects.exists()


def test_adding_it_the_second_time_shows_how_it_stands(desk: Client) -> None:
    add(desk)
    page = add(desk, url=URL.replace("https", "http"))
    assert page["Location"] == f"/staff/topics/feeds/{Feed.objects.get().pk}/"
    assert "This feed was added before" in text_of(desk.get(page["Location"]))


def test_the_list_says_how_each_stands(desk: Client) -> None:
    now = timezone.now()
    good = a_feed(URL, title="NewsCafe", polled_at=now, next_poll_at=now + timedelta(minutes=15))
    a_draft_of(good)
    a_feed(f"{URL}2", problem="missing 404", is_active=False)
    page = text_of(desk.get("/staff/topics/feeds/"))
    for told in ("NewsCafe", URL, "Economy", "Romanian", "in 15 minutes", "not yet", "paused"):
        assert told in page
    assert "There is nothing at this address (404)." in page


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_its_sentence(desk: Client, trouble: Trouble) -> None:
    feed = a_feed(URL, problem=f"{trouble} 418")
    told = str(SENTENCES[trouble]) % {"detail": "418"}
    assert told in seen(desk, feed)
    assert told in text_of(desk.get("/staff/topics/feeds/"))


def test_a_page_that_names_its_feed_leads_to_it(desk: Client) -> None:
    feed = a_feed(URL, problem="page https://newscafe.example/rss?a=b&c")
    page = desk.get(f"/staff/topics/feeds/{feed.pk}/").content.decode()
    query = "url=https%3A%2F%2Fnewscafe.example%2Frss%3Fa%3Db%26c&amp;section="
    assert f"{query}{feed.section_id}&amp;language=ro" in page

    form = desk.get(
        "/staff/topics/feeds/",
        {
            "url": "https://newscafe.example/rss?a=b&c",
            "section": str(feed.section_id),
            "language": "ro",
        },
    ).content.decode()
    assert 'value="https://newscafe.example/rss?a=b&amp;c"' in form
    assert f'<option value="{feed.section_id}" selected>' in form
    assert '<option value="ro" selected>' in form


def test_what_it_brought_is_listed(desk: Client) -> None:
    feed = a_feed(URL)
    assert "Nothing yet." in seen(desk, feed)
    Feed.objects.update(read_at=NOON)
    assert "Nothing that is still here." in seen(desk, feed)
    for number in range(25):
        a_draft_of(feed, f"Bread {number}")
    page = seen(desk, feed)
    assert page.index("Bread 24") < page.index("Bread 23")
    assert "The newest 20 of 25." in page


def test_look_at_it_now(desk: Client) -> None:
    feed = a_feed(URL, next_poll_at=NOON + timedelta(days=9999), failures=3)
    response = desk.post(f"/staff/topics/feeds/{feed.pk}/ask/")
    feed.refresh_from_db()
    assert "?since=" in response["Location"]
    assert feed.next_poll_at <= timezone.now()


def test_pause_it_and_take_it_up_again(desk: Client) -> None:
    feed = a_feed(URL)
    page = text_of(desk.post(f"/staff/topics/feeds/{feed.pk}/pause/", follow=True))
    assert "Paused: it is not looked at until you say so." in page
    assert "Take it up again" in page
    desk.post(f"/staff/topics/feeds/{feed.pk}/ask/")
    feed.refresh_from_db()
    assert feed.is_active


def test_remove_it(desk: Client) -> None:
    feed = a_feed(URL)
    topic = a_draft_of(feed).topic
    page = text_of(desk.post(f"/staff/topics/feeds/{feed.pk}/remove/", follow=True))
    assert "Removed. The drafts that it brought are still here." in page
    assert not Feed.objects.exists()
    assert topic is not None
    topic.refresh_from_db()
    assert desk.post(f"/staff/topics/feeds/{feed.pk}/remove/").status_code == 404


def test_the_page_looks_again_until_it_was_asked(desk: Client) -> None:
    now = timezone.now()
    feed = a_feed(URL, polled_at=now - timedelta(hours=1))
    since = f"?since={int(now.timestamp())}"
    assert "We are looking at it." in seen(desk, feed, since)

    early = f"?since={int(now.timestamp()) - 90}"
    assert "is the worker running?" in seen(desk, feed, early)

    Feed.objects.update(polled_at=now)
    answered = desk.get(f"/staff/topics/feeds/{feed.pk}/{since}")
    assert "We are looking at it." not in text_of(answered)
    assert "Refresh" not in answered.headers


@pytest.mark.parametrize("since", ["x", "", "-1", "9" * 30, "²", "99999999999"])
def test_a_moment_that_is_none(desk: Client, since: str) -> None:
    assert desk.get(f"/staff/topics/feeds/{a_feed(URL).pk}/", {"since": since}).status_code == 200


@pytest.mark.parametrize("name", ["ask", "pause", "remove"])
def test_nothing_changes_by_looking(desk: Client, name: str) -> None:
    assert desk.get(f"/staff/topics/feeds/{a_feed(URL).pk}/{name}/").status_code == 405


def test_what_strangers_wrote_is_only_text(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    feed = a_feed(f"{URL}?{evil}", title=evil, problem=f"page {evil}")
    a_draft_of(feed, evil)
    for address in ("/staff/topics/feeds/", f"/staff/topics/feeds/{feed.pk}/"):
        assert "<script>alert" not in desk.get(address).content.decode()


def test_more_feeds_are_no_more_queries(
    desk: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    def fill(first: int) -> None:
        for number in range(first, first + 5):
            a_draft_of(a_feed(f"{URL}{number}"), f"Bread {number}")

    fill(0)
    with django_assert_max_num_queries(7) as asked:
        desk.get("/staff/topics/feeds/")
    fill(5)
    with django_assert_num_queries(len(asked)):
        desk.get("/staff/topics/feeds/")


def test_readers_are_not_let_in(client: Client, db: None) -> None:
    assert client.get("/staff/topics/feeds/").status_code == 302
    assert client.post("/staff/topics/feeds/", {"url": URL}).status_code == 302
    assert not Feed.objects.exists()
