"""Asking for mail about topics: the same answer for everybody, and nothing ticked before."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.outbox.models import Message
from donations.sections import queries
from donations.sections.models import Follow, Section
from donations.supporters.models import Consent, Supporter
from donations.web import following
from donations.web.following import follow_form
from tests.web.following import a_reader, follows, send
from tests.web.form import flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def test_it_works(client: Client) -> None:
    response = send(client, "ro")

    assert (response.status_code, response["Location"]) == (303, "/ro/topics/follow/?sent=1")
    follow = Follow.objects.get()
    assert (follow.section, follow.language) == (Section.objects.get(slug="economy"), "ro")
    assert follow.confirmed_at is None
    assert Message.objects.get().kind == "confirm_topics"
    page = client.get("/en/topics/follow/?sent=1")
    assert "Look into your mailbox." in flat(page)
    assert not page.cookies


def test_the_words_are_kept_that_were_agreed_to(client: Client) -> None:
    send(client, sections=["economy", "politics"])
    consent = Consent.objects.get()
    assert consent.wording == (
        "Write to me when there is a new topic. Every letter has a link to unsubscribe."
        " (Economy, Politics)"
    )
    assert consent.source == "topics page"
    assert consent.at <= timezone.now()


def test_every_new_topic(client: Client) -> None:
    send(client, every="on", sections=["economy"])
    assert Follow.objects.get().section is None
    assert "(every new topic)" in Consent.objects.get().wording


def test_sending_the_second_time(client: Client) -> None:
    for _time in range(2):
        assert send(client).status_code == 303
    assert Follow.objects.count() == Message.objects.count() == Supporter.objects.count() == 1


def test_known_or_unknown_the_answer_is_the_same(client: Client) -> None:
    follows(a_reader())
    a_reader("ion@example.org")
    answers = [send(client, email=f"{name}@example.org") for name in ("ana", "ion", "eva")]

    assert len({(each.status_code, each["Location"], each.content) for each in answers}) == 1


def test_nothing_is_ticked_before(client: Client) -> None:
    page = flat(client.get("/en/topics/follow/"))
    assert "checked" not in page
    assert page.count('type="checkbox"') == 5
    for words in ("Every new topic", "Politics", "War in Ukraine", "Write to me when there is"):
        assert words in page


def test_a_closed_section_is_not_offered(client: Client) -> None:
    Section.objects.filter(slug="economy").update(is_open=False)
    assert "Economy" not in flat(client.get("/en/topics/follow/"))
    assert send(client).status_code == 422


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"email": ""}, "email", "Enter an e-mail address"),
        ({"email": "ana"}, "email", "Enter an e-mail address"),
        ({"email": "a\x00@example.org"}, "email", ""),
        ({"email": f"{'a' * 300}@example.org"}, "email", "too long"),
        ({"sections": None}, "sections", "Choose at least one."),
        ({"sections": ["sport"]}, "sections", "no longer there"),
        ({"consent": None}, "consent", "Tick this box"),
    ],
)
def test_what_is_missing_is_said_beside_it(
    client: Client, changes: dict[str, Any], field: str, words: str
) -> None:
    response = send(client, **changes)

    assert response.status_code == 422
    assert list(response.context["follow_form"].errors) == [field]
    assert f'id="error-{field}"' in flat(response)
    assert words in flat(response)
    assert not Supporter.objects.exists()
    assert not Message.objects.exists()


def test_what_was_filled_in_stays(client: Client) -> None:
    page = flat(send(client, email="ana", sections=["economy"]))
    assert 'value="ana"' in page
    assert re.search(r'value="economy" checked', page)
    assert re.search(r'id="consent" checked', page)


@pytest.mark.parametrize("token", ["", "give:1:x"])
def test_a_form_of_another_page_is_sent_once_more(client: Client, token: str) -> None:
    response = send(client, token=token)
    assert response.status_code == 422
    assert "send the form once more" in flat(response)
    assert not Supporter.objects.exists()


def test_too_often_for_one_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "RATES", ("2/m/key", "100/m/ip"))
    answers = [send(client).status_code for _time in range(3)]
    assert answers == [303, 303, 429]
    assert send(client, email="ion@example.org").status_code == 303


def test_too_often_from_one_place(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "RATES", ("100/m/key", "2/m/ip"))
    answers = [send(client, email=f"{n}@example.org") for n in range(3)]
    assert [each.status_code for each in answers] == [303, 303, 429]
    assert "a little too fast" in flat(answers[-1])


def test_too_large_is_refused(client: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    assert send(client, email="a" * 500).status_code == 413


def test_the_form_stands_on_any_page() -> None:
    form = follow_form("ro")
    assert form.action == "/ro/topics/follow/"
    assert form.offered[0] == ("politics", "Politică", False)
    assert form.token


def test_no_address_is_in_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        send(client)
        send(client, email="ana@example.org", consent=None)
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert not [line for line in ours if "ana@example.org" in line]


def test_a_proved_reader_is_followed_at_once(client: Client) -> None:
    ana = a_reader(proved_at=timezone.now())
    send(client)
    assert [each.slug for each in queries.choices(ana).sections] == ["economy"]
    assert not Message.objects.exists()
