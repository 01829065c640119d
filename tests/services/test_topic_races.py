"""Colleagues write at the same moment: each topic has its address, each save its answer."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.editions import NothingToSay
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import withdrawing
from donations.models import Picture, Section, Topic, User
from donations.sections import staffing
from donations.topics import operations as topics
from tests.services.together import at_once
from tests.web.topics import NOON, a_picture, a_topic, upload

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture(autouse=True)
def _on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.fail("Rows are locked on PostgreSQL only: run `python -m tests.services`.")


def content(title: str) -> topics.Content:
    section = Section.objects.get(slug="politics")
    return topics.Content(section=section, texts={"en": topics.Text(title=title)})


def test_the_same_title_at_once_has_as_many_addresses() -> None:
    write = partial(topics.create, content=content("Bread"), by=None, at=NOON)
    made = at_once(*[write] * 6)
    assert {topic.slug for topic in made} == {"bread", *(f"bread-{n}" for n in range(2, 7))}


def test_many_clicks_of_one_person_are_one_draft() -> None:
    author = User.objects.create_user("editor@example.org", is_staff=True)
    write = partial(topics.create, content=content("Bread"), by=author, at=NOON)
    assert len({topic.pk for topic in at_once(*[write] * 6)}) == 1


def test_of_two_colleagues_one_is_told() -> None:
    topic = a_topic(is_published=False)

    def save(title: str) -> bool:
        try:
            later = NOON + timedelta(hours=1)
            return topics.edit(topic=topic, content=content(title), seen=NOON, at=later)
        except topics.ChangedSince:
            return False

    saved = at_once(*[partial(save, f"Title {number}") for number in range(5)])
    assert sum(saved) == 1
    assert topic.texts.count() == 1


def test_published_once_and_moved_in_order() -> None:
    topic = a_topic(is_published=False)
    assert sum(at_once(*[partial(topics.publish, topic=topic, at=NOON)] * 5)) == 1
    sections = list(Section.objects.order_by("position"))
    moves = [partial(staffing.move, section=each, places=1) for each in sections * 2]
    at_once(*moves)
    assert sorted(Section.objects.values_list("position", flat=True)) == [0, 1, 2]


def test_the_same_picture_at_once_is_one_row() -> None:
    body = a_picture()
    keep = [
        partial(topics.keep_picture, upload=upload(body), size=len(body), at=NOON)
        for _each in range(5)
    ]
    assert len({picture.pk for picture in at_once(*keep)}) == 1
    assert Picture.objects.count() == 1


def test_taken_off_while_it_is_thrown_away_or_written() -> None:
    topic = a_topic()

    def throw_away() -> bool:
        try:
            return topics.delete(topic=topic)
        except topics.IsPublished:
            return False

    at_once(partial(topics.unpublish, topic=topic), throw_away, throw_away)
    assert Topic.objects.filter(state="published").count() == 0


def test_no_mailing_is_scheduled_to_what_was_taken_off() -> None:
    for _round in range(10):
        topic = a_topic()
        mailing = broadcasts.draft(topic=topic, by=None, at=NOON)

        def schedule(mailing: Broadcast = mailing) -> bool:
            try:
                broadcasts.schedule(
                    broadcast=mailing,
                    send_at=NOON,
                    max_lateness=timedelta(hours=1),
                    by=None,
                    at=NOON,
                )
            except NothingToSay:
                return False
            return True

        def withdraw(topic: Topic = topic) -> bool:
            try:
                return withdrawing.withdraw(topic=topic)
            except withdrawing.IsOnTheWay:
                return False

        scheduled, withdrawn = at_once(schedule, withdraw)
        assert not (scheduled and withdrawn)
        Topic.objects.filter(pk=topic.pk).update(slug=f"done-{topic.pk}")
