"""Topics as readers find them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from donations.models import Section, Topic
from donations.topics import operations as topics
from tests.web.desk import text_of
from tests.web.form import flat
from tests.web.topics import BREAD, NOON, a_picture, a_topic, upload

pytestmark = pytest.mark.django_db
Counted = Callable[..., Any]
ROMANIAN = topics.Text(title="Cine plătește pâinea?", summary="Am întrebat.", body="A început.")
RUSSIAN = topics.Text(title="Кто платит за хлеб?")


def kept_picture() -> Any:
    body = a_picture()
    return topics.keep_picture(upload=upload(body), size=len(body), at=NOON)


def cold() -> None:
    for each in caches.all():
        each.clear()


def test_a_topic_in_the_reader_s_language(client: Client) -> None:
    topic = a_topic(
        texts={"en": BREAD, "ro": ROMANIAN}, link="https://newscafe.example/bread",
        picture=kept_picture(),
    )  # fmt: skip
    Topic.objects.update(supporters_count=2)
    response = client.get("/ro/topics/who-pays-for-the-bread/")
    page = flat(response)
    assert "<h1>Cine plătește pâinea?</h1>" in page
    assert '<article class="reading" dir="auto">' in page
    assert "<p>A început.</p>" in page
    assert "We have no text of this" not in page
    assert 'href="https://newscafe.example/bread"' in page
    picture = topic.picture
    assert picture is not None
    assert f'src="/pictures/{picture.digest}"' in page
    assert 'alt="" width="40" height="20"' in page
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    english = flat(client.get("/en/topics/who-pays-for-the-bread/"))
    assert 'alt="A loaf" width="40" height="20"' in english
    assert "Made possible by 2 supporters." in english
    assert "We asked **everybody**." in english
    assert "<em>price</em>" in english
    assert "Support NewsCafe" in english


@pytest.mark.parametrize(("count", "said"), [(1, "1 supporter."), (1234, "1,234 supporters.")])
def test_made_possible_in_the_right_number(client: Client, count: int, said: str) -> None:
    a_topic()
    Topic.objects.update(supporters_count=count)
    for address in ("/en/topics/", "/en/topics/who-pays-for-the-bread/"):
        assert f"Made possible by {said}" in text_of(client.get(address))


@pytest.mark.parametrize("count", [0, None])
def test_nobody_made_it_possible(client: Client, count: int | None) -> None:
    a_topic()
    Topic.objects.update(supporters_count=count)
    for address in ("/en/topics/", "/en/topics/who-pays-for-the-bread/"):
        assert "Made possible" not in text_of(client.get(address))


@pytest.mark.parametrize(
    ("texts", "first", "asked", "given"),
    [
        ({"en": BREAD, "ro": ROMANIAN, "ru": RUSSIAN}, "ru", "ro", "ro"),
        ({"en": BREAD, "ru": RUSSIAN}, "ru", "ro", "ru"),
        ({"en": BREAD, "ru": RUSSIAN}, "en", "ro", "en"),
        ({"ro": ROMANIAN, "ru": RUSSIAN}, "ru", "en", "ru"),
        ({"ru": RUSSIAN}, "ru", "en", "ru"),
    ],
)
def test_a_missing_language_falls_back_in_the_stated_order(
    client: Client, texts: dict[str, topics.Text], first: str, asked: str, given: str
) -> None:
    topic = a_topic(texts=texts, language=first)
    page = flat(client.get(f"/{asked}/topics/{topic.slug}/"))
    assert f"<h1>{texts[given].title}</h1>" in page
    assert f'<html lang="{asked}">' in page
    site = settings.SITE_URL
    assert f'<link rel="canonical" href="{site}/{given}/topics/{topic.slug}/">' in page
    told = re.findall(r'rel="alternate" hreflang="(\w+)"', page)
    assert told == [each for each in ("en", "ro", "ru") if each in texts]
    assert (f'<article class="reading" lang="{given}"' in page) == (asked != given)
    listed = flat(client.get(f"/{asked}/topics/"))
    assert texts[given].title in listed
    assert (f'dir="auto" lang="{given}"' in listed) == (asked != given)


def test_the_fallback_is_told_politely(client: Client) -> None:
    a_topic(texts={"ro": ROMANIAN}, language="ro")
    page = flat(client.get("/en/topics/cine-plateste-painea/"))
    assert "We have no text of this in your language yet" in page
    assert '<span lang="ro">Română</span>' in page


def test_a_draft_is_not_there(client: Client) -> None:
    a_topic(is_published=False)
    assert client.get("/en/topics/who-pays-for-the-bread/").status_code == 404
    assert "bread" not in text_of(client.get("/en/topics/"))
    assert "bread" not in client.get("/en/topics/feed/").content.decode()
    assert "What your gifts made possible lately" not in text_of(client.get("/en/"))


def test_what_was_taken_off_is_gone_within_a_minute(client: Client) -> None:
    topic = a_topic()
    assert client.get("/en/topics/who-pays-for-the-bread/").status_code == 200
    topics.unpublish(topic=topic)
    cold()
    assert client.get("/en/topics/who-pays-for-the-bread/").status_code == 404


@pytest.mark.parametrize("address", ["/en/topics/none/", "/xx/topics/", "/en/topics/?section=none"])
def test_what_is_not_there(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no page here." in response.content.decode()


def test_nothing_yet(client: Client) -> None:
    page = text_of(client.get("/en/topics/"))
    assert "The first topic is being written." in page


def test_by_section(client: Client) -> None:
    a_topic()
    economy = Section.objects.get(slug="economy")
    a_topic(section=economy, texts={"en": topics.Text(title="Prices of flats")})
    economy.is_open = False
    economy.save()
    every = text_of(client.get("/en/topics/"))
    assert "All topics Politics Economy" in every
    assert "War in Ukraine Every" not in every
    of_one = client.get("/en/topics/?section=economy")
    assert "Prices of flats" in text_of(of_one)
    assert "bread" not in text_of(of_one)
    page = of_one.content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/en/topics/?section=economy">' in page
    assert 'href="/ro/topics/?section=economy"' in page


def test_newest_first_and_pages_follow(client: Client) -> None:
    for day in range(12):
        text = topics.Text(title=f"Topic number {day:02}")
        a_topic(texts={"en": text}, at=NOON + timedelta(days=day))
    first, second = (text_of(client.get(f"/en/topics/?page={each}")) for each in (1, 2))
    assert first.index("number 11") < first.index("number 10")
    assert "number 01" not in first
    assert "number 01" in second
    assert "Page 2 of 2" in second
    assert text_of(client.get("/en/topics/?page=none")) == first
    page = client.get("/en/topics/?page=2&utm_source=x").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/en/topics/?page=2">' in page


def test_more_topics_are_no_more_queries(
    client: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    a_topic(picture=kept_picture())
    with django_assert_max_num_queries(7) as asked:
        client.get("/en/topics/")
    few = len(asked)
    assert not [query for query in asked if '"data"' in query["sql"]]
    for day in range(5):
        a_topic(texts={"en": topics.Text(title=f"Topic {day}"), "ro": ROMANIAN})
    cold()
    with django_assert_num_queries(few):
        client.get("/en/topics/")
    cold()
    with django_assert_max_num_queries(5):
        client.get("/en/topics/who-pays-for-the-bread/")
    for address in ("/en/topics/", "/en/topics/who-pays-for-the-bread/", "/en/topics/feed/"):
        client.get(address)
        with django_assert_num_queries(0):
            client.get(address)


def test_a_reader_can_ask_to_hear_of_more(client: Client) -> None:
    a_topic()
    for address in ("/en/topics/", "/en/topics/who-pays-for-the-bread/"):
        assert 'action="/en/topics/follow/"' in client.get(address).content.decode()


EVIL = """<script>alert(1)</script>

