"""PayPal as the only way to be paid: nothing else needs a card provider."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from donations.giving import operations as giving
from donations.giving.models import Pledge, Subscription
from donations.giving.wish import Wish
from donations.money import Money
from tests.paypalroom import PROMISED_AT, PayPalRoom

WISH = Wish(
    money=Money(500, "EUR"), interval="month", method="paypal", email="", language="ro", name=""
)


@pytest.fixture
def agreement(paypal_room: PayPalRoom) -> Subscription:
    paypal_room.happen("subscr_signup")
    paypal_room.happen("subscr_payment_1")
    return paypal_room.subscription()


def address(agreement: Subscription) -> str:
    return f"/en/support/?token={agreement.token}"


def test_a_reader_clicks_pays_and_is_known(paypal_room: PayPalRoom) -> None:
    url = giving.begin(wish=WISH, at=timezone.now())
    paid = paypal_room.paypal.pay_link(url, payer_email="ion@example.org", country="MD")
    for body in paypal_room.paypal.ipns:
        paypal_room.post(body)
    paypal_room.finish()

    pledge = Pledge.objects.get()
    assert pledge.status == Pledge.Status.FULFILLED
    assert pledge.donations.get().gateway_ref == paid.id
    assert pledge.supporter is not None
    assert pledge.supporter.email == "ion@example.org"
    assert paypal_room.subscription().interval == "month"
    assert paypal_room.letters() == ["thanks_subscription"]
    assert paypal_room.waiting() == []


def test_the_page_after_it_knows_that_it_was_paid(paypal_room: PayPalRoom) -> None:
    paypal_room.paypal.pay_link(giving.begin(wish=WISH, at=timezone.now()))
    page = f"/en/thanks/?session_id={Pledge.objects.get().code}"
    before = paypal_room.client.get(page).content
    for body in paypal_room.paypal.ipns:
        paypal_room.post(body)
    paypal_room.settle()

    after = paypal_room.client.get(page).content
    assert b"Thank you" in after
    assert before != after


def test_reconciling_asks_nobody(paypal_room: PayPalRoom) -> None:
    out = StringIO()
    call_command("reconcile", stdout=out)
    assert out.getvalue().startswith("0 things listed")

    with pytest.raises(CommandError, match="stripe has no keys"):
        call_command("reconcile", gateway="stripe")


def test_the_books_are_proved_by_the_command(
    paypal_room: PayPalRoom, agreement: Subscription
) -> None:
    out = StringIO()
    call_command("rebuild_ledger", check=True, stdout=out)
    assert out.getvalue().startswith("The books are right")


def test_a_supporter_is_led_to_where_they_can_stop(
    paypal_room: PayPalRoom, agreement: Subscription
) -> None:
    page = paypal_room.client.get(address(agreement))

    assert page.status_code == 200
    stop = f"{paypal_room.paypal.base_url}/cgi-bin/webscr?cmd=_subscr-find&amp;alias="
    assert stop in page.content.decode()


def test_stopping_it_here_changes_nothing(paypal_room: PayPalRoom, agreement: Subscription) -> None:
    answer = paypal_room.client.post(address(agreement))

    assert (answer.status_code, answer["Location"]) == (302, address(agreement))
    assert not paypal_room.subscription().is_stopping


def test_it_was_stopped_at_paypal(paypal_room: PayPalRoom, agreement: Subscription) -> None:
    paypal_room.happen("subscr_cancel")

    page = paypal_room.client.get(address(agreement))
    assert page.status_code == 200
    assert "_subscr-find" not in page.content.decode()


def test_an_agreement_by_card_of_former_times_can_be_seen(paypal_room: PayPalRoom) -> None:
    agreement = Subscription.objects.create(
        gateway="stripe", gateway_ref="sub_1", status="active", amount_minor=500, currency="EUR",
        interval="month", observed_at=PROMISED_AT, created_at=PROMISED_AT,
    )  # fmt: skip

    assert paypal_room.client.get(address(agreement)).status_code == 200
    assert paypal_room.client.post(address(agreement)).status_code == 503
    assert not paypal_room.subscription().is_stopping
