"""The way out that stands in the week's mail."""

import logging

import pytest
from django.test import Client

from config.logs import WithoutTokens
from donations.digest.links import leave_url
from donations.supporters.models import User
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db


def path(user: User) -> str:
    """Of the link in their mail."""
    return f"/u/{leave_url(user).partition('/u/')[2]}"


@pytest.fixture
def reader(editor: User) -> User:
    User.objects.update(wants_digest=True)
    return editor


def wants_it() -> bool:
    return User.objects.get().wants_digest


def test_nobody_gets_it_before_they_ask(editor: User) -> None:
    assert not wants_it()


def test_one_click_of_a_mail_program(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for _time in range(2):
        answer = strict.post(path(reader), {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
        assert not wants_it()


def test_looking_stops_nothing(client: Client, reader: User) -> None:
    assert "Stop this mail" in text_of(client.get(path(reader)))
    assert wants_it()


def test_a_link_for_something_else(client: Client, reader: User) -> None:
    for token in ("x", "a" * 24, path(reader).split("/")[3][:-1]):
        assert client.post(f"/u/week/{token}/").status_code == 404
    assert wants_it()


def test_its_token_is_in_no_log(reader: User) -> None:
    record = logging.LogRecord("django", logging.ERROR, "", 1, "at %s", (path(reader),), None)
    WithoutTokens().filter(record)
    assert record.getMessage() == "at /u/…/"
