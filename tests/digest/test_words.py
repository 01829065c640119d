"""What the week's mail says: figures against the week before, what needs a hand, and no name."""

from datetime import datetime

import pytest

from donations.digest import operations
from donations.outbox.models import Message
from donations.outbox.rendering import Rendered, render
from donations.outlet.queries import current
from donations.supporters.models import User
from tests.web.desk import a_gift
from tests.web.figuring import agreed, an_article, counted, gave

pytestmark = pytest.mark.django_db


def written(monday: datetime, language: str = "en") -> Rendered:
    """The mail, with spaces that break."""
    counted()
    User.objects.update(language=language)
    operations.queue_due(at=monday)
    words = render(Message.objects.get(kind="weekly_digest"), current())
    return Rendered(
        subject=words.subject.replace("\xa0", " "),
        text=words.text.replace("\xa0", " "),
        html=words.html.replace("\xa0", " "),
    )


def test_the_week_against_the_week_before(ana: User, monday: datetime) -> None:
    gave("2026-11-24", 3000, article=an_article("Bread & water"))
    gave("2026-11-17", 1000)
    gave("2026-11-30", 9900)
    words = written(monday)
    assert words.subject == "The week at NewsCafe: 23–29 Nov 2026"
    assert "Received: €30 (the week before: €10; +200%)" in words.text
    assert "Tue: €30" in words.text
    assert "Wed: €0" in words.text
    assert "- Bread & water: €30" in words.text
    assert "€99" not in words.text
    assert "Bread &amp; water" in words.html
    assert "width:100%" in words.html


def test_each_currency_by_itself(ana: User, monday: datetime) -> None:
    gave("2026-11-24", 3000)
    gave("2026-11-25", 700, "USD")
    text = written(monday).text
    assert "Received: €30 " in text
    assert "Received: $7 " in text


def test_a_quiet_week(ana: User, monday: datetime) -> None:
    text = written(monday).text
    assert "Nothing came in this week or the week before." in text
    assert "Nothing waits for you." in text


def test_what_needs_a_hand_and_nobody_s_name(ana: User, monday: datetime) -> None:
    agreed("2026-03-05", 700, name="Ion Țurcanu", status="past_due")
    for number in range(2):
        a_gift(payer_name="Maria", payer_email=f"maria{number}@example.org")
    words = written(monday)
    assert "The payment of 1 regular supporter failed: €7 a month is at risk." in words.text
    assert "2 gifts wait for you to say whose they are." in words.text
    for part in (words.text, words.html):
        assert not any(name in part for name in ("Ion", "Maria", "reader", "example.org"))


def test_the_way_out_and_the_way_in(ana: User, monday: datetime) -> None:
    words = written(monday)
    for part in (words.text, words.html):
        assert "/u/week/" in part
        assert "/staff/" in part


def test_amounts_as_the_language_writes_them(ana: User, monday: datetime) -> None:
    gave("2026-11-24", 123_456)
    assert "1 234,56 €" in written(monday, "ru").text


def test_no_picture_is_needed(ana: User, monday: datetime) -> None:
    gave("2026-11-24")
    html = written(monday).html
    assert "<img" not in html
    assert "bgcolor" in html
