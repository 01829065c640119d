"""Without a second factor no colleague gets anywhere; with one they get in by it, or not at all."""

import base64
import hmac
import struct
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django import Settings

from donations.models import Change, Message, User
from donations.web.accounts import FactorAdapter
from tests.web.staffpages import PAGES, a_world, address

pytestmark = pytest.mark.django_db
Captured = Callable[..., AbstractContextManager[object]]
PASSWORD = "a long enough password"
SETUP = "/accounts/2fa/"


@pytest.fixture(autouse=True)
def _strict(settings: Settings) -> None:
    """As in production."""
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def eva(db: None) -> User:
    return User.objects.create_superuser("eva@example.org", PASSWORD)


def signs_in(client: Client, email: str = "eva@example.org", password: str = PASSWORD) -> str:
    """Where that leads."""
    response = client.post("/accounts/login/", {"login": email, "password": password})
    return response.headers.get("Location", "")


def code_of(secret: str, *, at: float | None = None) -> str:
    """What an app would show (RFC 6238)."""
    counter = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def with_app(user: User) -> str:
    """Their app is set up; its secret."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    TOTP.activate(user, secret)
    return secret


def test_without_one_every_page_leads_to_where_it_is_set_up(client: Client, eva: User) -> None:
    a_world()
    assert signs_in(client) == "/staff/"
    for pattern in PAGES:
        for response in (client.get(address(pattern)), client.post(address(pattern))):
            assert response.headers["Location"] == SETUP, pattern.name
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == SETUP
    assert client.get("/admin/donations/donation/", follow=True).redirect_chain[-1][0] == SETUP
    assert client.get(SETUP).status_code == 200


def test_in_a_trial_it_is_offered(client: Client, eva: User, settings: Settings) -> None:
    settings.STAFF_NEED_SECOND_FACTOR = False
    signs_in(client)
    assert client.get("/staff/").status_code == 200
    assert SETUP in client.get("/staff/me/").content.decode()


def test_it_is_set_up_right_after_signing_in(
    client: Client, eva: User, django_capture_on_commit_callbacks: Captured
) -> None:
    signs_in(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "Incorrect code." in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert codes.count("<code>") == 10
    assert client.get("/staff/").status_code == 200
    assert set(Change.objects.values_list("what", flat=True)) == {"sign_in.factor_added"}
    assert Message.objects.filter(kind="sign_in", to="eva@example.org").count() == 1


def test_who_forgot_the_password_first_is_not_kept_from_it(client: Client, eva: User) -> None:
    """Allauth notes the address of whoever asks, as one that nobody has confirmed."""
    client.post("/accounts/password/reset/", {"email": "eva@example.org"})
    signs_in(client)
    for page in ("totp/activate/", "webauthn/add/"):
        assert client.get(f"/accounts/2fa/{page}").status_code == 200


def test_a_while_later_the_password_is_asked_again(client: Client, eva: User) -> None:
    signs_in(client)
    session = client.session
    records = session["account_authentication_methods"]
    records[-1]["at"] -= 3600
    session["account_authentication_methods"] = records
    session.save()
    for page in ("totp/activate/", "webauthn/add/"):
        asked = client.get(f"/accounts/2fa/{page}")
        assert asked.headers["Location"].startswith("/accounts/reauthenticate/")


def test_a_password_alone_opens_nothing(client: Client, eva: User) -> None:
    secret = with_app(eva)
    assert signs_in(client) == "/accounts/2fa/authenticate/"
    assert client.get("/staff/").status_code == 302
    assert "/accounts/login/" in client.get("/staff/").headers["Location"]
    client.post("/accounts/2fa/authenticate/", {"code": "123456"})
    assert "/accounts/login/" in client.get("/staff/").headers["Location"]
    done = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_a_recovery_code_lets_in_once(client: Client, eva: User) -> None:
    with_app(eva)
    code = RecoveryCodes.activate(eva).generate_codes()[0]
    signs_in(client)
    done = client.post("/accounts/2fa/authenticate/", {"code": code})
    assert done.headers["Location"] == "/staff/"
    other = Client()
    signs_in(other)
    assert other.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert other.get("/staff/").status_code == 302


def test_codes_are_not_guessed(client: Client, eva: User) -> None:
    secret = with_app(eva)
    signs_in(client)
    for number in range(6):
        client.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"})
    late = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert late.status_code == 200
    assert "Too many" in late.content.decode()
    assert client.get("/staff/").status_code == 302


def test_who_takes_the_last_one_away_is_led_back(client: Client, eva: User) -> None:
    secret = with_app(eva)
    signs_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert client.get("/staff/").headers["Location"] == SETUP
    assert Change.objects.filter(what="sign_in.factor_removed").exists()


def test_a_new_password_by_mail_does_not_go_around_it(client: Client, eva: User) -> None:
    secret = with_app(eva)
    client.post("/accounts/password/reset/", {"email": "eva@example.org"})
    letter = Message.objects.get(kind="sign_in")
    link = next(word for word in letter.context["text"].split() if "/password/reset/key/" in word)
    form = client.get(link.partition("testserver")[2], follow=True)
    assert form.status_code == 200
    here = form.redirect_chain[-1][0]
    new = {"password1": "another long password", "password2": "another long password"}
    client.post(here, new)
    assert client.get("/staff/").status_code == 302
    assert signs_in(client, password="another long password") == "/accounts/2fa/authenticate/"
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/staff/").status_code == 200
    assert Change.objects.filter(what="sign_in.password_reset").count() == 1


def test_the_secret_is_sealed_in_the_database(eva: User, settings: Settings) -> None:
    secret = with_app(eva)
    kept = Authenticator.objects.get().data["secret"]
    assert secret not in kept
    assert FactorAdapter().decrypt(kept) == secret
    settings.SECRET_KEY = "x" * 60
    assert FactorAdapter().decrypt(kept) not in (secret, "")


def test_records_do_not_show_what_opens_the_door(client: Client, eva: User) -> None:
    secret = with_app(eva)
    signs_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/admin/").status_code == 200
    for page in ("mfa/authenticator", "account/emailaddress", "auth/group"):
        assert client.get(f"/admin/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["webauthn/add/", "webauthn/", "", "totp/activate/"])
def test_its_pages_have_no_script_of_their_own(client: Client, eva: User, page: str) -> None:
    signs_in(client)
    response: Any = client.get(f"/accounts/2fa/{page}")
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    html = response.content.decode()
    for tag in html.split("<script")[1:]:
        head = tag.split(">")[0]
        assert "src=" in head or 'type="application/json"' in " ".join(head.split())
    assert " onclick=" not in html
    assert "style=" not in html


def test_a_supporter_s_own_login_needs_none(client: Client) -> None:
    User.objects.create_user("ana@example.org", PASSWORD)
    assert signs_in(client, "ana@example.org") == "/en/account/"
    assert client.get("/staff/").status_code == 403
