"""One gift's page, and giving money of it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from donations.giving.models import Donation, Refund, RefundOrder
from donations.history.models import Change
from donations.models import Message, Suppression, User
from tests.newsroom import Newsroom
from tests.web.desk import a_gift, text_of

Counted = Callable[..., Any]
TOKEN = "t" * 20


@pytest.fixture
def gift(newsroom: Newsroom) -> Donation:
    newsroom.give()
    return Donation.objects.get()


def page_of(desk: Client, gift: Donation) -> str:
    return text_of(desk.get(f"/staff/donations/{gift.pk}/")).replace("\xa0", " ")


def give_back(desk: Client, gift: Donation, amount: str = "4", **changes: Any) -> Any:
    form = {"amount": amount, "why": "By mistake", "sure": "on", "token": TOKEN, **changes}
    return desk.post(f"/staff/donations/{gift.pk}/refund/", form, follow=True)


def test_everything_about_it(desk: Client, newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.refund(gift.payment_ref, 400)
    newsroom.tell()
    page = page_of(desk, gift)
    for told in (
        *("EUR 10.00", "Ana Ș.", gift.gateway_ref, "Thanks for a gift", "Left of it EUR 6.00"),
        *("Balance at Stripe", "Donations", "Fees of providers", "Refunds", "-EUR 10.00"),
        *("checkout.session.completed", "Money arrived: EUR 10.00", "refund.created"),
        *("given back", "done", "Open it at Stripe"),
    ):
        assert told in page


def test_more_of_everything_is_no_more_queries(
    desk: Client,
    newsroom: Newsroom,
    gift: Donation,
    django_assert_num_queries: Counted,
    django_assert_max_num_queries: Counted,
) -> None:
    address = f"/staff/donations/{gift.pk}/"
    desk.get(address)
    with django_assert_max_num_queries(13) as asked:
        desk.get(address)
        few = len(asked)
    for _each in range(3):
        newsroom.stripe.refund(gift.payment_ref, 100)
    newsroom.tell()
    with django_assert_num_queries(few):
        desk.get(address)


def test_a_part_goes_back_and_stands_in_the_books_at_once(
    desk: Client, editor: User, newsroom: Newsroom, gift: Donation
) -> None:
    page = text_of(give_back(desk, gift))
    assert "The money is on its way back." in page
    assert Refund.objects.get().amount_minor == 400
    change = Change.objects.get()
    assert (change.by, change.why, change.what) == (editor, "By mistake", "donation.refunded")
    assert (change.before["left_minor"], change.after["left_minor"]) == (1000, 600)
    newsroom.tell()
    assert newsroom.balance()["income:refunds"] == 400
    newsroom.check_books()


def test_a_double_click_gives_it_back_once(
    desk: Client, newsroom: Newsroom, gift: Donation
) -> None:
    give_back(desk, gift)
    page = text_of(give_back(desk, gift))
    assert "on its way back" in page
    assert Refund.objects.count() == RefundOrder.objects.count() == Change.objects.count() == 1
    newsroom.check_books()


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "10.01"},
        {"amount": "0"},
        {"amount": "-4"},
        {"amount": "much"},
        {"amount": "4.001"},
        {"why": " "},
        {"sure": ""},
        {"token": "x"},
        {"token": ""},
    ],
)
def test_a_form_that_cannot_be_meant(
    desk: Client, newsroom: Newsroom, gift: Donation, changes: dict[str, str]
) -> None:
    assert give_back(desk, gift, **changes).status_code == 422
    assert not RefundOrder.objects.exists()
    assert not Change.objects.exists()


def test_no_answer_is_said_so_and_asked_for_again(
    desk: Client, newsroom: Newsroom, gift: Donation
) -> None:
    newsroom.stripe.fail_next("drop_connection", times=2, path="/refunds")
    newsroom.stripe.fail_next("drop_connection", times=2, path="/refunds")
    page = text_of(give_back(desk, gift))
    assert "not known yet" in page
    assert "Ask again" in page

    order = RefundOrder.objects.get()
    page = text_of(desk.post(f"/staff/refunds/{order.pk}/again/", follow=True))
    assert "on its way back" in page
    assert Refund.objects.get().amount_minor == 400
    newsroom.tell()
    newsroom.check_books()


def test_a_provider_that_is_away(
    desk: Client, newsroom: Newsroom, gift: Donation, settings: Settings
) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    assert "has not answered" in text_of(give_back(desk, gift))
    assert gift.supporter is not None
    page = text_of(desk.get(f"/staff/supporters/{gift.supporter_id}/"))
    assert "the provider has not answered" in page


def test_refunded_in_the_dashboard_meanwhile_is_learnt_at_once(
    desk: Client, newsroom: Newsroom, gift: Donation
) -> None:
    newsroom.stripe.refund(gift.payment_ref)
    page = text_of(give_back(desk, gift))
    assert "at the provider this payment is refunded already" in page
    assert Refund.objects.get().amount_minor == 1000
    newsroom.tell()
    newsroom.check_books()


def test_refused(desk: Client, newsroom: Newsroom, gift: Donation) -> None:
    newsroom.stripe.fail_next("invalid_request", path="/refunds")
    assert "The provider refused" in text_of(give_back(desk, gift))
    newsroom.stripe.open_dispute(gift.payment_ref)
    assert "contested" in text_of(give_back(desk, gift, token="s" * 20))


def test_nothing_left(desk: Client, newsroom: Newsroom, gift: Donation) -> None:
    give_back(desk, gift, "10")
    assert "Nothing is left" in text_of(desk.get(f"/staff/donations/{gift.pk}/refund/"))
    assert give_back(desk, gift, "1", token="s" * 20).status_code == 422


def test_paypal_says_how(desk: Client) -> None:
    gift = a_gift()
    page = desk.get(f"/staff/donations/{gift.pk}/refund/").content.decode()
    assert f"https://www.paypal.com/activity/payment/{gift.gateway_ref}" in page
    assert give_back(desk, gift).status_code == 200
    assert not RefundOrder.objects.exists()


@pytest.mark.django_db
def test_an_editor_gives_nothing_back(client: Client) -> None:
    client.force_login(User.objects.create_user("w@example.org", is_staff=True, role="editor"))
    gift = a_gift()
    assert "Give money back" not in text_of(client.get(f"/staff/donations/{gift.pk}/"))
    assert give_back(client, gift).status_code == 403


def again(desk: Client, gift: Donation, token: str = TOKEN) -> str:
    address = f"/staff/donations/{gift.pk}/receipt/"
    return text_of(desk.post(address, {"token": token}, follow=True))


def sent_long_ago() -> None:
    at = timezone.now() - timedelta(hours=1)
    Message.objects.update(state="sent", sent_at=at, created_at=at)


def test_a_receipt_once_more(desk: Client, newsroom: Newsroom, gift: Donation) -> None:
    sent_long_ago()
    assert "It goes to ana@example.org." in text_of(
        desk.get(f"/staff/donations/{gift.pk}/receipt/")
    )
    assert "The receipt is on its way." in again(desk, gift)
    first, second = Message.objects.order_by("pk")
    assert (second.to, second.kind) == (first.to, first.kind)
    # All that it says, and a link of its own: one that lasts as long as any.
    assert {**second.context, "receipt_url": ""} == {**first.context, "receipt_url": ""}
    for link in (first.context["receipt_url"], second.context["receipt_url"]):
        assert Client().get(link).status_code == 200
    assert second.token != first.token
    assert "being sent already" in again(desk, gift)
    assert Message.objects.count() == 2
    assert Change.objects.get().what == "donation.receipt_resent"


def test_not_while_one_is_on_its_way_and_three_in_all(
    desk: Client, newsroom: Newsroom, gift: Donation
) -> None:
    assert "Not sent: one is on its way" in again(desk, gift)
    for number in range(3):
        sent_long_ago()
        assert "on its way." in again(desk, gift, str(number) * 20)
    sent_long_ago()
    assert "Not sent" in again(desk, gift, "x" * 20)
    assert Message.objects.count() == 4


def test_no_receipt_to_a_dead_address(desk: Client, newsroom: Newsroom, gift: Donation) -> None:
    sent_long_ago()
    dead = Suppression.objects.create(
        email="ana@example.org", reason="bounced", source="smtp", at=timezone.now()
    )
    assert "no mail arrives there" in again(desk, gift)
    dead.reason = "complained"
    dead.save()
    assert "on its way" in again(desk, gift, "s" * 20)


def test_nobody_there(desk: Client) -> None:
    for path in ("donations/99/", "donations/99/refund/", "donations/99/receipt/"):
        assert desk.get(f"/staff/{path}").status_code == 404
    assert desk.post("/staff/refunds/99/again/").status_code == 404
