"""The health page: what is wrong comes first, and a notification is tried again with one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations import readiness
from donations.models import InboundEvent
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.webhooks import operations as webhooks
from tests.web.desk import text_of
from tests.web.test_words_on_pages import english

PATH = "/staff/health/"
State = InboundEvent.State
Counted = Callable[[int], Any]


@pytest.fixture(autouse=True)
def everything_answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Without asking a broker."""
    found = {"database": True, "queue": True, "workers": True}
    monkeypatch.setattr(readiness, "look", lambda: found)
    return found


@pytest.fixture(autouse=True)
def hints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the workers are told."""
    told: list[str] = []
    monkeypatch.setattr("donations.web.staff.health.process_soon", lambda: told.append("process"))
    return told


def an_event(state: State = State.STUCK, **changes: Any) -> InboundEvent:
    """Of Stripe, an hour ago."""
    told: dict[str, Any] = {
        "gateway": "stripe",
        "event_id": f"evt_{InboundEvent.objects.count()}",
        "kind": "charge.refunded",
        "body": b'{"secret": "of the reader"}',
        "state": state,
        "attempts": 100,
        "received_at": timezone.now() - timedelta(hours=1),
        "next_attempt_at": timezone.now(),
        "error": "Traceback (most recent call last):\n  line 1\nKeyError: 'amount'\n",
        **changes,
    }
    return InboundEvent.objects.create(**told)


def test_all_is_well(desk: Client) -> None:
    page = text_of(desk.get(PATH))
    assert "Everything works" in page
    assert "PayPal not heard of yet" in page
    assert "Everything that came was understood." in page


def test_what_is_stuck_is_an_alarm_and_waits_in_the_menu(desk: Client) -> None:
    stuck = an_event()
    answer = desk.get(PATH)
    page = text_of(answer)
    assert "Some notifications could not be understood" in page
    assert "Everything works" not in page
    assert "charge.refunded Stripe 1 hour ago KeyError: 'amount'" in page
    assert f'href="{PATH}{stuck.pk}/"' in answer.content.decode()
    menu = desk.get("/staff/articles/").content.decode()
    assert 'Health <b class="count">1</b>' in menu


@pytest.mark.parametrize(("attempts", "is_listed"), [(2, False), (7, True)])
def test_what_waits_is_listed_once_it_was_tried_often(
    attempts: int, is_listed: bool, desk: Client
) -> None:
    an_event(State.PENDING, attempts=attempts)
    page = text_of(desk.get(PATH))
    assert ("charge.refunded" in page) == is_listed
    assert "Everything works" in page


def test_each_kind_has_its_list(desk: Client) -> None:
    an_event(State.PARKED, kind="parked.kind", error="NotOurs: another account")
    an_event(State.REJECTED, kind="rejected.kind")
    an_event(State.DONE, kind="done.kind")
    for show, here, away in (
        ("parked", "parked.kind", "rejected.kind"),
        ("rejected", "rejected.kind", "parked.kind"),
        ("nonsense", "Everything that came was understood.", "parked.kind"),
    ):
        page = text_of(desk.get(PATH, {"show": show}))
        assert here in page
        assert away not in page
        assert "done.kind" not in page


@pytest.mark.parametrize(("days", "is_quiet"), [(6, False), (8, True)])
def test_a_provider_that_fell_silent(
    days: int, is_quiet: bool, desk: Client, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_1"
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=days))
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=days + 9))
    assert ("Nothing has come from Stripe" in text_of(desk.get(PATH))) == is_quiet


def test_without_keys_stripe_is_not_missed(desk: Client, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=99))
    page = text_of(desk.get(PATH))
    assert "Stripe" not in page
    assert "Everything works" in page


@pytest.mark.parametrize(
    ("part", "says"),
    [("queue", "The task queue does not answer"), ("workers", "No worker answers")],
)
def test_what_does_not_answer(
    part: str, says: str, desk: Client, everything_answers: dict[str, bool]
) -> None:
    everything_answers[part] = False
    assert says in text_of(desk.get(PATH))


@pytest.mark.parametrize(("minutes", "is_late"), [(5, False), (15, True)])
def test_mail_that_waits(minutes: int, is_late: bool, desk: Client) -> None:
    outbox.queue(
        key="one",
        kind=Message.Kind.THANKS,
        to="ana@example.org",
        language="en",
        context={},
        at=timezone.now() - timedelta(minutes=minutes),
    )
    page = text_of(desk.get(PATH))
    assert f"waiting 1 · the oldest since: {minutes} minutes ago" in page
    assert ("Mail waits that should have left" in page) == is_late
    assert "ana@example.org" not in page


def test_one_with_everything_that_was_noted_and_nothing_of_its_body(desk: Client) -> None:
    stuck = an_event()
    page = text_of(desk.get(f"{PATH}{stuck.pk}/"))
    assert "It was tried many times, and is tried no more." in page
    assert "Tried 100 times" in page
    assert "line 1 KeyError: 'amount'" in page
    assert "of the reader" not in page


def test_tried_again(
    desk: Client, hints: list[str], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    stuck = an_event()
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(f"{PATH}{stuck.pk}/again/", follow=True)
    assert "It is being tried again." in text_of(answer)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == (State.PENDING, 0)
    assert stuck.next_attempt_at <= timezone.now()
    assert hints == ["process"]
    assert InboundEvent.objects.due(at=timezone.now()).get() == stuck


@pytest.mark.parametrize("changes", [{"state": State.DONE}, {"state": State.PARKED, "attempts": 0}])
def test_nothing_to_try_again(changes: dict[str, Any], desk: Client, hints: list[str]) -> None:
    """It is in the books already; or it is of another mode, and was never to be read."""
    left = an_event(**changes)
    assert "Try again" not in text_of(desk.get(f"{PATH}{left.pk}/"))
    answer = desk.post(f"{PATH}{left.pk}/again/", follow=True)
    assert "There is nothing to try again." in text_of(answer)
    left.refresh_from_db()
    assert left.state == changes["state"]
    assert hints == []
    assert not webhooks.wake(event_id=0, at=timezone.now())


def test_one_that_is_not_there(desk: Client) -> None:
    assert desk.get(f"{PATH}99/").status_code == 404
    assert desk.post(f"{PATH}99/again/").status_code == 404


def test_more_notifications_are_no_more_queries(
    desk: Client, django_assert_num_queries: Counted
) -> None:
    for number in range(30):
        an_event(kind=f"kind.{number}")
    desk.get(PATH)
    with django_assert_num_queries(16):
        page = text_of(desk.get(PATH))
    assert page.count("KeyError") == 25
    assert "Page 1 of 2" in page
    assert "kind.0 " in text_of(desk.get(PATH, {"page": 2}))


@pytest.mark.parametrize("language", ["ro", "ru"])
def test_in_the_colleague_s_language(
    desk: Client, everything_answers: dict[str, bool], language: str
) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    stuck = an_event(kind="1", error="")
    an_event(State.DONE, gateway="paypal", received_at=timezone.now() - timedelta(days=9))
    shown = [PATH, f"{PATH}?show=parked", f"{PATH}?show=rejected", f"{PATH}{stuck.pk}/"]
    slips = {text for page in shown for text in english(desk.get(page).content.decode(), language)}
    everything_answers["workers"] = False
    slips.update(english(desk.get(PATH).content.decode(), language))
    tried = [desk.post(f"{PATH}{stuck.pk}/again/", follow=True).content.decode()]
    InboundEvent.objects.update(state=State.DONE)
    tried.append(desk.post(f"{PATH}{stuck.pk}/again/", follow=True).content.decode())
    slips.update(text for page in tried for text in english(page, language))
    assert not slips, slips
