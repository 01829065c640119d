"""One supporter's page: who, how they stand, and everything as one time line."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.care.models import Note
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.history.models import Change
from donations.models import Consent, Follow, MailEvent, Message, Section, Suppression, User
from donations.money import Money
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Vote
from tests.newsroom import Newsroom
from tests.web.desk import NOON, a_gift, a_supporter, text_of

Counted = Callable[..., Any]


def page_of(desk: Client, supporter: Supporter, query: str = "") -> str:
    return text_of(desk.get(f"/staff/supporters/{supporter.pk}/{query}"))


def gifts_of(supporter: Supporter, count: int) -> None:
    for number in range(count):
        gift = a_gift(received_at=NOON - timedelta(days=number), payer_email="")
        giving.attach(donation=gift, supporter=supporter, by=None, at=NOON)


def test_who_it_is(desk: Client) -> None:
    ana = a_supporter()
    Suppression.objects.create(email=ana.email, reason="complained", source="smtp", at=NOON)
    page = page_of(desk, ana)
    for told in ("Ana P.", "ana@example.org", "not proved", "Romanian", "none", "only receipts"):
        assert told in page
    assert "Has not given yet." in page
    assert "Nothing has happened here yet." in page


def test_amounts_of_two_currencies_are_two_amounts(desk: Client) -> None:
    ana = a_supporter()
    gifts_of(ana, 2)
    other = a_gift(money=Money(700, "USD"))
    giving.attach(donation=other, supporter=ana, by=None, at=NOON)
    page = page_of(desk, ana).replace("\xa0", " ")
    assert "EUR 20.00" in page
    assert "USD 7.00" in page
    assert not re.search(r"(?:EUR|USD|[€$]) ?27\b", page)


def test_a_life_with_us(desk: Client, newsroom: Newsroom) -> None:
    newsroom.subscribe()
    ana, agreement = Supporter.objects.get(), newsroom.subscription()
    newsroom.stripe.refund(agreement.donations.get().payment_ref)
    newsroom.tell()
    section = Section.objects.first()
    Follow.objects.create(supporter=ana, section=section, language="ro", asked_at=NOON)
    Consent.objects.create(
        supporter=ana, purpose="topics", granted=True, wording="Write to me", source="x", at=NOON
    )
    said = {"language": "ro", "created_at": NOON, "changed_at": NOON}
    own = Suggestion.objects.create(supporter=ana, title="Bread", **said)
    other = Suggestion.objects.create(title="Bridge", **said)
    for each in (own, other):
        Vote.objects.create(suggestion=each, cast_for=each, supporter=ana, at=NOON)

    page = page_of(desk, ana)

    for told in (
        *("payment of an agreement", "given back", "Agreement begun:", "every month"),
        *("Mail: Thanks for a first payment", "Asked to hear about", "Said yes", "Write to me"),
        *("Suggested: Bread", "Backed: Bridge", "next payment on"),
    ):
        assert told in page
    assert "Backed: Bread" not in page


def test_what_became_of_an_agreement(desk: Client, newsroom: Newsroom) -> None:
    newsroom.subscribe()
    agreement = newsroom.subscription()
    agreement.readings.update(told_at=NOON)
    how: Any = {"subscription": agreement, "at": timezone.now()}
    giving.change_terms(money=Money(700, "EUR"), interval="month", token="a" * 20, **how)
    giving.pause(subscription=agreement, months=2, token="b" * 20, at=timezone.now())
    page = page_of(desk, Supporter.objects.get()).replace("\xa0", " ")
    assert "Agreement changed: EUR 5.00 every month → EUR 7.00 every month" in page
    assert "Agreement: running → paused" in page
    assert page.count("Agreement:") == 1


def test_the_newest_comes_first_and_nothing_is_lost_between_pages(desk: Client) -> None:
    ana = a_supporter()
    gifts_of(ana, 70)
    seen, address = [], f"/staff/supporters/{ana.pk}/"
    while address:
        context = desk.get(address).context
        page = context["page"]
        seen += [(each.at, each.kind, each.row.pk) for each in page.entries]
        address = f"/staff/supporters/{ana.pk}/?before={page.older}" if page.older else ""
        address = address.replace("+", "%2B")
    assert len(seen) == len(set(seen)) == 140
    assert [each[0] for each in seen] == sorted((each[0] for each in seen), reverse=True)


@pytest.mark.parametrize(
    "before",
    ["x", "~~", "2026-01-01~gift~1", "2026-01-01T00:00:00+00:00~gift~-1", "\x00", "9" * 99],
)
def test_a_cursor_that_is_none_shows_the_newest(desk: Client, before: str) -> None:
    ana = a_supporter()
    gifts_of(ana, 1)
    assert "gift" in text_of(desk.get(f"/staff/supporters/{ana.pk}/", {"before": before}))


def test_a_long_life_asks_no_more_questions(
    desk: Client,
    newsroom: Newsroom,
    django_assert_num_queries: Counted,
    django_assert_max_num_queries: Counted,
) -> None:
    newsroom.subscribe()
    ana = Supporter.objects.get()
    gifts_of(ana, 1)
    address = f"/staff/supporters/{ana.pk}/"
    desk.get(address)
    with django_assert_max_num_queries(29) as asked:
        desk.get(address)
        few = len(asked)
    gifts_of(ana, 30)
    newsroom.subscribe(email="ana@example.org", money=Money(900, "EUR"))
    for number in range(5):
        Note.objects.create(supporter=ana, text=f"Note {number}", at=NOON)
    with django_assert_num_queries(few):
        desk.get(address)


def test_the_mail_and_what_became_of_it(desk: Client) -> None:
    ana = a_supporter()
    message = Message.objects.create(
        key="thanks:x", kind="receipt", to=ana.email, language="ro", created_at=NOON,
        next_attempt_at=NOON, state="sent", sent_at=NOON,
    )  # fmt: skip
    report = {"provider": "mailgun", "email": ana.email, "at": NOON, "received_at": NOON}
    from_provider = {"event_id": "1", "kind": "bounced", "mail": f"message:{message.pk}"}
    MailEvent.objects.create(**report, **from_provider)
    assert "Mail: Receipt ana@example.org · sent · no such address" in page_of(desk, ana)


def test_a_note_is_kept_once_and_never_edited(desk: Client, editor: User) -> None:
    ana = a_supporter()
    form = {"text": "Prefers the telephone", "token": "t" * 20}
    address = f"/staff/supporters/{ana.pk}/note/"
    desk.post(address, form)
    assert "This note is kept already." in text_of(desk.post(address, form, follow=True))
    note = Note.objects.get()
    assert (note.text, note.by, note.by_email) == ("Prefers the telephone", editor, editor.email)

    page = text_of(desk.post(f"/staff/supporters/notes/{note.pk}/withdraw/", follow=True))
    assert "withdrawn" in page
    assert "Prefers the telephone" in page
    desk.post(f"/staff/supporters/notes/{note.pk}/withdraw/")
    assert Change.objects.get().what == "supporter.note_withdrawn"


@pytest.mark.parametrize("text", ["", "x" * 2001, "a\x07b"])
def test_a_note_that_says_nothing(desk: Client, text: str) -> None:
    ana = a_supporter()
    response = desk.post(f"/staff/supporters/{ana.pk}/note/", {"text": text, "token": "t" * 20})
    assert response.status_code == 422
    assert not Note.objects.exists()


def test_a_name_is_put_right_and_what_it_was_is_kept(desk: Client) -> None:
    ana = a_supporter()
    form = {"name": "Ana Popescu", "language": "en", "why": "She wrote to us", "token": "t" * 20}
    address = f"/staff/supporters/{ana.pk}/correct/"
    assert 'value="Ana P."' in desk.get(address).content.decode()
    page = text_of(desk.post(address, form, follow=True))
    assert "Saved." in page
    assert "corrected a name or a language" in page
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana Popescu", "en")
    change = Change.objects.get()
    assert change.before == {"name": "Ana P.", "language": "ro"}
    assert change.why == "She wrote to us"
    assert "saved already" in text_of(desk.post(address, form, follow=True))
    assert desk.post(address, {**form, "language": "xx"}).status_code == 422


def test_what_strangers_wrote_is_only_text(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    ana = a_supporter(name=evil)
    Note.objects.create(supporter=ana, text=evil, at=timezone.now())
    assert "<script>alert" not in desk.get(f"/staff/supporters/{ana.pk}/").content.decode()


@pytest.mark.django_db
def test_an_editor_helps_and_moves_no_money(client: Client) -> None:
    client.force_login(User.objects.create_user("w@example.org", is_staff=True, role="editor"))
    page = text_of(client.get(f"/staff/supporters/{a_supporter().pk}/"))
    assert "Correct" in page
    assert "Merge with another" not in page
    assert "Enter a gift" not in page


def test_nobody_there(desk: Client) -> None:
    assert desk.get("/staff/supporters/99/").status_code == 404
    assert desk.post("/staff/supporters/99/note/", {}).status_code == 404
    assert not Subscription.objects.exists()
