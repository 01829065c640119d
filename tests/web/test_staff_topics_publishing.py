"""A topic is shown to readers, taken off the pages, thrown away."""

import pytest
from django.test import Client

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.models import Broadcast
from donations.models import Section, Suggestion, Topic
from donations.topics import operations as topics
from tests.web.desk import text_of
from tests.web.topics import BREAD, NOON, a_picture, a_topic, upload, written

pytestmark = pytest.mark.django_db


def test_publishing_says_before_what_is_missing(desk: Client) -> None:
    body = a_picture()
    picture = topics.keep_picture(upload=upload(body), size=len(body), at=NOON)
    texts = {"ro": topics.Text(title="Pâinea"), "en": BREAD}
    topic = a_topic(texts=texts, language="ro", picture=picture, is_published=False)
    Section.objects.filter(slug="politics").update(is_open=False)
    page = text_of(desk.get(f"/staff/topics/{topic.pk}/publish/"))
    for said in (
        "There is no text in this language: Russian. Its readers get this one: Romanian.",
        "Romanian: there is no summary.",
        "Romanian: there is no text below the title.",
        "Romanian: nothing describes the picture to people who cannot see it.",
        "Its section is closed",
        "There is no link to a whole article.",
    ):
        assert said in page, said
    assert "English:" not in page
    assert "Made possible by" not in page, "nobody gave: the page will not say it"
    topic.refresh_from_db()
    assert topic.state == "draft"


def test_nothing_is_missing(desk: Client) -> None:
    every = dict.fromkeys(("en", "ro", "ru"), BREAD)
    topic = a_topic(texts=every, link="https://newscafe.example/a", is_published=False)
    assert "Nothing is missing" in text_of(desk.get(f"/staff/topics/{topic.pk}/publish/"))


def test_who_backed_its_suggestion_is_not_nobody(desk: Client) -> None:
    topic = a_topic(is_published=False)
    address = f"/staff/topics/{topic.pk}/publish/"
    assert "Publishing writes to nobody." in text_of(desk.get(address))
    Suggestion.objects.create(
        title="Bread",
        state=Suggestion.State.TAKEN_UP,
        topic=topic,
        created_at=NOON,
        changed_at=NOON,
    )
    assert "writes once to those who backed the suggestion" in text_of(desk.get(address))


def test_saving_and_publishing_leads_to_the_question(desk: Client) -> None:
    response = desk.post("/staff/topics/new/", written(publish="1"))
    topic = Topic.objects.get()
    assert response.headers["Location"] == f"/staff/topics/{topic.pk}/publish/"
    assert topic.state == "draft"


def test_publishing_and_the_second_time(desk: Client, client: Client) -> None:
    topic = a_topic(is_published=False)
    address = f"/staff/topics/{topic.pk}/publish/"
    assert "Published. Readers see it from now on." in text_of(desk.post(address, follow=True))
    assert "It is published already." in text_of(desk.post(address, follow=True))
    assert "It is published already." in text_of(desk.get(address))
    assert client.get(f"/en/topics/{topic.slug}/").status_code == 200


def test_taking_it_off_and_the_second_time(desk: Client) -> None:
    topic = a_topic()
    address = f"/staff/topics/{topic.pk}/unpublish/"
    assert "Taken off the pages." in text_of(desk.post(address, follow=True))
    assert "It is a draft already." in text_of(desk.post(address, follow=True))


def test_not_while_a_mailing_is_on_its_way(desk: Client) -> None:
    topic = a_topic()
    Broadcast.objects.create(
        topic=topic, state="scheduled", send_at=NOON, created_at=NOON, changed_at=NOON
    )
    page = text_of(desk.post(f"/staff/topics/{topic.pk}/unpublish/", follow=True))
    assert "A mailing about this topic is on its way." in page
    topic.refresh_from_db()
    assert topic.state == "published"


def test_throwing_a_draft_away(desk: Client) -> None:
    topic = a_topic(is_published=False)
    page = text_of(desk.post(f"/staff/topics/{topic.pk}/delete/", follow=True))
    assert "The draft was thrown away." in page
    assert not Topic.objects.exists()


def test_what_is_published_or_mailed_stays(desk: Client) -> None:
    topic = a_topic()
    address = f"/staff/topics/{topic.pk}/delete/"
    assert "Take it off the pages first." in text_of(desk.post(address, follow=True))
    topics.unpublish(topic=topic)
    broadcasts.draft(topic=topic, by=None, at=NOON)
    assert "There is a mailing about this topic" in text_of(desk.post(address, follow=True))
    assert Topic.objects.exists()
