"""Addresses that are left alone, as staff see and change them."""

from datetime import timedelta

import pytest
from django.test import Client

from donations.outbox.models import Suppression
from donations.outbox.suppressing import suppress
from donations.supporters.models import User
from tests.web.desk import NOON, text_of

PATH = "/staff/addresses/"
Reason = Suppression.Reason


def left_alone(
    email: str = "ana@example.org",
    reason: Reason = Reason.BOUNCED,
    source: str = "smtp",
    detail: str = "5.1.1 no such mailbox",
    days_ago: int = 0,
) -> Suppression:
    at = NOON - timedelta(days=days_ago)
    return suppress(email=email, reason=reason, source=source, detail=detail, at=at)


def test_nothing_yet(desk: Client) -> None:
    assert "Mail goes to everybody." in text_of(desk.get(PATH))


def test_each_with_its_reason_the_newest_first(desk: Client) -> None:
    left_alone("old@example.org", days_ago=3)
    left_alone("spam@example.org", Reason.COMPLAINED, "mailgun", days_ago=2)
    left_alone("call@example.org", Reason.ASKED, "staff")
    page = text_of(desk.get(PATH))
    names = ["call@example.org", "spam@example.org", "old@example.org"]
    assert sorted(names, key=page.index) == names
    assert "spam@example.org Reported our mail as spam Mailgun" in page
    assert "No mail arrives there The receiving server said so when we sent" in page
    assert "Asked us not to write Somebody of us" in page


def test_found_by_a_part_of_it(desk: Client) -> None:
    left_alone("ana@example.org")
    left_alone("ion@example.net")
    page = text_of(desk.get(PATH, {"q": " EXAMPLE.net\x00"}))
    assert "ion@example.net" in page
    assert "ana@example.org" not in page
    assert "No such address is left alone." in text_of(desk.get(PATH, {"q": "nobody"}))


def test_by_reason(desk: Client) -> None:
    left_alone("ana@example.org")
    left_alone("ion@example.net", Reason.COMPLAINED)
    page = text_of(desk.get(PATH, {"why": "complained"}))
    assert "ion@example.net" in page
    assert "ana@example.org" not in page
    assert "ana@example.org" in text_of(desk.get(PATH, {"why": "nonsense"}))


def test_many_stand_on_pages(desk: Client) -> None:
    for number in range(51):
        left_alone(f"reader{number:02}@example.org", days_ago=number)
    assert "Page 1 of 2" in text_of(desk.get(PATH))
    assert "reader50@example.org" in text_of(desk.get(PATH, {"page": 2}))


def test_one_of_them(desk: Client) -> None:
    row = left_alone()
    page = text_of(desk.get(f"{PATH}{row.pk}/"))
    assert "Gets nothing at all, not even receipts." in page
    assert "5.1.1 no such mailbox" in page
    assert Suppression.objects.exists(), "looking changes nothing"


def test_markup_in_a_servers_words_is_no_markup(desk: Client) -> None:
    row = left_alone(detail="<script>alert(1)</script>")
    assert b"<script>alert" not in desk.get(f"{PATH}{row.pk}/").content


def test_write_there_again(desk: Client) -> None:
    row = left_alone()
    response = desk.post(f"{PATH}{row.pk}/again/", follow=True)
    assert "From now on, mail goes to ana@example.org again." in text_of(response)
    assert not Suppression.objects.exists()
    assert desk.post(f"{PATH}{row.pk}/again/").status_code == 404


def test_nothing_is_changed_by_looking(desk: Client) -> None:
    row = left_alone()
    assert desk.get(f"{PATH}{row.pk}/again/").status_code == 405
    assert desk.get(f"{PATH}add/").status_code == 405
    assert Suppression.objects.exists()


def test_add_one_by_hand(desk: Client) -> None:
    response = desk.post(f"{PATH}add/", {"email": " Ana@Example.org "}, follow=True)
    assert "No more news to ana@example.org." in text_of(response)
    row = Suppression.objects.get()
    assert (row.email, row.reason, row.source) == ("ana@example.org", "asked", "staff")
    assert "@" in row.detail, "whoever did it"


def test_add_one_the_second_time(desk: Client) -> None:
    for _each in range(2):
        desk.post(f"{PATH}add/", {"email": "ana@example.org"})
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("email", ["", "ana", "ana@", "a@b.c\nx", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_said(email: str, desk: Client) -> None:
    response = desk.post(f"{PATH}add/", {"email": email})
    assert response.status_code == 422
    assert b"errorlist" in response.content
    assert b'action="/staff/addresses/"' in response.content, "one can go on from here"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("path", ["", "1/", "1/again/", "add/"])
def test_staff_only(path: str, db: None) -> None:
    left_alone()
    client = Client()
    assert client.post(f"{PATH}{path}").status_code in (302, 405)
    client.force_login(User.objects.create_user("reader@example.org"))
    assert client.get(f"{PATH}{path}").status_code in (403, 405)
    assert client.post(f"{PATH}{path}").status_code in (403, 405)
    assert Suppression.objects.count() == 1