[a](javascript:alert(1)) ![b](https://evil.example/b.png) <img src=x onerror=alert(1)>
"""


def test_nothing_that_was_written_runs_or_loads(client: Client) -> None:
    text = topics.Text(title="<script>alert(2)</script>", summary='"><script>', body=EVIL)
    topic = a_topic(texts={"en": text}, link="https://newscafe.example/?a=1&b=\"'>")
    for address in ("/en/topics/", f"/en/topics/{topic.slug}/", "/en/"):
        page = client.get(address).content.decode()
        assert "<script>" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page
    assert '<a href="https://evil.example/b.png" rel="noopener">b</a>' in flat(
        client.get(f"/en/topics/{topic.slug}/")
    )


@pytest.mark.parametrize("address", ["/en/topics/", "/en/topics/who-pays-for-the-bread/"])
def test_it_stands_in_no_frame_and_knows_only_get(client: Client, address: str) -> None:
    a_topic()
    assert client.get(address)["X-Frame-Options"] == "DENY"
    assert client.post(address).status_code == 405


# --- pictures --------------------------------------------------------------------------------


def test_a_picture_is_kept_for_ever(client: Client, django_assert_num_queries: Counted) -> None:
    picture = kept_picture()
    with django_assert_num_queries(1):
        response = client.get(f"/pictures/{picture.digest}")
    assert b"".join(response) == bytes(picture.data)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert int(response["Content-Length"]) == len(picture.data)
    assert not response.cookies
    with django_assert_num_queries(0):
        known = client.get(
            f"/pictures/{picture.digest}", headers={"If-None-Match": response["ETag"]}
        )
    assert known.status_code == 304


@pytest.mark.parametrize("digest", ["%00", "a%0d%0ab", "a%22b"])
def test_what_is_no_digest_is_not_there(client: Client, digest: str) -> None:
    response = client.get(f"/pictures/{digest}", headers={"If-None-Match": "*"})
    assert response.status_code == 404


def test_pictures_do_not_fill_the_memory(client: Client) -> None:
    client.get(f"/pictures/{kept_picture().digest}").close()
    assert not caches["pages"]._cache  # type: ignore[attr-defined]


def test_a_picture_that_is_not_there(client: Client) -> None:
    assert client.get(f"/pictures/{'0' * 64}").status_code == 404
    assert client.get("/pictures/..%2f..%2fetc").status_code == 404


# --- the support page ------------------------------------------------------------------------


def test_what_the_money_paid_for_lately(client: Client, django_assert_num_queries: Counted) -> None:
    a_topic(texts={"ro": ROMANIAN}, language="ro")
    page = flat(client.get("/en/"))
    assert "What your gifts made possible lately" in page
    assert 'href="/en/topics/cine-plateste-painea/"' in page
    assert 'lang="ro" hreflang="ro">Cine plătește pâinea?</a>' in page
    assert 'href="/en/topics/" target="_top"' in page
    with django_assert_num_queries(0):
        client.get("/en/")
        client.get("/ro/")


def test_no_topics_no_heading(client: Client) -> None:
    assert "lately" not in client.get("/en/").content.decode()
