"""Beside what differs: it is not ours, with a reason; and it is ours after all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.history.models import Change
from donations.models import DayComparison, NotOurs, User
from donations.reconciliation import comparing
from tests.web.desk import text_of
from tests.web.test_staff_reconciliation import PATH, wrong

Counted = Callable[[int], Any]
WHICH = {"kind": "payment", "ref": "txn_1"}
SAID = {**WHICH, "seen": "960", "why": "The book shop’s"}
pytestmark = pytest.mark.django_db


def a_stranger() -> DayComparison:
    """A payment that only they have, which is another shop's."""
    entry = {**WHICH, "source": "ch_1", "payment": "pi_1", "theirs": 960, "fee": 40}
    return wrong(only_theirs=[entry], theirs_fees=40)


def said(desk: Client, day: DayComparison, **changes: str) -> str:
    answer = desk.post(f"{PATH}{day.pk}/not-ours/", {**SAID, **changes}, follow=True)
    return text_of(answer)


def test_said_and_listed_with_who_and_why(desk: Client, editor: User) -> None:
    day = a_stranger()
    assert "Not ours txn_1" in text_of(desk.get(f"{PATH}{day.pk}/"))
    page = said(desk, day)
    assert "It is no difference any more." in page
    assert "EUR 10.00 EUR 10.00 Fees" in page
    assert "Everything else that they have is in our books" in page
    assert "EUR 9.60 moved there beside it and is not about gifts, or not ours." in page
    assert "txn_1 pi_1 Gift EUR 9.60 The book shop’s editor@example.org" in page
    assert "It is ours after all" in page

    change = Change.objects.get()
    assert (change.what, change.by, change.about_name) == ("provider.not_ours", editor, "txn_1")
    assert change.before == {"is_ours": True}
    assert change.after == {
        "is_ours": False, "reason": "The book shop’s", "amount_minor": 960, "currency": "EUR",
    }  # fmt: skip


def test_the_list_of_days_and_the_menu_know(desk: Client) -> None:
    day = a_stranger()
    assert 'Reconciliation <b class="count">1</b>' in desk.get(PATH).content.decode()
    said(desk, day)
    answer = desk.get(PATH)
    assert "EUR 10.00 EUR 10.00 equal 1 is not ours" in text_of(answer)
    assert 'Reconciliation <b class="count">' not in answer.content.decode()
    assert "No day differs." in text_of(desk.get(PATH, {"show": "wrong"}))


def test_health_counts_it_no_more(desk: Client) -> None:
    day = a_stranger()
    words = "Our books and the provider's differ"
    assert words in text_of(desk.get("/staff/health/"))
    said(desk, day)
    assert words not in text_of(desk.get("/staff/health/"))


def test_ours_after_all(desk: Client, editor: User) -> None:
    day = a_stranger()
    said(desk, day)
    page = text_of(desk.post(f"{PATH}{day.pk}/ours/", WHICH, follow=True))
    assert "It is a difference again" in page
    assert "Only they have" in page
    assert "It is ours after all" not in page
    change = Change.objects.latest("pk")
    assert (change.what, change.by) == ("provider.ours", editor)
    assert change.before["reason"] == "The book shop’s"
    assert change.after == {"is_ours": True}


def test_the_second_press_does_nothing_new(desk: Client) -> None:
    day = a_stranger()
    for _press in range(2):
        said(desk, day)
    assert (NotOurs.objects.count(), Change.objects.count()) == (1, 1)
    for _press in range(2):
        desk.post(f"{PATH}{day.pk}/ours/", WHICH)
    assert (NotOurs.objects.count(), Change.objects.count()) == (1, 2)
    assert DayComparison.objects.get().differences == 1


@pytest.mark.parametrize(
    "changes",
    [{"why": ""}, {"why": "  "}, {"why": "x" * 201}, {"why": "a\0b"}, {"why": "a\x07b"},
     {"seen": "much"}, {"ref": ""}, {"ref": "x" * 300}],
)  # fmt: skip
def test_not_without_a_reason(changes: dict[str, str], desk: Client) -> None:
    day = a_stranger()
    assert "Say in a few words whose it is" in said(desk, day, **changes)
    assert DayComparison.objects.get().differences == 1
    assert not NotOurs.objects.exists()


@pytest.mark.parametrize("changes", [{"ref": "txn_9"}, {"kind": "refund"}, {"seen": "1" * 30}])
def test_what_is_not_there_as_it_was_seen(changes: dict[str, str], desk: Client) -> None:
    day = a_stranger()
    assert "Nothing was done." in said(desk, day, **changes)
    assert not Change.objects.exists()


def test_a_day_that_is_gone(desk: Client) -> None:
    assert desk.post(f"{PATH}1/not-ours/", SAID).status_code == 404
    assert desk.post(f"{PATH}1/ours/", WHICH).status_code == 404
    day = a_stranger()
    assert "Nothing was done." in text_of(desk.post(f"{PATH}{day.pk}/ours/", {}, follow=True))


def test_another_amount_than_was_said(desk: Client, editor: User) -> None:
    day = a_stranger()
    said(desk, day)
    day.only_theirs[0]["theirs"] = 1000
    day.save()
    page = text_of(desk.get(f"{PATH}{day.pk}/"))
    assert "Said not to be ours when it was EUR 9.60." in page


def test_a_reason_is_text(desk: Client) -> None:
    day = a_stranger()
    said(desk, day, why="<b>shop</b>")
    assert "&lt;b&gt;shop&lt;/b&gt;" in desk.get(f"{PATH}{day.pk}/").content.decode()


def test_the_history_says_it_in_words(desk: Client) -> None:
    said(desk, a_stranger())
    page = text_of(desk.get("/staff/history/"))
    assert "said that a difference is not ours" in page
    assert "Ours yes no" in page
    assert "The book shop’s" in page


def test_as_many_queries_however_many_there_are(
    desk: Client, editor: User, django_assert_num_queries: Counted
) -> None:
    entries = [
        {"ref": f"txn_{n}", "kind": "payment", "source": "", "payment": f"pi_{n}", "theirs": 960,
         "fee": 40}
        for n in range(50)
    ]  # fmt: skip
    day = wrong(only_theirs=entries, only_theirs_count=50, theirs_gross=50000, theirs_fees=2000)
    here = f"{PATH}{day.pk}/"
    desk.get(here)
    with django_assert_num_queries(7):
        desk.get(here)
    for number in range(25):
        comparing.say_not_ours(
            day=day, key=("payment", f"txn_{number}"), seen=960, why="x", by=editor,
            at=timezone.now() - timedelta(minutes=number),
        )  # fmt: skip
    with django_assert_num_queries(7):
        page = desk.get(here)
    assert (len(page.context["only_theirs"]), len(page.context["not_ours"])) == (25, 25)


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("editor", 403), ("treasurer", 302)])
def test_for_those_who_care_for_money(role: str, status: int, client: Client) -> None:
    day = a_stranger()
    client.force_login(User.objects.create_user("c@example.org", is_staff=True, role=role))
    assert client.post(f"{PATH}{day.pk}/not-ours/", SAID).status_code == status
    assert client.post(f"{PATH}{day.pk}/ours/", WHICH).status_code == status
    assert client.get(f"{PATH}{day.pk}/not-ours/").status_code == (403 if status == 403 else 405)
    assert Change.objects.exists() == (status == 302)
