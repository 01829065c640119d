"""A supporter changes an agreement in two clicks, and is told so by mail."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Subscription
from donations.money import Money
from donations.outbox.models import Message
from tests.newsroom import Newsroom
from tests.paypalroom import PayPalRoom
from tests.web.form import flat
from tests.web.signing import signed_in

pytestmark = pytest.mark.django_db
TOKEN = "form-token-0000001"


@pytest.fixture
def ana(newsroom: Newsroom) -> Client:
    newsroom.subscribe()
    return signed_in("ana@example.org")


def path(step: str) -> str:
    return f"/en/account/support/{Subscription.objects.get().token}/{step}/"


def send(client: Client, step: str, token: str = TOKEN, **told: Any) -> Any:
    return client.post(path(step), {"token": token, **told})


def change(client: Client, money: str = "7", interval: str = "month", **how: Any) -> Any:
    return send(client, "change", money=money, interval=interval, **how)


def letters() -> list[str]:
    told = Message.objects.filter(kind=Message.Kind.SUPPORT_CHANGED).order_by("pk")
    return [each.context["what"] for each in told]


def test_each_step_is_a_link_on_the_page(ana: Client) -> None:
    page = ana.get("/en/account/").content.decode()
    assert all(f'href="{path(step)}"' in page for step in ("change", "pause", "card", "stop"))
    assert path("resume") not in page


def test_another_amount(newsroom: Newsroom, ana: Client) -> None:
    assert "New amount, in EUR" in flat(ana.get(path("change")))
    answer = change(ana)
    assert (answer.status_code, answer["Location"]) == (303, "/en/account/")
    assert newsroom.subscription().money == Money(700, "EUR")
    assert letters() == ["change"]
    assert "Changed." in flat(ana.get("/en/account/"))


def test_the_second_time_nothing_is_changed(newsroom: Newsroom, ana: Client) -> None:
    change(ana)
    events = len(newsroom.stripe.events)
    change(ana)
    assert len(newsroom.stripe.events) == events
    assert letters() == ["change"]


@pytest.mark.parametrize("money", ["", "0", "-5", "lots", "0.01", "99999999999"])
def test_an_amount_has_its_bounds(newsroom: Newsroom, ana: Client, money: str) -> None:
    answer = change(ana, money)
    assert answer.status_code == 422
    assert newsroom.subscription().money == Money(500, "EUR")


def test_too_little_for_the_provider(newsroom: Newsroom, ana: Client) -> None:
    newsroom.stripe.settings.minimums = {"eur": 200}
    answer = change(ana, "1")
    assert answer.status_code == 422
    assert "Choose a larger amount." in flat(answer)


def test_every_year_from_the_next_payment_on(newsroom: Newsroom, ana: Client) -> None:
    ends = newsroom.subscription().period_end
    change(ana, "50", "year")
    known = newsroom.subscription()
    assert (known.interval, known.money, known.period_end) == ("year", Money(5000, "EUR"), ends)


def test_paused_and_resumed(newsroom: Newsroom, ana: Client) -> None:
    send(ana, "pause", months="3")
    assert newsroom.subscription().status == "paused"
    assert "Nothing is taken until" in flat(ana.get("/en/account/"))
    send(ana, "resume", token=TOKEN + "2")
    assert newsroom.subscription().status == "active"
    assert letters() == ["pause", "resume"]


@pytest.mark.parametrize("months", ["", "0", "13", "x"])
def test_a_pause_has_its_bounds(newsroom: Newsroom, ana: Client, months: str) -> None:
    assert send(ana, "pause", months=months).status_code == 422
    assert newsroom.subscription().status == "active"


def test_what_was_stopped_goes_on_after_all(newsroom: Newsroom, ana: Client) -> None:
    ana.post(path("stop"))
    assert newsroom.subscription().cancel_at is not None
    assert f'href="{path("keep")}"' in ana.get("/en/account/").content.decode()
    send(ana, "keep")
    known = newsroom.subscription()
    assert (known.cancel_at, known.stopped_at, known.status) == (None, None, "active")
    assert letters() == ["keep"]


def test_what_is_over_can_be_started_again(newsroom: Newsroom, ana: Client) -> None:
    newsroom.stripe.cancel(newsroom.subscription().gateway_ref)
    newsroom.tell()
    page = ana.get("/en/account/").content.decode()
    assert "/en/?amount=5.00&amp;currency=EUR&amp;interval=month" in page
    assert send(ana, "keep")["Location"] == "/en/account/"


def test_a_new_card_is_given_at_the_provider(newsroom: Newsroom, ana: Client) -> None:
    answer = send(ana, "card")
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"{newsroom.stripe.base_url}/portal/")
    made = [each for each in newsroom.stripe.requests if "billing_portal" in each.path]
    assert made[-1].idempotency_key
    assert made[-1].params["flow_data"]["type"] == "payment_method_update"


def test_coming_back_from_there_proves_nothing(newsroom: Newsroom, ana: Client) -> None:
    before = Subscription.objects.values().get()
    ana.get("/en/account/card/")
    assert Subscription.objects.values().get() == before
    assert "If you gave a new card" in flat(ana.get("/en/account/"))


@pytest.mark.parametrize(
    ("step", "told"),
    [("change", {"money": "7", "interval": "month"}), ("pause", {"months": "2"}), ("card", {})],
)
def test_a_provider_that_is_away_is_told_calmly(
    newsroom: Newsroom, ana: Client, settings: Settings, step: str, told: dict[str, str]
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = send(ana, step, **told)
    assert answer.status_code == 503
    assert "Nothing has changed yet." in flat(answer)
    known = newsroom.subscription()
    assert (known.money, known.status) == (Money(500, "EUR"), "active")
    assert letters() == []


def test_after_an_answer_that_was_lost_the_same_button_does_it_once(
    newsroom: Newsroom, ana: Client
) -> None:
    ref = newsroom.subscription().gateway_ref
    newsroom.stripe.fail_next("drop_connection", times=3, path=ref)
    assert change(ana).status_code == 503
    assert change(ana).status_code == 303
    assert newsroom.subscription().money == Money(700, "EUR")


@pytest.mark.parametrize("step", ["change", "pause"])
def test_what_had_ended_at_the_provider_is_ended_here_too(
    newsroom: Newsroom, ana: Client, step: str
) -> None:
    newsroom.stripe.cancel(newsroom.subscription().gateway_ref)
    answer = send(ana, step, money="7", interval="month", months="2")
    assert answer["Location"] == "/en/account/"
    assert newsroom.subscription().status == "canceled"
    assert "had ended already" in flat(ana.get("/en/account/"))


def test_refused_for_a_reason_of_its_own(newsroom: Newsroom, ana: Client) -> None:
    newsroom.stripe.fail_next("invalid_request", path=newsroom.subscription().gateway_ref)
    change(ana)
    assert "Nothing has changed." in flat(ana.get("/en/account/"))
    assert newsroom.subscription().money == Money(500, "EUR")


@pytest.mark.parametrize("step", ["change", "card"])
def test_as_often_as_giving(newsroom: Newsroom, ana: Client, step: str) -> None:
    told = {"money": "7", "interval": "month"}
    answers = [send(ana, step, token=f"form-token-{n:08}", **told).status_code for n in range(31)]
    assert answers[-1] == 429
    assert 429 not in answers[:30]


def test_paypal_lets_only_a_person(paypal_room: PayPalRoom) -> None:
    paypal_room.promise("pledge-3", interval="month", amount_minor=500)
    paypal_room.happen("subscr_signup")
    paypal_room.happen("subscr_payment_1")
    client = signed_in("ana@example.org")
    for step in ("change", "pause", "resume", "keep", "card"):
        assert send(client, step)["Location"] == "/en/account/"
    assert "Stop it at PayPal" in flat(client.get("/en/account/"))
