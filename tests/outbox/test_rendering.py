"""Every kind of mail in every language: complete, true, and without a word of promotion."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from donations.outbox.models import Message
from donations.outbox.rendering import render
from donations.outlet import queries as outlet
from donations.outlet.models import Outlet
from tests.outbox.conftest import CONTEXT
from tests.outbox.letters import (
    EVERY_LETTER,
    EVERY_MONEY,
    LANGUAGES,
    LETTERS,
    MONEY,
    Kind,
    rendered,
)

pytestmark = pytest.mark.django_db
ABOUT_SUPPORT = "This message is about your support"


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_it_works(kind: Message.Kind, language: str) -> None:
    words = rendered(kind, language)
    assert words.subject
    assert "\n" not in words.subject
    assert "NewsCafe" in words.subject
    for part in (words.text, words.html):
        assert "Ana Țîșu" in part
        assert "office@rudeana.com" in part
        assert not re.search(r"[{}]\s*%|%\(|\{\{|None|\bnewsroom\b.*\}\}", part)
    assert f'<html lang="{language}" dir="ltr">' in words.html
    assert "\n\n\n" not in words.text
    assert len(words.html.encode()) < 100_000


@pytest.mark.parametrize(("kind", "language"), EVERY_MONEY)
def test_money_has_its_facts(kind: Message.Kind, language: str) -> None:
    words = rendered(kind, language)
    for part in (words.text, words.html):
        assert "FN-0042" in part
        assert "10" in part
        assert "EUR" in part
    assert "<table" in words.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_twice(language: str) -> None:
    for kind in LETTERS:
        assert ".." not in rendered(kind, language).text


def test_the_postal_address_is_there_when_known() -> None:
    Outlet.objects.update(postal_address="Str. Eminescu 1, Chișinău")
    words = rendered(Kind.THANKS)
    assert "Str. Eminescu 1, Chișinău" in words.text
    assert "Str. Eminescu 1, Chișinău" in words.html


@pytest.mark.parametrize(("kind", "language"), EVERY_LETTER)
def test_no_promotion_and_no_pictures(kind: Message.Kind, language: str) -> None:
    html = rendered(kind, language).html
    promises = outlet.current().promises.values()
    assert not any(promise in html for promise in promises)
    assert "<img" not in html
    assert "utm_" not in html


def test_the_language_of_the_caller_is_left_alone() -> None:
    with translation.override("ru"):
        assert "Hello" in rendered(Kind.THANKS, "en").text
        assert translation.get_language() == "ru"


def test_only_what_is_needed_for_a_gift() -> None:
    needed = {
        "amount_minor": 500,
        "currency": "MDL",
        "given_at": datetime(2026, 5, 1, tzinfo=UTC).isoformat(),
        "interval": "month",
        "reference": "FN-1",
        "what": "change",
    }
    for kind in MONEY:
        message = Message(kind=kind, language="ro", context=needed)
        assert "MDL" in render(message, outlet.current()).text


@pytest.mark.parametrize("kind", LETTERS)
def test_each_says_truly_why_it_came(kind: Message.Kind) -> None:
    words = rendered(kind)
    for part in (words.text, words.html):
        assert (ABOUT_SUPPORT in part) == (kind in MONEY)
        assert kind in MONEY or "You get this" in part
    assert ("<table style" in words.html) == (kind in MONEY)


@pytest.mark.parametrize("sections", [[], ["Politics", "Economy"]])
def test_what_is_to_be_confirmed(sections: list[str]) -> None:
    words = rendered(Kind.CONFIRM_TOPICS, sections=sections)
    for part in (words.text, words.html):
        assert "On 1 May 2026 this address was entered at NewsCafe" in part
        assert ("every new topic" in part) == (not sections)
        assert all(name in part for name in sections)
        assert str(CONTEXT["confirm_url"]) in part
        assert "If it was not you, do nothing." in part


def test_the_link_to_ones_own_choices() -> None:
    words = rendered(Kind.CHOICES_LINK)
    for part in (words.text, words.html):
        assert str(CONTEXT["choices_url"]) in part
        assert "If you did not ask for it, do nothing." in part
