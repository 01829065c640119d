"""Whoever was invited follows the link, says how they will sign in, and is a colleague."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.models import Invitation, Message, User
from donations.outbox.rendering import render
from donations.outlet import queries as outlets
from donations.supporters.models import Role
from donations.team import operations as team

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(editor: User) -> str:
    return asked(editor)


def asked(by: User, email: str = "nina@example.org") -> str:
    team.invite(email=email, role=Role.EDITOR, language="en", by=by, at=timezone.now())
    parts = urlsplit(Message.objects.latest("pk").context["join_url"])
    return f"{parts.path}?{parts.query}"


def answers(client: Client, link: str, **said: str) -> object:
    token = link.partition("token=")[2].replace("%3A", ":")
    return client.post(link.partition("?")[0], {"token": token, **said})


def test_the_page_says_who_asks_and_what_it_is(client: Client, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    told = page.content.decode()
    for words in ("editor@example.org", "nina@example.org", "Editor", "Write topics"):
        assert words in told
    assert "no-store" in page.headers["Cache-Control"]
    assert not User.objects.filter(email="nina@example.org").exists()


def test_looking_is_not_accepting(client: Client, link: str) -> None:
    client.get(link)
    client.get(link)
    assert Invitation.objects.get().accepted_at is None


def test_with_a_password_they_are_in(client: Client, link: str) -> None:
    done = answers(client, link, name=" Nina  N. ", password="a long enough one")
    assert done.headers["Location"] == "/staff/"  # type: ignore[attr-defined]
    assert client.get("/staff/").status_code == 200
    nina = User.objects.get(email="nina@example.org")
    assert (nina.first_name, nina.role) == ("Nina N.", "editor")


def test_no_further_than_the_second_factor(client: Client, link: str, settings: Settings) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = True
    answers(client, link, password="a long enough one")
    assert client.get("/staff/").headers["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_with_a_passkey_there_is_no_password(client: Client, link: str) -> None:
    done = answers(client, link, passkey="1")
    assert done.headers["Location"] == "/accounts/2fa/webauthn/add/"  # type: ignore[attr-defined]
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200
    assert not User.objects.get(email="nina@example.org").has_usable_password()


@pytest.mark.parametrize("password", ["", "short", "password123", "123456789012"])
def test_a_weak_password_is_no_password(client: Client, link: str, password: str) -> None:
    assert answers(client, link, password=password).status_code == 422  # type: ignore[attr-defined]
    assert not User.objects.filter(email="nina@example.org").exists()


def test_the_second_time_says_so(client: Client, link: str) -> None:
    answers(client, link, password="a long enough one")
    for response in (Client().get(link), answers(Client(), link, password="another long one")):
        assert response.status_code == 410  # type: ignore[attr-defined]
        assert "accepted already" in response.content.decode()  # type: ignore[attr-defined]


def test_withdrawn_it_says_so(client: Client, link: str, editor: User) -> None:
    team.withdraw(invitation=Invitation.objects.get(), by=editor, at=timezone.now())
    page = client.get(link)
    assert page.status_code == 410
    assert "It was withdrawn." in page.content.decode()


def test_a_broken_link(client: Client, db: None) -> None:
    for link in ("/en/join/", "/en/join/?token=abc", "/en/join/?token=%00"):
        assert client.get(link).status_code == 410


def test_who_has_a_login_signs_in_with_it(client: Client, editor: User) -> None:
    User.objects.create_user("ana@example.org", "her own long one")
    link = asked(editor, "ana@example.org")
    assert "password" not in client.get(link).content.decode().partition("<form")[2]
    done = answers(client, link)
    assert done.headers["Location"] == "/accounts/login/"  # type: ignore[attr-defined]
    assert client.get("/staff/").status_code == 302
    client.post("/accounts/login/", {"login": "ana@example.org", "password": "her own long one"})
    assert client.get("/staff/").status_code == 200


def test_the_letter(link: str) -> None:
    words = render(Message.objects.get(kind="invitation"), outlets.current())
    assert words.subject == "editor@example.org invites you to the desk of NewsCafe"
    for part in (words.text, words.html):
        assert "/en/join/?token=" in part
        assert "As an editor you write topics" in part
