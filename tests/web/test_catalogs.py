"""Both catalogs say everything that the project says."""

import re
from collections import Counter

import pytest
from babel.messages.catalog import Message

from tests.web.messages import Msgid, catalog, texts

LANGUAGES = pytest.mark.parametrize("language", ["ro", "ru"])
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
PLURALS = 3
# A day has no preposition in Russian: an amount, a comma and a day are all of it.
WITHOUT_A_WORD = {"%(amount)s on %(day)s"}


def first(msgid: Msgid) -> str:
    """The text without its plural."""
    return msgid if isinstance(msgid, str) else msgid[0]


def said(message: Message) -> list[str]:
    """All forms of a translation."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@LANGUAGES
def test_nothing_is_left_in_english(language: str) -> None:
    known = catalog(language)
    missing = []
    for (context, msgid), path in texts().items():
        message = known.get(first(msgid), context)
        if message is None or message.fuzzy or not all(said(message)):
            missing.append(f"{path.name}: {first(msgid)}")

    assert missing == []


@LANGUAGES
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    spoken = {(None, ""), *((context, first(msgid)) for context, msgid in texts())}
    idle = [
        message.id
        for message in catalog(language)
        if (message.context, first(message.id)) not in spoken
    ]

    assert idle == []


@LANGUAGES
def test_placeholders_are_the_same(language: str) -> None:
    for message in catalog(language):
        if message.id:
            wanted = Counter(PLACEHOLDER.findall(first(message.id)))
            assert all(Counter(PLACEHOLDER.findall(form)) == wanted for form in said(message)), (
                message.id
            )


@LANGUAGES
def test_there_are_three_plural_forms(language: str) -> None:
    known = catalog(language)

    assert known.num_plurals == PLURALS
    plurals = [message for message in known if message.pluralizable]
    assert [message.id for message in plurals if len(said(message)) != PLURALS] == []


def test_romanian_has_commas_below_and_no_cedillas() -> None:
    forms = [form for message in catalog("ro") for form in said(message)]

    assert [form for form in forms if re.search("[şţŞŢ]", form)] == []
    assert any("ș" in form for form in forms)


def test_russian_is_written_in_russian() -> None:
    """Whatever has a word in it beside what is put in, in each of its forms."""
    latin = {
        first(message.id)
        for message in catalog("ru")
        for form in said(message)
        if message.id
        and re.search(r"\w", PLACEHOLDER.sub("", first(message.id) + form))
        and not re.search("[а-яё]", PLACEHOLDER.sub("", form), re.IGNORECASE)
    }

    assert latin == WITHOUT_A_WORD
