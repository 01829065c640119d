"""Signing in looks like the rest."""

import pytest
from django.test import Client

from donations.supporters.models import User
from tests.web.form import flat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/accounts/login/", "Вход"),
        ("/accounts/signup/", "/donations/reader"),
        ("/accounts/password/reset/", "Сброс пароля"),
        ("/accounts/password/reset/done/", "Сброс пароля"),
        ("/accounts/inactive/", "/donations/reader"),
    ],
)
def test_pages_speak_the_browser_s_language_and_wear_our_clothes(
    client: Client, address: str, words: str
) -> None:
    response = client.get(address, headers={"accept-language": "ru"})

    assert response.status_code == 200
    assert words in response.content.decode()
    assert "/donations/reader" in response.content.decode()


@pytest.mark.parametrize("address", ["logout", "password/change", "2fa"])
def test_pages_for_those_who_signed_in(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("staff@example.org", "a-good-long-password"))

    page = flat(client.get(f"/accounts/{address}/"))

    assert "/donations/reader" in page
    assert "Sign out" in page


def test_nobody_is_invited_to_sign_up(client: Client) -> None:
    assert "signup" not in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("address", ["email", "confirm-email", "confirm-email/abc"])
def test_an_address_is_changed_by_nobody(client: Client, address: str) -> None:
    client.force_login(User.objects.create_user("staff@example.org", "a-good-long-password"))
    assert client.get(f"/accounts/{address}/").status_code == 404
    assert client.post(f"/accounts/{address}/", {"email": "me@evil.example"}).status_code == 404
