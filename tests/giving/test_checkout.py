"""From the form to the provider's page, and what may go wrong on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from donations.articles.models import Article
from donations.gateways.stripe.client import client_for
from donations.giving import operations as giving
from donations.giving.models import Pledge
from donations.money import Money
from donations.outbox.models import Message
from donations.supporters.models import Consent, Supporter
from tests.newsroom import Newsroom

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)


def sessions(newsroom: Newsroom) -> int:
    """How many payment pages there are."""
    return sum(
        request.path == "/v1/checkout/sessions" and request.method == "POST"
        for request in newsroom.stripe.requests
    )


def test_it_works(newsroom: Newsroom) -> None:
    url = giving.begin(wish=newsroom.wish(), at=AT)

    pledge = Pledge.objects.get()
    assert url == pledge.checkout_url
    session = newsroom.stripe.object(pledge.checkout_ref)
    assert (session["amount_total"], session["currency"]) == (1000, "eur")
    assert session["customer_email"] == "ana@example.org"
    assert session["locale"] == "ro"
    assert session["submit_type"] == "donate"
    assert session["metadata"] == {"pledge": pledge.token}
    assert session["success_url"].endswith("/ro/thanks/?session_id={CHECKOUT_SESSION_ID}")
    assert "/ro/?canceled=1&amount=10.00&currency=EUR&interval=once" in session["cancel_url"]


def test_every_call_that_changes_something_has_a_key_of_ours(newsroom: Newsroom) -> None:
    newsroom.begin()
    pledge = Pledge.objects.get()
    (request,) = [r for r in newsroom.stripe.requests if r.method == "POST"]
    assert request.idempotency_key == f"checkout:{pledge.token}:1"


def test_the_second_time_it_is_the_same_page(newsroom: Newsroom) -> None:
    first = giving.begin(wish=newsroom.wish(), at=AT)
    second = giving.begin(wish=newsroom.wish(), at=AT + timedelta(seconds=1))

    assert first == second
    assert Pledge.objects.count() == 1
    assert sessions(newsroom) == 1


def test_another_amount_is_another_pledge(newsroom: Newsroom) -> None:
    giving.begin(wish=newsroom.wish(), at=AT)
    giving.begin(wish=newsroom.wish(money=Money(2000, "EUR")), at=AT)
    assert Pledge.objects.count() == 2


def test_a_page_that_closed_is_opened_anew(newsroom: Newsroom) -> None:
    now = timezone.now()
    first = giving.begin(wish=newsroom.wish(), at=now - timedelta(hours=24))
    second = giving.begin(wish=newsroom.wish(), at=now)

    assert first != second
    assert sorted(Pledge.objects.values_list("status", flat=True)) == ["expired", "open"]


@pytest.mark.parametrize("kind", ["refuse_500", "rate_limit_429", "auth_401", "invalid_request"])
def test_a_provider_that_refuses_leaves_the_pledge_open(newsroom: Newsroom, kind: str) -> None:
    newsroom.stripe.fail_next(kind, times=3)
    with pytest.raises(giving.CheckoutUnavailable):
        giving.begin(wish=newsroom.wish(), at=AT)
    assert Pledge.objects.get().status == Pledge.Status.OPEN

    newsroom.stripe.api.faults.clear()
    assert giving.begin(wish=newsroom.wish(), at=AT)
    assert Pledge.objects.count() == 1


def test_a_lost_answer_finds_the_same_page_again(newsroom: Newsroom) -> None:
    newsroom.stripe.fail_next("drop_connection", times=3)
    with pytest.raises(giving.CheckoutUnavailable):
        giving.begin(wish=newsroom.wish(), at=AT)
    giving.begin(wish=newsroom.wish(), at=AT)

    made = [event for event in newsroom.stripe.world.objects.values()
            if event["object"] == "checkout.session"]  # fmt: skip
    assert len(made) == 1


def test_a_provider_that_is_not_there(newsroom: Newsroom, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(giving.CheckoutUnavailable):
        giving.begin(wish=newsroom.wish(), at=AT)
    assert Pledge.objects.get().status == Pledge.Status.OPEN


def test_too_little_for_a_card(newsroom: Newsroom) -> None:
    newsroom.stripe.settings.minimums["ron"] = 200
    with pytest.raises(giving.AmountTooSmall):
        giving.begin(wish=newsroom.wish(money=Money(50, "RON")), at=AT)


def test_a_monthly_wish_asks_for_a_subscription(newsroom: Newsroom) -> None:
    giving.begin(wish=newsroom.wish(interval="month"), at=AT)
    session = newsroom.stripe.object(Pledge.objects.get().checkout_ref)
    assert session["mode"] == "subscription"
    assert session["submit_type"] == "subscribe"


def test_paypal_keeps_the_pledge_and_asks_nobody(newsroom: Newsroom) -> None:
    url = giving.begin(wish=newsroom.wish(method="paypal", email=""), at=AT)

    pledge = Pledge.objects.get()
    assert url.startswith("https://www.paypal.com/cgi-bin/webscr?cmd=_donations&amount=10.00&")
    assert f"&custom={pledge.token}&" in url
    assert pledge.supporter is None
    assert newsroom.stripe.requests == []


def test_what_was_agreed_to_is_kept_with_its_words(newsroom: Newsroom) -> None:
    wish = newsroom.wish(consents={"topics": "Scrieți-mi când apare un subiect nou."})
    giving.begin(wish=wish, at=AT)
    assert Pledge.objects.get().consents == wish.consents
    assert not Consent.objects.exists(), "anybody may type anybody's address"

    newsroom.stripe.pay(Pledge.objects.get().checkout_ref)
    newsroom.tell()
    newsroom.finish()
    assert Consent.objects.get().wording == "Scrieți-mi când apare un subiect nou."


def test_giving_is_not_consent(newsroom: Newsroom) -> None:
    newsroom.give()
    assert not Consent.objects.exists()


def test_the_article_that_earned_it(newsroom: Newsroom) -> None:
    pledge = newsroom.give(article_url="https://NewsCafe.eu/water/?utm_source=x#footer")
    assert pledge.article == Article.objects.get(url="https://newscafe.eu/water")
    assert pledge.donations.get().article == pledge.article


def test_a_stranger_cannot_name_a_supporter(newsroom: Newsroom) -> None:
    giving.begin(wish=newsroom.wish(email="ANA@example.org ", name="You won a prize"), at=AT)
    newsroom.give(name="")
    assert Supporter.objects.get().name == ""
    assert Message.objects.get().context["name"] == ""

    newsroom.give(money=Money(2000, "EUR"))
    newsroom.give(money=Money(3000, "EUR"), name="Somebody")
    assert Supporter.objects.get().name == "Ana Ș."


def test_the_same_again_before_the_first_is_told_is_another_page(newsroom: Newsroom) -> None:
    now = timezone.now()
    giving.begin(wish=newsroom.wish(), at=now - timedelta(minutes=5))
    newsroom.stripe.pay(Pledge.objects.get().checkout_ref)

    second = giving.begin(wish=newsroom.wish(), at=now)
    newsroom.stripe.pay(second.rsplit("/", 1)[-1])
    newsroom.tell()
    assert newsroom.donations() == [Money(1000, "EUR")] * 2
    assert newsroom.letters() == ["thanks", "thanks"]


def test_old_pledges_expire_the_second_time_too(newsroom: Newsroom) -> None:
    giving.begin(wish=newsroom.wish(), at=AT)
    later = AT + timedelta(days=3)
    assert giving.expire_pledges(at=later) == 1
    assert giving.expire_pledges(at=later) == 0


def test_a_late_payment_fulfils_an_expired_pledge(newsroom: Newsroom) -> None:
    session = newsroom.begin()
    giving.expire_pledges(at=timezone.now() + timedelta(days=3))
    newsroom.stripe.pay(session)
    newsroom.tell()
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED


def test_clients_are_kept(settings: Settings) -> None:
    assert client_for("sk_test_1", "") is client_for("sk_test_1", "")
