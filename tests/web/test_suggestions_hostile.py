"""What somebody may try on the suggestions page: nothing comes of it, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from donations.seals import seal
from donations.supporters.links import CONFIRM, LIFETIMES, token_of
from donations.topics.models import Suggestion, Vote
from donations.topics.operations import moderating
from tests.topics.asking import NOON, a_giver, a_topic, back, opened, suggested
from tests.web.asked import press, send, token, visit
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["hidden", "new", "merged", "declined", "taken up"])
def test_what_is_not_open_cannot_be_backed(client: Client, state: str) -> None:
    suggestion = suggested() if state == "new" else opened()
    if state == "hidden":
        moderating.hide(suggestion=suggestion, is_hidden=True)
    if state == "merged":
        moderating.merge(suggestion=suggestion, into=opened(), at=NOON)
    if state == "declined":
        moderating.decline(suggestion=suggestion, text="No.", at=NOON)
    if state == "taken up":
        moderating.take_up(suggestion=suggestion, topic=a_topic(), at=NOON)
    votes = Vote.objects.count()
    answer = press(client, a_giver(), suggestion)
    assert answer.status_code == 422
    assert "This one cannot be backed any more." in text_of(answer)
    assert Vote.objects.count() == votes


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30, "\0", "1 OR 1=1", "99999"])
def test_numbers_that_were_made_up(client: Client, number: str) -> None:
    opened()
    assert press(client, a_giver(), number).status_code == 422
    assert Vote.objects.count() == 1


def forged() -> dict[str, str]:
    ana = a_giver()
    good = token(ana)
    return {
        "none": "",
        "garbage": "x",
        "long": "x" * 10_000,
        "nul": "\0",
        "cut": good[:-1],
        "of another purpose": token_of(ana, purpose=CONFIRM),
        "a seal": seal(ana.pk, purpose="unsubscribe"),
        "of another supporter": f"{a_giver().pk}:{good.split(':', 1)[1]}",
    }


@pytest.mark.parametrize("kind", list(dict.fromkeys([
    "none", "garbage", "long", "nul", "cut", "of another purpose", "a seal",
    "of another supporter",
])))  # fmt: skip
def test_a_token_that_is_not_a_link_of_ours(client: Client, kind: str) -> None:
    suggestion, made_up = opened(), forged()[kind]
    for answer in (
        press(client, made_up, suggestion),
        press(client, made_up, suggestion, back=False),
        send(client, made_up, title="Kept", details="This too"),
    ):
        assert answer.status_code == 422
    assert 'value="Kept"' in answer.content.decode()
    assert "This too" in text_of(answer)
    assert "What you wrote is still below" in text_of(answer)
    assert Vote.objects.count() == Suggestion.objects.count() == 1
    assert visit(client, token=made_up).status_code == 200


def test_a_link_that_is_too_old(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIFETIMES, "choices", timedelta(seconds=-1))
    ana, suggestion = a_giver(), opened()
    assert "Your link is too old." in text_of(visit(client, ana))
    for answer in (press(client, ana, suggestion), send(client, ana, title="Kept")):
        assert answer.status_code == 422
        assert "Your link is too old." in text_of(answer)
        assert "Send me the link" in text_of(answer)
    assert 'value="Kept"' in answer.content.decode()
    assert Suggestion.objects.count() == 1


def test_a_vote_of_somebody_else_stays(client: Client) -> None:
    suggestion = opened()
    ion = back(suggestion)
    press(client, a_giver(), suggestion, back=False)
    assert Vote.objects.filter(supporter=ion).exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Say in a few words"),
        ({"title": " \t "}, "Say in a few words"),
        ({"title": "\u202e\u2066\u200b"}, "Say in a few words"),
        ({"title": "!?."}, "Say in a few words"),
        ({"title": "x" * 121}, "Please shorten this to 120 characters."),
        ({"title": "x" * 10_000}, "Please shorten this to 120 characters."),
        ({"details": "x" * 10_000}, "Please shorten this to 1000 characters."),
        ({"title": "bell \x07"}, "Some characters here cannot be saved."),
        ({"details": "nul \x00"}, "Some characters here cannot be saved."),
    ],
)
def test_what_cannot_be_kept_is_told_and_stays_in_the_form(
    client: Client, fields: dict[str, Any], sentence: str
) -> None:
    answer = send(client, a_giver(), **{"title": "Bread", "details": "Kept all the same", **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Please check:" in text_of(answer)
    for value in fields.values():
        assert value.strip().replace("\0", "") in answer.content.decode().replace("\0", "")
    if "details" not in fields:
        assert "Kept all the same" in text_of(answer)
    assert not Suggestion.objects.exists()


def test_lines_are_counted_as_one_character_each(client: Client) -> None:
    assert send(client, a_giver(), details="x\r\n" * 500).status_code == 303


def test_markup_and_links_are_only_text(client: Client) -> None:
    evil = "<script>alert(1)</script> https://evil.example/ [x](javascript:alert(1))"
    opened(evil, details=evil)
    page = visit(client).content.decode()
    assert "<script>alert" not in page
    assert 'href="https://evil.example' not in page
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_right_to_left_turns_nothing_around(client: Client) -> None:
    ana = a_giver()
    send(client, ana, title="שלום \u202eevil\u2066", details="\u202a\u202bعربي\u2067")
    suggestion = Suggestion.objects.get()
    assert (suggestion.title, suggestion.details) == ("שלום evil", "عربي")


def test_no_cookie_and_no_session_is_needed_or_believed(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    ana, suggestion = a_giver(), opened()
    answer = press(strict, ana, suggestion)
    assert answer.status_code == 303
    assert not answer.cookies
    assert press(strict, "", suggestion).status_code == 422


def test_an_upload_is_refused_before_it_is_read(client: Client) -> None:
    large = SimpleUploadedFile("x.bin", b"x" * 2_000_000)
    answer = client.post("/en/suggestions/new/", {"token": token(a_giver()), "title": large})
    assert answer.status_code == 413


@pytest.mark.parametrize("said", ["x", "<script>", "closed", "link"])
def test_what_the_address_says_is_one_of_our_sentences_or_nothing(
    client: Client, said: str
) -> None:
    page = visit(client, said=said, show=said, page=said)
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
