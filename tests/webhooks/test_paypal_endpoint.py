"""The door for PayPal's notifications: what comes in, what is refused, what is kept."""

import json
import time

import pytest
import stripe as sdk
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from donations.giving.models import Donation
from donations.webhooks.models import InboundEvent
from tests.paypalroom import DOOR, FORM, PayPalRoom, changed, sample

GIFT = sample("donate_completed")


def test_a_message_is_stored_exactly_as_it_came(paypal_room: PayPalRoom) -> None:
    assert paypal_room.post(GIFT) == 200

    event = InboundEvent.objects.get()
    assert bytes(event.body) == GIFT
    assert (event.kind, event.state) == ("web_accept", "pending")
    assert event.confirmed_at is None
    assert paypal_room.paypal.asked == {}, "PayPal is asked later, by a worker"


def test_it_is_answered_with_nothing_to_read(paypal_room: PayPalRoom) -> None:
    answer = paypal_room.client.post(DOOR, data=GIFT, content_type=FORM)
    assert (answer.status_code, answer.content) == (200, b"")


def test_the_second_time_it_is_acknowledged_and_kept_once(paypal_room: PayPalRoom) -> None:
    assert [paypal_room.post(GIFT) for _ in range(3)] == [200, 200, 200]
    assert InboundEvent.objects.count() == 1


def test_a_replay_after_it_was_understood_changes_nothing(paypal_room: PayPalRoom) -> None:
    body = paypal_room.happen("donate_completed")
    assert paypal_room.post(body) == 200
    paypal_room.settle()

    assert Donation.objects.count() == 1
    assert paypal_room.paypal.asked == {body: 1}


def test_the_same_payment_in_another_message_is_one_payment(paypal_room: PayPalRoom) -> None:
    paypal_room.happen("donate_completed")
    paypal_room.happen("donate_completed", resend="true", ipn_track_id="another")

    assert paypal_room.states() == ["done", "done"]
    assert Donation.objects.count() == 1
    paypal_room.check_books()


def test_an_old_message_is_still_good(paypal_room: PayPalRoom) -> None:
    paypal_room.happen("donate_completed", payment_date="03:15:22 Feb 9, 2011 PST")
    assert Donation.objects.get().received_at.year == 2011


@pytest.mark.parametrize("kind", ["mp_signup", "of_a_kind_to_come", "masspay", "x" * 300])
def test_an_unknown_kind_is_acknowledged_and_done(paypal_room: PayPalRoom, kind: str) -> None:
    paypal_room.happen("donate_completed", txn_type=kind)

    assert paypal_room.states() == ["done"]
    assert not Donation.objects.exists()


REFUSED = {
    "nothing": b"",
    "a word": b"hello",
    "some other form": b"name=Ana&amount=10",
    "blank fields": b"txn_id=&txn_type=&payment_status=",
    "JSON": b'{"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED"}',
    "noise": bytes(range(256)),
    "ten thousand fields": GIFT + b"".join(b"&f%d=1" % number for number in range(10_000)),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_message_costs_no_query(
    paypal_room: PayPalRoom, case: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert paypal_room.post(REFUSED[case]) == 400
    assert not InboundEvent.objects.exists()


def test_storing_is_a_single_statement(
    paypal_room: PayPalRoom, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        paypal_room.post(GIFT)


def test_megabytes_are_refused_calmly(paypal_room: PayPalRoom) -> None:
    answer = paypal_room.client.post(DOOR, data=GIFT + b"&x=" + b"x" * 2**20, content_type=FORM)

    assert (answer.status_code, answer.content) == (413, b"")
    assert not InboundEvent.objects.exists()


def test_only_post(client: Client) -> None:
    assert client.get(DOOR).status_code == 405


@pytest.mark.parametrize(
    "content_type",
    ["", "application/x-www-form-urlencoded; charset=bogus", "multipart/form-data; boundary=x"],
)
def test_the_body_counts_whatever_it_is_called(paypal_room: PayPalRoom, content_type: str) -> None:
    paypal_room.paypal.sign(GIFT)
    assert paypal_room.post(GIFT, content_type) == 200
    paypal_room.settle()
    assert Donation.objects.count() == 1


@pytest.mark.parametrize(
    ("added", "payer"),
    [
        (b"&first_name=%00Ana%00", "Ana Popescu"),
        (b"&first_name=A\x00na", "Ana Popescu"),
        (b"&first_name=J\xf6rg&charset=windows-1252", "Jörg Popescu"),
        (b"&first_name=\xd0\x98\xd0\xbe\xd0\xbd&charset=UTF-8", "Ион Popescu"),
        (b"&first_name=%F6&charset=UTF-8", "\ufffd Popescu"),
        (b"&first_name=J%F6rg&charset=idna", "Jörg Popescu"),
        (b"&first_name=J%F6rg&charset=" + b"x" * 5000, "Jörg Popescu"),
        (b"&first_name=J%F6rg&charset=a%00b", "Jörg Popescu"),
    ],
)
def test_odd_bytes_are_asked_about_as_they_came(
    paypal_room: PayPalRoom, added: bytes, payer: str
) -> None:
    body = changed(changed(GIFT, "first_name", None), "charset", None) + added
    paypal_room.paypal.sign(body)
    assert paypal_room.post(body) == 200
    paypal_room.settle()

    assert paypal_room.paypal.asked == {body: 1}
    assert Donation.objects.get().payer_name == payer


class TestModes:
    """Anybody with a sandbox account can send a message that the sandbox confirms."""

    @pytest.fixture(autouse=True)
    def _production(self, settings: Settings) -> None:
        settings.TRIAL = False

    def test_in_production_a_test_is_set_aside_and_nobody_asked(
        self, paypal_room: PayPalRoom
    ) -> None:
        paypal_room.manner = "twice"
        paypal_room.happen("donate_completed", test_ipn="1")

        assert paypal_room.states() == ["parked"]
        assert paypal_room.paypal.asked == {}
        assert not Donation.objects.exists()

    def test_where_the_sandbox_is_asked_a_test_counts(
        self, paypal_room: PayPalRoom, settings: Settings
    ) -> None:
        settings.PAYPAL_IPN_VERIFY_URL = "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr"
        paypal_room.post(sample("donate_completed", test_ipn="1"))

        assert paypal_room.states() == ["pending"]

    def test_in_production_a_true_one_counts(self, paypal_room: PayPalRoom) -> None:
        paypal_room.happen("donate_completed")
        assert Donation.objects.count() == 1


def test_without_a_card_provider_its_door_is_no_door(paypal_room: PayPalRoom) -> None:
    body = json.dumps({"id": "evt_1", "object": "event", "type": "charge.succeeded"})
    signature = sdk.WebhookSignature.generate_signature_header(body, "", int(time.time()))

    answer = paypal_room.client.post(
        "/webhooks/stripe/",
        data=body,
        content_type="application/json",
        headers={"Stripe-Signature": signature},
    )

    assert answer.status_code == 404
    assert not InboundEvent.objects.exists()


def test_a_mass_payment_of_ours_is_acknowledged(paypal_room: PayPalRoom) -> None:
    each = "mc_gross_{0}=1.00&mc_fee_{0}=0.02&mc_currency_{0}=EUR&masspay_txn_id_{0}=X{0}"
    people = "&".join(each.format(number) for number in range(1, 251))
    assert paypal_room.post(f"txn_type=masspay&payment_status=Processed&{people}".encode()) == 200
    assert InboundEvent.objects.get().kind == "masspay"
