"""What PayPal may pass on from people who wish us ill, or who only typed nonsense."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from donations.gateways.paypal.moments import moment
from donations.giving import operations as giving
from donations.giving.models import Donation
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from tests.paypalroom import PayPalRoom

pytestmark = pytest.mark.django_db
TOKEN = "5f3c1d2e"
NO_MAILBOXES = (
    "not an address", "@", "ana@@example.org", "ana@example.org, ion@example.org",
    "ana@example.org\r\nBcc: ion@example.org", "x" * 300 + "@example.org",
)  # fmt: skip


@pytest.mark.parametrize("told", NO_MAILBOXES)
def test_nobody_is_made_of_what_is_no_address(paypal_room: PayPalRoom, told: str) -> None:
    paypal_room.promise(TOKEN)
    paypal_room.happen("donate_completed", custom=TOKEN, payer_email=told)
    paypal_room.finish()

    assert paypal_room.states() == ["done"]
    assert not Supporter.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("told", NO_MAILBOXES)
def test_neither_do_staff_make_anybody_of_it(paypal_room: PayPalRoom, told: str) -> None:
    paypal_room.happen("donate_completed", payer_email=told)
    with pytest.raises(giving.NoAddress):
        giving.create_supporter(donation=Donation.objects.get(), by=None, at=timezone.now())
    assert not Supporter.objects.exists()


@pytest.mark.parametrize("code", ["\0", "7KM2-9QXR\0", "7KM2", "7km2-9qxr", "", "A" * 5000])
def test_a_page_of_a_code_that_is_none(client: Client, code: str) -> None:
    assert client.get("/en/paypal/note/", {"code": code}).status_code == 404


@pytest.mark.parametrize("told", ["23:59:59 Dec 31, 9999 PST", "00:00:00 Jan 1, 0000 PST"])
def test_a_moment_that_no_calendar_has(told: str) -> None:
    assert moment(told) is None


def test_the_last_moment_of_the_calendar() -> None:
    assert moment("15:59:59 Dec 31, 9999 PST") == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
