"""What allauth and Django say to our people is said in our words, and each text of it is met."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.core.cache import cache as counted
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from donations.models import Message, User
from donations.web import borrowed
from tests.web.messages import KEYWORDS, Msgid, catalog
from tests.web.playedkey import registered
from tests.web.test_catalogs import first, said
from tests.web.test_second_factor import PASSWORD, Captured, code_of, signs_in, with_app
from tests.web.test_words_on_pages import english

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ro", "ru"])
SOURCES = [
    Path(django.__file__).parent / "contrib" / "auth" / "locale",
    Path(allauth.__file__).parent / "locale",
]
PUT_IN = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
VALUE = r"\S.{0,79}?"
FACTORS = "/accounts/2fa"
INFORMAL = re.compile(
    r"\b(?:tu|tău|ta|tale|tine|ție|îți|ți|te|introdu|alege|folosește|ești|esti|ai|vei|poți|"
    r"confirmă|schimbă|încearcă)\b",
    re.IGNORECASE,
)


@cache
def listed() -> list[Msgid]:
    """Every text that is borrowed; one with a plural is a tuple."""
    code = Path(borrowed.__file__).read_bytes()
    return [text for _line, text, *_more in extract("python", BytesIO(code), keywords=KEYWORDS)]


@cache
def theirs(language: str) -> list[Catalog]:
    """Django's and allauth's own catalogs."""
    found = []
    for source in SOURCES:
        with (source / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            found.append(read_po(file))
    return found


def translated(catalogs: list[Catalog], text: Msgid) -> set[str]:
    """All that they make of it, in all forms."""
    messages = [known.get(first(text)) for known in catalogs]
    return {form for message in messages if message for form in said(message) if form}


def stands(text: str, page: str) -> bool:
    """Whether it is there as words of their own, whatever is put in."""
    pieces = [re.escape(piece) for piece in PUT_IN.split(" ".join(text.split()))]
    return bool(re.search(r"(?<!\w)" + VALUE.join(pieces) + r"(?!\w)", page))


def plain(response: Any) -> str:
    """The page, with attributes: names of keys and placeholders are among them."""
    return " ".join(unescape(response.content.decode()).split())


def test_each_of_them_is_still_theirs() -> None:
    known = {
        tuple(message.id) if message.pluralizable else message.id
        for source in theirs("en")
        for message in source
    }
    assert [text for text in listed() if text not in known] == []


@LANGUAGES
def test_our_words_win(language: str) -> None:
    with translation.override(language):
        for text in listed():
            message = catalog(language).get(first(text))
            assert message is not None
            if isinstance(text, str):
                assert gettext(text) == message.string
            else:
                spoken = {ngettext(text[0], text[1], number) for number in (1, 2, 20)}
                assert spoken == set(said(message))


def test_romanian_is_formal() -> None:
    forms = [form for text in listed() for form in translated([catalog("ro")], text)]
    assert [form for form in forms if INFORMAL.search(form)] == []
    assert INFORMAL.search("Te rugam tasteaza parola actuala.")


def at_the_door(client: Client) -> Iterator[Any]:
    """Nobody yet: wrong, and wrong too often; a new password by mail."""
    yield client.get("/accounts/inactive/")
    yield client.get("/accounts/signup/")
    for _each in range(6):
        yield client.post("/accounts/login/", {"login": "eva@example.org", "password": "no"})
    client.post("/accounts/password/reset/", {"email": "eva@example.org"})
    letter = Message.objects.get(kind="sign_in").context["text"]
    link = next(word for word in letter.split() if "/password/reset/key/" in word)
    form = client.get(link.partition("testserver")[2], follow=True)
    yield form
    here = form.redirect_chain[-1][0]
    yield client.post(here, {"password1": PASSWORD, "password2": f"{PASSWORD}!"})
    yield client.post(here, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)


def passwords(client: Client) -> Iterator[Any]:
    """Changed; and chosen by who has none."""
    signs_in(client)
    page = "/accounts/password/change/"
    yield client.get(page)
    for new in ("abc", "password", "82947361"):
        yield client.post(page, {"oldpassword": "no", "password1": new, "password2": new})
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    yield client.post(page, {"oldpassword": PASSWORD, **twice}, follow=True)
    user = User.objects.get()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    yield client.get("/accounts/password/set/")
    yield client.post("/accounts/password/set/", twice, follow=True)


def an_app(client: Client) -> Iterator[Any]:
    """Set up and taken away."""
    client.logout()
    signs_in(client)
    yield client.post(f"{FACTORS}/recovery-codes/generate/")
    page = f"{FACTORS}/totp/activate/"
    secret = client.get(page).context["form"].secret
    yield client.post(page, {"code": code_of(secret)}, follow=True)
    yield client.get(f"{FACTORS}/recovery-codes/generate/")
    yield client.post(f"{FACTORS}/recovery-codes/generate/", follow=True)
    yield client.get(f"{FACTORS}/totp/deactivate/")
    yield client.post(f"{FACTORS}/totp/deactivate/", follow=True)
    for _each in range(6):
        yield client.post(page, {"code": "no"})


def keys(client: Client) -> Iterator[Any]:
    """One after another."""
    for number in range(3):
        form = client.get(f"{FACTORS}/webauthn/add/")
        yield form
        credential = json.dumps(registered(form.context["js_data"]["creation_options"]))
        new = {"name": f"USB {number}", "credential": credential}
        yield client.post(f"{FACTORS}/webauthn/add/", new, follow=True)
    key = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).latest("pk")
    yield client.get(f"{FACTORS}/webauthn/")
    yield client.get(f"{FACTORS}/webauthn/keys/{key.pk}/edit/")
    yield client.get(f"{FACTORS}/webauthn/keys/{key.pk}/remove/")
    yield client.post(f"{FACTORS}/webauthn/keys/{key.pk}/remove/", follow=True)


def once_more(client: Client) -> Iterator[Any]:
    """Asked again after a while, in each way; and out."""
    with_app(User.objects.get())
    RecoveryCodes.activate(User.objects.get())
    for page in ("/accounts", FACTORS, f"{FACTORS}/webauthn"):
        yield client.get(f"{page}/reauthenticate/")
    yield client.post("/accounts/reauthenticate/", {"password": "no"})
    yield client.post(f"{FACTORS}/reauthenticate/", {"code": "no"})
    yield client.get(f"{FACTORS}/")
    yield client.get("/accounts/logout/")
    yield client.post("/accounts/logout/", {"next": "/accounts/login/"}, follow=True)


def everything(client: Client) -> list[str]:
    """Each page, as a member of staff meets them."""
    User.objects.create_superuser("eva@example.org", PASSWORD)
    pages = [plain(response) for response in at_the_door(client)]
    for part in (passwords, an_app, keys, once_more):
        counted.clear()  # How often they were wrong.
        pages += [plain(response) for response in part(client)]
    return pages


def letters() -> list[str]:
    """Subject and text of each."""
    sent = Message.objects.filter(kind="sign_in")
    return [" ".join(" ".join(each.context.values()).split()) for each in sent]


@LANGUAGES
def test_each_of_them_is_met_and_none_in_their_words(
    language: str, django_capture_on_commit_callbacks: Captured
) -> None:
    with translation.override(language), django_capture_on_commit_callbacks(execute=True):
        pages = everything(Client(headers={"accept-language": language, "user-agent": "Lynx"}))
    pages += letters()
    unmet, slips = set(), set()
    own = {form for message in catalog(language) for form in said(message)}
    for text in listed():
        ours = translated([catalog(language)], text)
        if not any(stands(form, page) for form in ours for page in pages):
            unmet.add(first(text))
        others = translated(theirs(language), text) - own
        slips |= {other for other in others if any(stands(other, page) for page in pages)}

    assert unmet == set()
    assert slips == set()
    assert {slip for page in pages for slip in english(page, language)} == set()
