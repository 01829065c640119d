"""One agreement's page, and what a colleague changes for its supporter."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.history.models import Change
from donations.models import User
from tests.newsroom import Newsroom
from tests.paypalroom import PayPalRoom
from tests.web.desk import text_of

TOKEN = "t" * 20


@pytest.fixture
def agreement(newsroom: Newsroom) -> Subscription:
    newsroom.subscribe()
    return newsroom.subscription()


def press(desk: Client, agreement: Subscription, step: str, **form: Any) -> Any:
    address = f"/staff/agreements/{agreement.pk}/{step}/"
    answer = desk.post(address, {"token": TOKEN, "why": "Asked", **form}, follow=True)
    agreement.refresh_from_db()
    return answer


def test_how_it_stands(desk: Client, agreement: Subscription) -> None:
    page = text_of(desk.get(f"/staff/agreements/{agreement.pk}/")).replace("\xa0", " ")
    for told in ("EUR 5.00 every month", "running", "Next payment", "Stripe", "Pause it…"):
        assert told in page


def test_why_its_supporter_stopped_it(desk: Client, agreement: Subscription) -> None:
    giving.stop_subscription(subscription=agreement, reason="I moved away.", at=timezone.now())

    page = text_of(desk.get(f"/staff/agreements/{agreement.pk}/"))

    assert "Stopped by its supporter" in page
    assert "I moved away." in page


def test_another_amount(desk: Client, editor: User, agreement: Subscription) -> None:
    page = text_of(press(desk, agreement, "change", amount="7", interval="month"))
    assert "It holds from the next payment on." in page
    assert agreement.amount_minor == 700
    change = Change.objects.get()
    assert (change.by, change.why, change.supporter) == (editor, "Asked", agreement.supporter)
    assert (change.before["amount"], change.after["amount"]) == ("500 EUR", "700 EUR")


def test_a_double_click_is_written_down_once(desk: Client, agreement: Subscription) -> None:
    for _each in range(2):
        press(desk, agreement, "change", amount="7", interval="month")
    assert Change.objects.count() == 1


def test_paused_resumed_and_ended(desk: Client, agreement: Subscription) -> None:
    assert "Paused." in text_of(press(desk, agreement, "pause", months="3"))
    assert agreement.status == "paused"
    page = text_of(desk.get(f"/staff/agreements/{agreement.pk}/"))
    assert "Paused until" in page
    assert "It goes on" in text_of(press(desk, agreement, "resume", token="r" * 20))
    assert agreement.status == "active"
    ended = press(desk, agreement, "cancel", when="period", sure="on", token="c" * 20)
    assert "no further payment is taken" in text_of(ended)
    assert agreement.cancel_at == agreement.period_end
    now = press(desk, agreement, "cancel", when="now", sure="on", token="n" * 20)
    assert "ended" in text_of(now)
    assert agreement.status == "canceled"
    told = [each.what.partition(".")[2] for each in Change.objects.order_by("pk")]
    assert told == ["paused", "resumed", "canceled", "canceled"]


def test_ended_at_the_provider_meanwhile(
    desk: Client, newsroom: Newsroom, agreement: Subscription
) -> None:
    newsroom.stripe.cancel(agreement.gateway_ref)
    page = text_of(press(desk, agreement, "pause", months="3"))
    assert "has ended already" in page
    assert agreement.status == "canceled"
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("change", {"amount": "0", "interval": "month"}),
        ("change", {"amount": "7", "interval": "week"}),
        ("pause", {"months": "13"}),
        ("cancel", {"when": "now"}),
        ("cancel", {"when": "yesterday", "sure": "on"}),
        ("resume", {"token": ""}),
    ],
)
def test_a_form_that_cannot_be_meant(
    desk: Client, newsroom: Newsroom, agreement: Subscription, step: str, form: dict[str, str]
) -> None:
    asked = len(newsroom.stripe.requests)
    assert press(desk, agreement, step, **form).status_code == 422
    assert len(newsroom.stripe.requests) == asked


def test_too_little_for_a_card(desk: Client, newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.stripe.settings.minimums = {"eur": 50}
    answer = press(desk, agreement, "change", amount="0.10", interval="month")
    assert answer.status_code == 422
    assert "too little" in text_of(answer)


def test_a_provider_that_is_away_keeps_what_was_typed(
    desk: Client, agreement: Subscription, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = press(desk, agreement, "change", amount="7", interval="month")
    assert answer.status_code == 503
    assert "does not answer" in text_of(answer)
    assert f'value="{TOKEN}"' in answer.content.decode()
    assert agreement.amount_minor == 500
    assert not Change.objects.exists()


def test_refused_by_the_provider(desk: Client, newsroom: Newsroom, agreement: Subscription) -> None:
    newsroom.stripe.fail_next("invalid_request", path=agreement.gateway_ref)
    page = text_of(press(desk, agreement, "resume"))
    assert "Nothing changed." in page


def test_paypal_says_where(desk: Client, paypal_room: PayPalRoom) -> None:
    for each in ("subscr_signup", "subscr_payment_1"):
        paypal_room.happen(each)
    agreement = paypal_room.subscription()
    page = text_of(desk.get(f"/staff/agreements/{agreement.pk}/"))
    assert "PayPal’s page for it" in page
    assert "Pause it…" not in page
    assert press(desk, agreement, "cancel", when="now", sure="on").status_code == 404


def test_an_editor_looks_only(client: Client, agreement: Subscription) -> None:
    client.force_login(User.objects.create_user("w@example.org", is_staff=True, role="editor"))
    assert "End it" not in text_of(client.get(f"/staff/agreements/{agreement.pk}/"))
    assert press(client, agreement, "cancel", when="now", sure="on").status_code == 403
