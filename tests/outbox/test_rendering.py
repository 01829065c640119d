"""Every kind of mail in every language: complete, safe, and without a word of promotion."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import translation
from pytest_django import Settings

from donations.outbox.models import Message
from donations.outbox.rendering import Rendered, render
from donations.outlet import queries as outlet
from donations.outlet.models import Outlet
from tests.outbox.conftest import CONTEXT

pytestmark = pytest.mark.django_db
Kind = Message.Kind
LANGUAGES = [code for code, _ in configured.LANGUAGES]
# About money, with a table of facts; the others say why they came in words of their own.
MONEY = [
    Kind.THANKS,
    Kind.THANKS_SUBSCRIPTION,
    Kind.RECEIPT,
    Kind.PAYMENT_FAILED,
    Kind.SUPPORT_ENDED,
]
EVERY_MONEY = [(kind, language) for kind in MONEY for language in LANGUAGES]
# Letters in our own words: a proof is what staff wrote.
LETTERS = [kind for kind in Kind if kind != Kind.PROOF]
EVERY_LETTER = [(kind, language) for kind in LETTERS for language in LANGUAGES]
ABOUT_SUPPORT = "This message is about your support"
RUNNING = (Kind.THANKS_SUBSCRIPTION, Kind.RECEIPT, Kind.PAYMENT_FAILED)
SCRIPT = '<script>alert("1")</script>'


def rendered(kind: Message.Kind, language: str = "en", **context: Any) -> Rendered:
    message = Message(kind=kind, language=language, context={**CONTEXT, **context})
    return render(message, outlet.current())


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


FREE_TEXT = [
    *((kind, "name") for kind in LETTERS),
    *((kind, "reference") for kind in MONEY),
    (Kind.SUGGESTION_TAKEN_UP, "suggestion"),
    (Kind.SUGGESTION_TAKEN_UP, "topic"),
]


@pytest.mark.parametrize(("kind", "field"), FREE_TEXT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_markup_gets_in(kind: Message.Kind, language: str, field: str) -> None:
    words = rendered(kind, language, **{field: SCRIPT})
    assert "<script" not in words.html
    assert "&lt;script&gt;" in words.html
    assert SCRIPT in words.text


def test_no_markup_gets_in_with_a_section() -> None:
    words = rendered(Kind.CONFIRM_TOPICS, sections=[SCRIPT])
    assert "<script" not in words.html
    assert SCRIPT in words.text


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize(
    "field",
    ["manage_url", "pay_url", "support_url", "confirm_url", "choices_url", "topic_url"],
)
def test_a_link_leads_to_a_page_or_nowhere(kind: Message.Kind, field: str) -> None:
    words = rendered(kind, **{field: "javascript:alert(1)"})
    assert "javascript:" not in words.html + words.text


@pytest.mark.parametrize("kind", LETTERS)
def test_no_markup_gets_in_with_the_newsroom(kind: Message.Kind) -> None:
    Outlet.objects.update(name=SCRIPT, postal_address="<b>1 & 2</b>", website="")
    words = rendered(kind)
    assert "<script" not in words.html
    assert "<b>1" not in words.html
    assert "<b>1 & 2</b>" in words.text


@pytest.mark.parametrize("kind", RUNNING)
def test_running_support_can_be_stopped(kind: Message.Kind) -> None:
    words = rendered(kind)
    for part in (words.text, words.html):
        assert str(CONTEXT["manage_url"]) in part
        assert "Change or stop your support" in part
        assert "reply to this message" in part
        assert "every month" in part


@pytest.mark.parametrize(
    ("kind", "month", "year"),
    [
        (Kind.THANKS_SUBSCRIPTION, "€10 every month.", "€10 every year."),
        (Kind.RECEIPT, "monthly payment of €10", "yearly payment of €10"),
        (Kind.PAYMENT_FAILED, "monthly payment of €10", "yearly payment of €10"),
    ],
)
def test_intervals(kind: Message.Kind, month: str, year: str) -> None:
    assert month in rendered(kind).text
    assert year in rendered(kind, interval="year").text
    assert month not in rendered(kind, interval="once").text


def test_a_single_gift_says_that_nothing_repeats() -> None:
    text = rendered(Kind.THANKS, interval="once", amount_minor=1050).text
    assert "Your gift of €10.50 has arrived." in text
    assert "Repeats: no, once only" in text
    assert "Change or stop" not in text


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("en", "10.00", "1 May 2026"),
        ("ro", "10,00\xa0EUR", "1 mai 2026"),
        ("ru", "10,00\xa0EUR", "1 мая 2026\u202fг."),
    ],
)
def test_amounts_and_dates_in_each_language(
    language: str, amount: str, day: str, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"
    words = rendered(Kind.RECEIPT, language)
    assert amount in words.text
    assert day in words.text, "half past midnight in Chișinău, still April in London"
    assert day in words.html


def test_a_currency_without_decimals() -> None:
    text = rendered(Kind.THANKS, amount_minor=500, currency="JPY").text
    assert "500" in text
    assert "500." not in text


def test_the_next_attempt_or_none() -> None:
    assert "We will try again on 3 May." in rendered(Kind.PAYMENT_FAILED).text
    words = rendered(Kind.PAYMENT_FAILED, next_attempt_at=None)
    assert "We will not try again automatically." in words.text
    assert "Next attempt" not in words.text
    assert str(CONTEXT["pay_url"]) in words.text
    assert str(CONTEXT["pay_url"]) in words.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_twice(language: str) -> None:
    for kind in LETTERS:
        assert ".." not in rendered(kind, language).text


def test_no_date_no_line() -> None:
    assert "Next payment" in rendered(Kind.RECEIPT).text
    assert "Next payment" not in rendered(Kind.RECEIPT, next_at=None).text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("canceled", "has been stopped, as you asked."),
        ("payment_failed", "because the payment did not go through"),
        ("disputed", "because a payment was disputed"),
        ("", "Your support of NewsCafe has ended. You will not"),
        ("anything new", "Your support of NewsCafe has ended. You will not"),
    ],
)
def test_why_support_ended(reason: str, words: str) -> None:
    mail = rendered(Kind.SUPPORT_ENDED, reason=reason)
    assert words in mail.text
    assert words in mail.html
    assert "You will not be charged again." in mail.text


def test_no_name_no_gap() -> None:
    assert rendered(Kind.THANKS, name="").text.startswith("Hello,\n\nThank you")
    assert rendered(Kind.THANKS, name=" \n ").text.startswith("Hello,\n\n")


@pytest.mark.parametrize("name", ["Ștefan Țurcanu", "Анна Ёлкина", "🌻 Flo", "O'Brien"])
def test_names_survive(name: str) -> None:
    words = rendered(Kind.THANKS, name=name)
    assert f"Hello {name}," in words.text
    assert name.replace("'", "&#x27;") in words.html


def test_a_name_from_right_to_left_keeps_to_itself() -> None:
    words = rendered(Kind.THANKS, name="שרה כהן")
    assert "Hello \u2068שרה כהן\u2069," in words.text
    assert "Hello \u2068שרה כהן\u2069," in words.html


def test_a_name_on_several_lines_is_one_line() -> None:
    assert "Hello Ana B C D," in rendered(Kind.THANKS, name="Ana\r\nB\x00C\u2028D").text


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


def test_a_proof_is_the_broadcast_itself() -> None:
    words = rendered(Kind.PROOF)
    assert words.subject == CONTEXT["subject"]
    assert words.text.strip() == CONTEXT["text"]
    assert words.html.strip() == CONTEXT["html"]
