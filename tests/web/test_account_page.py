"""What a supporter sees of their own."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from donations.giving.models import Donation, Subscription
from donations.outbox.models import Message
from tests.newsroom import Newsroom
from tests.paypalroom import PayPalRoom
from tests.web.form import flat
from tests.web.signing import signed_in, supporter

pytestmark = pytest.mark.django_db


def page(client: Client, path: str = "/en/account/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return flat(answer)


def test_an_agreement_with_its_amount_and_the_next_day(newsroom: Newsroom) -> None:
    newsroom.subscribe()

    text = page(signed_in("ana@example.org"))

    assert "€5 every month" in text
    assert "The next payment is on" in text
    assert "monthly support" in text


def test_one_that_is_stopped_says_so(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    client = signed_in("ana@example.org")
    client.post(f"/en/account/support/{newsroom.subscription().token}/stop/")

    text = page(client)

    assert "Nothing more will be taken." in text
    assert "Earlier support" not in text
    assert "/stop/" not in text


def test_one_that_is_over_stands_apart(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    Subscription.objects.update(status="canceled", ended_at=newsroom.subscription().created_at)

    text = page(signed_in("ana@example.org"))

    assert "Earlier support" in text
    assert "Ended on" in text


@pytest.mark.parametrize(
    ("status", "words"),
    [("past_due", "did not go through"), ("paused", "Paused."), ("incomplete", "not arrived yet")],
)
def test_how_it_stands_in_plain_words(newsroom: Newsroom, status: str, words: str) -> None:
    newsroom.subscribe()
    Subscription.objects.update(status=status)

    assert words in page(signed_in("ana@example.org"))


def test_who_gave_once_is_thanked(newsroom: Newsroom) -> None:
    newsroom.give()

    text = page(signed_in("ana@example.org"))

    assert "Nothing is taken regularly." in text
    assert "€10" in text


def test_whose_gift_has_not_arrived_is_told_to_wait(newsroom: Newsroom) -> None:
    newsroom.begin()

    assert "No gift has arrived yet." in page(signed_in("ana@example.org"))


def test_gifts_come_in_pages_and_none_twice(newsroom: Newsroom) -> None:
    newsroom.give()
    first = Donation.objects.get()
    for number in range(60):
        first.pk, first.gateway_ref = None, f"pi_more{number}"
        first.received_at -= timedelta(days=number % 7)
        first.save(force_insert=True)
    client, seen, path = signed_in("ana@example.org"), [], "/en/account/gifts/"
    while path:
        answer = client.get(path)
        seen += [each.donation.pk for each in answer.context["gifts"]]
        earlier = answer.context["earlier"]
        path = f"/en/account/gifts/?before={earlier.name}" if earlier else ""

    assert len(seen) == len(set(seen)) == 61


def test_a_refund_is_told_beside_its_gift(newsroom: Newsroom) -> None:
    pledge = newsroom.give()
    newsroom.stripe.refund(newsroom.payment(pledge), 400)
    newsroom.tell()

    assert "€4 went back to you." in page(signed_in("ana@example.org"))


def test_giving_once_besides_opens_the_form_with_what_is_known(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    form = {"switch": "1", "email": "ana@example.org", "interval": "once", "currency": "EUR"}

    answer = newsroom.client.post("/en/give/", form)

    assert 'value="ana@example.org"' in answer.content.decode()
    assert not answer.cookies


def test_every_page_is_kept_by_nobody(newsroom: Newsroom) -> None:
    newsroom.give()
    client = signed_in("ana@example.org")

    for path in ("", "gifts/"):
        assert "no-store" in client.get(f"/en/account/{path}")["Cache-Control"]


def test_stopping_takes_two_clicks_and_is_confirmed(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    client = signed_in("ana@example.org")
    address = f"/en/account/support/{newsroom.subscription().token}/stop/"
    assert address in client.get("/en/account/").content.decode()
    assert client.get(address).status_code == 200
    assert newsroom.subscription().cancel_at is None

    answer = client.post(address, {"reason": "I moved away."})

    stopped = newsroom.subscription()
    assert answer["Location"] == "/en/account/"
    assert stopped.cancel_at == stopped.period_end
    assert stopped.stop_reason == "I moved away."
    assert Message.objects.filter(kind=Message.Kind.SUPPORT_STOPPED, to=supporter().email).exists()


def test_stopping_a_second_time_asks_nobody_and_writes_nothing(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    client = signed_in("ana@example.org")
    address = f"/en/account/support/{newsroom.subscription().token}/stop/"
    client.post(address)
    asked, written = len(newsroom.stripe.requests), Message.objects.count()

    assert client.post(address).status_code == 302

    assert (len(newsroom.stripe.requests), Message.objects.count()) == (asked, written)


def test_who_was_told_when_they_stopped_is_not_told_again_at_the_end(newsroom: Newsroom) -> None:
    newsroom.subscribe()
    client = signed_in("ana@example.org")
    client.post(f"/en/account/support/{newsroom.subscription().token}/stop/")
    newsroom.stripe.advance(days=40)
    newsroom.stripe.run_due()
    newsroom.tell()

    assert newsroom.subscription().status == Subscription.Status.CANCELED
    assert newsroom.letters().count("support_stopped") == 1
    assert "support_ended" not in newsroom.letters()


def test_what_had_ended_at_the_provider_is_ended_here_too(newsroom: Newsroom) -> None:
    ref = newsroom.subscribe()
    client = signed_in("ana@example.org")
    newsroom.stripe.cancel(ref)

    client.post(f"/en/account/support/{newsroom.subscription().token}/stop/")

    assert newsroom.subscription().status == Subscription.Status.CANCELED


def test_a_provider_that_is_away_is_told_calmly(newsroom: Newsroom, settings: Settings) -> None:
    newsroom.subscribe()
    client = signed_in("ana@example.org")
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    answer = client.post(f"/en/account/support/{newsroom.subscription().token}/stop/")

    assert answer.status_code == 503
    assert "It is not stopped yet." in flat(answer)
    assert newsroom.subscription().cancel_at is None
    assert newsroom.subscription().stopped_at is None


def test_what_lives_at_paypal_says_how_to_stop_it_there(paypal_room: PayPalRoom) -> None:
    paypal_room.promise("pledge-3", interval="month", amount_minor=500)
    paypal_room.happen("subscr_signup")
    paypal_room.happen("subscr_payment_1")
    known = paypal_room.subscription()
    client = signed_in("ana@example.org")

    text = page(client)

    assert "Stop it at PayPal" in text
    assert "Press “Cancel” and confirm." in text
    stopping = client.get(f"/en/account/support/{known.token}/stop/")
    assert stopping["Location"] == "/en/account/"
