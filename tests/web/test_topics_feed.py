"""Topics as a feed."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from donations.models import Section
from donations.outlet.models import Outlet
from donations.outlet.queries import CACHE_KEY
from donations.topics import operations as topics
from tests.web.topics import BREAD, NOON, a_picture, a_topic, upload

pytestmark = pytest.mark.django_db


def read(client: Client, language: str = "en") -> Any:
    """As a reader of feeds does."""
    response = client.get(f"/{language}/topics/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not response.cookies
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return parsed


@pytest.mark.parametrize("character", ["\x0b", "\x1b", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_breaks_no_feed(client: Client, character: str) -> None:
    """A title that was pasted, a body that another newsroom's feed brought, a name in /admin/."""
    said = f"Br{character}ead"
    Outlet.objects.update(name=said)
    cache.delete(CACHE_KEY)
    a_topic(texts={"en": topics.Text(title=said, summary=said, body=said)})
    Section.objects.update(names={"en": said})
    feed = read(client)
    cache.delete(CACHE_KEY)
    assert feed.feed.title == "Bread: topics"
    [entry] = feed.entries
    assert entry.title == "Bread"
    assert [tag.term for tag in entry.tags] == ["Bread"]


def test_it_works(client: Client) -> None:
    body = a_picture()
    picture = topics.keep_picture(upload=upload(body), size=len(body), at=NOON)
    text = topics.Text(title="Bread & <b>", summary="We asked.", body="See [it](/en/topics/).")
    a_topic(texts={"en": text}, picture=picture, section=Section.objects.get(slug="economy"))
    feed = read(client)
    site = settings.SITE_URL
    assert feed.feed.title == "NewsCafe: topics"
    assert feed.feed.language == "en"
    assert {link.href for link in feed.feed.links} == {
        f"{site}/en/topics/", f"{site}/en/topics/feed/",
    }  # fmt: skip
    (entry,) = feed.entries
    assert entry.title == "Bread & <b>"
    assert entry.link == entry.id == f"{site}/en/topics/{'bread-b'}/"
    assert entry.published == NOON.isoformat()
    assert entry.tags[0].term == "Economy"
    assert f'src="{site}/pictures/{picture.digest}"' in entry.summary
    assert "<p>We asked.</p>" in entry.summary
    assert f'href="{site}/en/topics/"' in entry.summary


def test_an_entry_in_another_language_says_so(client: Client) -> None:
    a_topic(texts={"ro": topics.Text(title="Pâinea")}, language="ro")
    body = client.get("/en/topics/feed/").content.decode()
    assert 'xml:lang="en"' in body.split("<entry")[0]
    assert '<entry xml:lang="ro">' in body
    assert read(client).entries[0].link == f"{settings.SITE_URL}/en/topics/painea/"


def test_every_entry_has_its_own_id_that_stays(client: Client) -> None:
    for day in range(22):
        a_topic(texts={"en": topics.Text(title=f"Day {day}")}, at=NOON + timedelta(days=day))
    feed = read(client)
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == 20
    assert ids[0].endswith("/day-21/")
    assert feed.feed.updated == (NOON + timedelta(days=21)).isoformat()


def test_an_edit_is_an_update_of_the_same(client: Client) -> None:
    topic = a_topic()
    later = NOON + timedelta(days=1)
    changed = topics.Text(title="Another title", body=BREAD.body)
    content = topics.Content(section=topic.section, texts={"en": changed})
    topics.edit(topic=topic, content=content, seen=None, at=later)
    (entry,) = read(client).entries
    assert entry.id.endswith("/who-pays-for-the-bread/")
    assert (entry.published, entry.updated) == (NOON.isoformat(), later.isoformat())


def test_nothing_yet(client: Client) -> None:
    assert read(client, "ru").entries == []


def test_pages_lead_to_it(client: Client) -> None:
    a_topic()
    for address in ("/ro/topics/", "/ro/topics/who-pays-for-the-bread/"):
        page = client.get(address).content.decode()
        assert 'type="application/atom+xml"' in page
        assert f'href="{settings.SITE_URL}/ro/topics/feed/"' in page
