"""What people typed stands in a mail as they typed it, and does nothing there."""

import pytest

from donations.outbox.models import Message
from donations.outlet.models import Outlet
from tests.outbox.letters import LANGUAGES, LETTERS, MONEY, Kind, rendered

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("1")</script>'


FREE_TEXT = [
    *((kind, "name") for kind in LETTERS),
    *((kind, "reference") for kind in MONEY),
    (Kind.SUGGESTION_TAKEN_UP, "suggestion"),
    (Kind.SUGGESTION_TAKEN_UP, "topic"),
    (Kind.INVITATION, "invited_by"),
    (Kind.ALARM, "what"),
    (Kind.ALARM, "do"),
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
    [
        "manage_url",
        "pay_url",
        "support_url",
        "confirm_url",
        "choices_url",
        "topic_url",
        "desk_url",
        "join_url",
    ],
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
