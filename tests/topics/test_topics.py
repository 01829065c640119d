"""Topics are written, published, taken off and thrown away."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import withdrawing
from donations.models import Donation, Section, Supporter, Topic, User
from donations.topics import operations as topics
from donations.topics import queries
from donations.topics.operations.topics import RESERVED
from donations.urls import urlpatterns
from tests.web.topics import NOON, a_topic

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
NUMBERS = count(1)
Text = topics.Text


def content(**changes: Any) -> topics.Content:
    """An English text under Politics, or something else."""
    told: dict[str, Any] = {
        "section": Section.objects.get(slug="politics"),
        "texts": {"en": Text(title="Bread")},
    }
    return topics.Content(**(told | changes))


def gift(supporter: Supporter | None, days_before: float) -> Donation:
    when = NOON - timedelta(days=days_before)
    return Donation.objects.create(
        gateway="manual", gateway_ref=str(next(NUMBERS)), amount_minor=100, currency="EUR",
        supporter=supporter, received_at=when, recorded_at=when,
    )  # fmt: skip


def a_supporter() -> Supporter:
    email = f"reader{next(NUMBERS)}@example.org"
    return Supporter.objects.create(email=email, language="en", created_at=NOON)


# --- writing ---------------------------------------------------------------------------------


def test_a_draft_with_a_text_in_each_language(django_user_model: type[User]) -> None:
    author = User.objects.create_user("editor@example.org", is_staff=True)
    texts = {
        "ro": Text(title=" Pâinea noastră ", summary="x ", body="a\r\nb", picture_alt=" y"),
        "en": Text(title="Our bread"),
        "ru": Text(title="  "),
        "xx": Text(title="Unknown"),
    }
    topic = topics.create(content=content(texts=texts, language="ro"), by=author, at=NOON)
    assert (topic.state, topic.language, topic.author, topic.slug) == (
        "draft", "ro", author, "painea-noastra",
    )  # fmt: skip
    assert {(text.language, text.title, text.body) for text in topic.texts.all()} == {
        ("ro", "Pâinea noastră", "a\nb"),
        ("en", "Our bread", ""),
    }


def test_somebody_s_second_click_makes_no_second_draft() -> None:
    author = User.objects.create_user("editor@example.org", is_staff=True)
    first, second = (
        topics.create(content=content(), by=author, at=NOON + timedelta(seconds=each))
        for each in range(2)
    )
    other = topics.create(content=content(), by=None, at=NOON)
    assert first == second != other
    assert (first.slug, other.slug) == ("bread", "bread-2")


def test_a_topic_that_says_nothing() -> None:
    topic = a_topic(is_published=False)
    for texts in ({}, {"en": Text(title=" ", body="Words without a title")}):
        with pytest.raises(topics.NoText):
            topics.create(content=content(texts=texts), by=None, at=NOON)
        with pytest.raises(topics.NoText):
            topics.edit(topic=topic, content=content(texts=texts), seen=None, at=NOON)


@pytest.mark.parametrize(
    ("titles", "slug"),
    [
        ({"en": "Who pays for the bread?"}, "who-pays-for-the-bread"),
        ({"ro": "Știri și țări: după război"}, "stiri-si-tari-dupa-razboi"),
        ({"ru": "Почём хлеб?", "en": "Bread", "ro": "Pâine"}, "pochem-khleb"),
        ({"ru": "…", "en": "Bread"}, "bread"),
        ({"en": "Feed"}, "feed-2"),
        ({"en": "a" * 200}, "a" * 80),
        ({"en": "?!"}, "topic"),
        ({"en": "../../etc"}, "etc"),
    ],
)
def test_the_address_is_made_of_the_first_title(titles: dict[str, str], slug: str) -> None:
    texts = {language: Text(title=title) for language, title in titles.items()}
    first = next(iter(titles))
    topic = topics.create(content=content(texts=texts, language=first), by=None, at=NOON)
    assert topic.slug == slug
    topic.full_clean()


def test_no_two_have_one_address() -> None:
    title = "b" * 100
    slugs = [
        topics.create(content=content(texts={"en": Text(title=title)}), by=None, at=NOON).slug
        for _each in range(3)
    ]
    assert slugs == ["b" * 80, "b" * 78 + "-2", "b" * 78 + "-3"]


def test_what_stands_under_topics_is_no_topic_s_address() -> None:
    paths = [str(each.pattern) for each in urlpatterns]
    start = "<language:language>/topics/"
    names = {path.removeprefix(start).split("/")[0] for path in paths if path.startswith(start)}
    assert names - {"", "<slug:slug>"} <= RESERVED
    assert paths.index(f"{start}<slug:slug>/") > max(
        paths.index(path) for path in paths if path.startswith(start) and "slug" not in path
    )


def test_the_address_follows_the_title_until_it_was_published() -> None:
    topic = a_topic(is_published=False)
    topics.edit(topic=topic, content=content(texts={"en": Text(title="Milk")}), seen=None, at=NOON)
    topic.refresh_from_db()
    assert topic.slug == "milk"
    topics.publish(topic=topic, at=NOON)
    topics.unpublish(topic=topic)
    topics.edit(topic=topic, content=content(texts={"en": Text(title="Wine")}), seen=None, at=NOON)
    topic.refresh_from_db()
    assert (topic.slug, topic.texts.get().title) == ("milk", "Wine")


def test_editing_takes_a_language_away_and_adds_one() -> None:
    topic = a_topic()
    new = content(texts={"ru": Text(title="Хлеб")}, section=Section.objects.get(slug="economy"))
    assert topics.edit(topic=topic, content=new, seen=topic.changed_at, at=LATER)
    topic.refresh_from_db()
    assert [(text.language, text.title) for text in topic.texts.all()] == [("ru", "Хлеб")]
    assert (topic.language, topic.section.slug, topic.changed_at) == ("ru", "economy", LATER)


def test_editing_the_second_time_changes_nothing() -> None:
    topic, new = a_topic(), content(texts={"en": Text(title="Milk")})
    seen = topic.changed_at
    assert topics.edit(topic=topic, content=new, seen=seen, at=LATER)
    assert not topics.edit(topic=topic, content=new, seen=seen, at=LATER + timedelta(hours=1))
    topic.refresh_from_db()
    assert topic.changed_at == LATER


def test_whoever_saves_later_is_told() -> None:
    topic = a_topic()
    seen = topic.changed_at
    topics.edit(topic=topic, content=content(link="https://a.example"), seen=seen, at=LATER)
    with pytest.raises(topics.ChangedSince):
        topics.edit(topic=topic, content=content(), seen=seen, at=LATER)
    topic.refresh_from_db()
    assert topic.link == "https://a.example"
    assert topics.edit(topic=topic, content=content(), seen=None, at=LATER)


# --- publishing ------------------------------------------------------------------------------


def test_who_made_it_possible() -> None:
    ana, ion, eva, old = (a_supporter() for _each in range(4))
    for supporter, days in ((ana, 1), (ana, 2), (ion, 364), (eva, 0), (old, 366), (None, 1)):
        gift(supporter, days)
    gift(a_supporter(), -1)
    topic = a_topic(is_published=False)
    assert topics.publish(topic=topic, at=NOON)
    topic.refresh_from_db()
    assert (topic.state, topic.published_at, topic.supporters_count) == ("published", NOON, 3)


def test_publishing_the_second_time_changes_nothing() -> None:
    topic = a_topic()
    gift(a_supporter(), 0)
    assert not topics.publish(topic=topic, at=LATER)
    topic.refresh_from_db()
    assert (topic.published_at, topic.supporters_count) == (NOON, 0)


def test_a_later_gift_does_not_change_it() -> None:
    topic = a_topic()
    gift(a_supporter(), 0)
    topics.edit(topic=topic, content=content(texts={"en": Text(title="X y z")}), seen=None, at=NOON)
    topic.refresh_from_db()
    assert topic.supporters_count == 0


def test_taking_it_off_the_second_time_changes_nothing_and_it_can_come_back() -> None:
    topic = a_topic()
    assert [topics.unpublish(topic=topic) for _twice in range(2)] == [True, False]
    gift(a_supporter(), 0)
    assert topics.publish(topic=topic, at=LATER)
    topic.refresh_from_db()
    assert (topic.published_at, topic.supporters_count) == (LATER, 1)


def test_a_draft_is_thrown_away_once() -> None:
    topic = a_topic(is_published=False)
    assert [topics.delete(topic=topic) for _twice in range(2)] == [True, False]
    assert not Topic.objects.exists()


def test_what_readers_see_is_not_thrown_away() -> None:
    with pytest.raises(topics.IsPublished):
        topics.delete(topic=a_topic())


def test_what_was_mailed_is_not_thrown_away() -> None:
    topic = a_topic(is_published=False)
    broadcasts.draft(topic=topic, by=None, at=NOON)
    with pytest.raises(topics.IsMailed):
        topics.delete(topic=topic)
    assert Topic.objects.filter(pk=topic.pk).exists()


@pytest.mark.parametrize("state", Broadcast.State.values)
def test_it_is_not_taken_off_while_a_mailing_leads_there(state: str) -> None:
    topic = a_topic()
    Broadcast.objects.create(
        topic=topic, state=state, send_at=NOON, frozen_at=NOON, created_at=NOON, changed_at=NOON
    )
    if state in ("draft", "finished", "canceled"):
        assert withdrawing.withdraw(topic=topic)
        assert not withdrawing.withdraw(topic=topic)
    else:
        with pytest.raises(withdrawing.IsOnTheWay):
            withdrawing.withdraw(topic=topic)
    topic.refresh_from_db()
    assert (topic.state == "draft") == (state in ("draft", "finished", "canceled"))


# --- asking ----------------------------------------------------------------------------------


def test_the_newest_three_without_a_query_when_warm(
    django_assert_num_queries: Callable[..., Any],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    for day in range(5):
        texts = {"ro": Text(title=f"Ziua {day}"), "ru": Text(title=f"День {day}")}
        a_topic(at=NOON + timedelta(days=day), texts=texts, language="ro")
    a_topic(is_published=False)
    first = queries.newest()
    with django_assert_num_queries(0):
        assert queries.newest() == first
    assert [each.said_in("ru") for each in first] == [(f"День {day}", "ru") for day in (4, 3, 2)]
    assert first[0].said_in("en") == ("Ziua 4", "ro")
    with django_capture_on_commit_callbacks(execute=True):
        topics.unpublish(topic=Topic.objects.get(slug="ziua-4"))
    assert [each.slug for each in queries.newest()] == ["ziua-3", "ziua-2", "ziua-1"]


def test_sections_that_readers_find_something_in() -> None:
    a_topic(section=Section.objects.get(slug="economy"))
    a_topic(is_published=False)
    assert [each.slug for each in queries.sections_with_topics()] == ["economy"]
