"""Everybody on the list is found, with what became of each."""

import re
from collections.abc import Iterator
from smtplib import SMTPServerDisconnected

import pytest
from anymail.exceptions import AnymailRecipientsRefused
from django.test import Client

from donations.broadcasts.models import Broadcast
from donations.models import Delivery, User
from donations.outbox.settling import described
from donations.outbox.smtp import NotHandedOver
from donations.outbox.verdicts import NobodyToSendTo
from donations.web.staff.broadcasts import people, words
from tests.web.desk import NOON, text_of
from tests.web.mailings import a_draft, a_follower, begun, questions, settle


@pytest.fixture
def many(editor: User) -> Broadcast:
    """More than two pages of people, and one who gets nothing."""
    for number in range(2 * people.PER_PAGE + 3):
        a_follower(f"p{number:03}@example.org")
    a_follower("zoe@example.org", confirmed_at=None)
    return begun(editor)


def shown(desk: Client, broadcast: Broadcast, query: str = "") -> list[str]:
    page = desk.get(f"/staff/broadcasts/{broadcast.pk}/people/{query}")
    return re.findall(r"<bdi>(\S+@\S+)</bdi>", page.content.decode())


def link(desk: Client, broadcast: Broadcast, query: str, name: str) -> str | None:
    page = desk.get(f"/staff/broadcasts/{broadcast.pk}/people/{query}").content.decode()
    found = re.search(rf'href="([^"]*)"[^>]*>\W*{name}', page)
    return found[1].replace("&amp;", "&") if found else None


def walk(desk: Client, broadcast: Broadcast, start: str, name: str) -> Iterator[list[str]]:
    query: str | None = start
    while query is not None:
        yield shown(desk, broadcast, query)
        query = link(desk, broadcast, query, name)


def test_forwards_and_backwards_nobody_is_missed(desk: Client, many: Broadcast) -> None:
    everybody = sorted(many.deliveries.values_list("email", flat=True))
    forwards = list(walk(desk, many, "", "Next"))
    assert [each for page in forwards for each in page] == everybody
    assert [len(page) for page in forwards] == [50, 50, 4]
    backwards = list(walk(desk, many, "?last=1", "Previous"))
    assert [each for page in backwards[::-1] for each in page] == everybody
    assert [len(page) for page in backwards] == [50, 50, 4]
    assert link(desk, many, "?last=1", "Next") is None
    assert link(desk, many, "", "Previous") is None


def test_no_address_stands_in_a_link(desk: Client, many: Broadcast) -> None:
    page = desk.get(f"/staff/broadcasts/{many.pk}/people/").content.decode()
    assert not any("example.org" in href for href in re.findall(r'href="([^"]*)"', page))


def test_each_state_and_reason(desk: Client, editor: User) -> None:
    for name in "abcd":
        a_follower(f"{name}@example.org")
    a_follower("e@example.org", confirmed_at=None)
    running = begun(editor)
    settle(running, sent=1, failed=1, uncertain=1)
    Delivery.objects.filter(email="a@example.org").update(
        bounced_at=NOON, complained_at=NOON, unsubscribed_at=NOON, delivered_at=NOON
    )
    expected = {
        "sent": "a", "failed": "b", "uncertain": "c", "waiting": "d", "excluded": "e",
        "withdrawn": "", "": "abcde", "x": "abcde",
    }  # fmt: skip
    for state, names in expected.items():
        assert shown(desk, running, f"?state={state}") == [f"{n}@example.org" for n in names]
    page = text_of(desk.get(f"/staff/broadcasts/{running.pk}/people/"))
    for told in (
        "550 5.7.1 not here", "the sending process was lost", "left out", "came back",
        "has not confirmed the address yet", "was reported as spam", "arrived",
    ):  # fmt: skip
        assert told in page
    assert "Nobody fits." in text_of(
        desk.get(f"/staff/broadcasts/{running.pk}/people/?state=withdrawn")
    )


def test_by_a_part_of_name_or_address(desk: Client, many: Broadcast) -> None:
    Delivery.objects.filter(email="p007@example.org").update(name="Ana Popescu")
    assert shown(desk, many, "?q=ana+p007") == ["p007@example.org"]
    assert shown(desk, many, "?q=p01") == [f"p01{n}@example.org" for n in range(10)]
    assert shown(desk, many, "?q=%00nobody") == []


@pytest.mark.parametrize("cursor", ["x", "0", "-1", "9" * 17, "9" * 40])
def test_a_person_who_is_not_here(desk: Client, many: Broadcast, cursor: str) -> None:
    first = shown(desk, many)
    assert shown(desk, many, f"?after={cursor}") == first
    assert shown(desk, many, f"?before={cursor}") == first


def test_a_person_of_another_broadcast_says_nothing(
    desk: Client, editor: User, many: Broadcast
) -> None:
    other = begun(editor).deliveries.order_by("email")[60]
    assert shown(desk, many, f"?after={other.pk}") == shown(desk, many)


def test_before_the_list_is_written(desk: Client, editor: User) -> None:
    page = text_of(desk.get(f"/staff/broadcasts/{a_draft(editor).pk}/people/"))
    assert "The list is not written yet." in page


def test_a_page_asks_a_fixed_number_of_questions(desk: Client, many: Broadcast) -> None:
    address = f"/staff/broadcasts/{many.pk}/people/"
    assert questions(desk, address) == questions(desk, f"{address}?last=1") <= 3


@pytest.mark.parametrize(
    "error",
    [
        SMTPServerDisconnected("The connection ended without an answer."),
        NotHandedOver("There is no connection."),
        NobodyToSendTo(),
        AnymailRecipientsRefused(),
    ],
)
def test_where_no_server_answered_the_words_are_ours(error: Exception) -> None:
    assert type(error).__name__ not in str(words.error(described(error, "reader@example.org")))
