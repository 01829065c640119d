"""What was set aside as another account's comes back once staff say that the account is ours."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pytest_django import Settings

from donations.giving.models import Donation
from donations.models import Outlet
from tests.paypalroom import PayPalRoom


def test_a_corrected_address_brings_the_money_back(
    paypal_room: PayPalRoom, capsys: pytest.CaptureFixture[str]
) -> None:
    paypal_room.happen("wrong_receiver")
    assert paypal_room.states() == ["parked"]
    call_command("replay_events")
    assert not Donation.objects.exists()

    Outlet.objects.update(paypal_email="attacker@example.net")
    cache.clear()
    call_command("replay_events", failed=True)

    assert paypal_room.states() == ["done"]
    assert Donation.objects.count() == 1
    assert sum(paypal_room.paypal.asked.values()) == 1


def test_what_was_set_aside_unread_stays_so(paypal_room: PayPalRoom, settings: Settings) -> None:
    settings.TRIAL = False
    paypal_room.happen("donate_completed", test_ipn="1")
    settings.TRIAL = True
    call_command("replay_events", failed=True)
    assert paypal_room.states() == ["parked"]
