"""The health page: what is wrong comes first, providers and mail after it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.models import Heartbeat, InboundEvent, User
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from tests.web.desk import text_of
from tests.web.events import PATH, State, an_event
from tests.web.mailings import a_follower, begun
from tests.web.test_words_on_pages import english

pytestmark = pytest.mark.usefixtures("everything_runs", "hints")
Counted = Callable[[int], Any]


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


@pytest.mark.parametrize(("days", "is_quiet"), [(6, False), (8, True)])
def test_a_provider_that_fell_silent(
    days: int, is_quiet: bool, desk: Client, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_1"
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=days))
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=days + 9))
    assert (
        "Stripe has been silent for longer than is usual here" in text_of(desk.get(PATH))
    ) == is_quiet


def test_without_keys_stripe_is_not_missed(desk: Client, settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    an_event(State.DONE, received_at=timezone.now() - timedelta(days=99))
    page = text_of(desk.get(PATH))
    assert "Stripe" not in page
    assert "Everything works" in page


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


@pytest.mark.parametrize("language", ["ro", "ru"])
def test_in_the_colleague_s_language(desk: Client, language: str) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    stuck = an_event(kind="1", error="")
    an_event(State.DONE, gateway="paypal", received_at=timezone.now() - timedelta(days=9))
    shown = [PATH, f"{PATH}?show=parked", f"{PATH}?show=rejected", f"{PATH}{stuck.pk}/"]
    slips = {text for page in shown for text in english(desk.get(page).content.decode(), language)}
    Heartbeat.objects.filter(name="queue:outside").delete()
    slips.update(english(desk.get(PATH).content.decode(), language))
    tried = [desk.post(f"{PATH}{stuck.pk}/again/", follow=True).content.decode()]
    InboundEvent.objects.update(state=State.DONE)
    tried.append(desk.post(f"{PATH}{stuck.pk}/again/", follow=True).content.decode())
    slips.update(text for page in tried for text in english(page, language))
    assert not slips, slips


def test_mail_that_was_refused_by_what_was_answered(desk: Client) -> None:
    now = timezone.now()
    for number, code in enumerate((550, 550, 421, None)):
        letter = outbox.queue(
            key=str(number), kind=Message.Kind.THANKS, to="ana@example.org", language="en",
            context={}, at=now,
        )  # fmt: skip
        Message.objects.filter(pk=letter.pk).mark_failed(
            smtp_code=code, error="550 <ana@example.org> no such user"
        )
    page = text_of(desk.get(PATH))
    assert "refused with 550 2" in page
    assert "refused with 421 1" in page
    assert "not sent, without an answer 1" in page
    assert "ana@example.org" not in page


def test_mail_to_many_that_is_under_way(
    desk: Client, editor: User, django_assert_num_queries: Counted
) -> None:
    for _each in range(3):
        a_follower()
    draft = begun(editor)
    answer = desk.get(PATH)
    assert "3 letters wait" in text_of(answer)
    assert f'href="/staff/broadcasts/{draft.pk}/"' in answer.content.decode()
    with django_assert_num_queries(17):
        desk.get(PATH)


def test_a_viewer_sees_that_all_is_well_and_no_money(client: Client) -> None:
    client.force_login(User.objects.create_user("v@example.org", is_staff=True, role="viewer"))
    page = client.get(PATH).content.decode()
    assert "Everything works" in page
    assert "/staff/reconciliation/" not in page
