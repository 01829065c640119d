"""What tests of the staff desk share: gifts of nobody known, and pages as flat text."""

import re
from datetime import UTC, datetime
from html import unescape
from itertools import count
from typing import Any

from django.utils import timezone

from donations.gateways.events import PaymentReceived
from donations.giving import operations as giving
from donations.giving.models import Donation, Pledge
from donations.money import Money
from donations.supporters.models import Supporter

NUMBERS = count(1)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_gift(**changes: Any) -> Donation:
    """A payment by PayPal that came without a word of whose it is."""
    told: dict[str, Any] = {
        "gateway": "paypal",
        "ref": f"4AB{next(NUMBERS):05}XX0000001",
        "payment_ref": "",
        "money": Money(1000, "EUR"),
        "received_at": NOON,
        "payer_email": "Ana@example.org",
        "payer_name": "Ana Popescu",
        **changes,
    }
    giving.record(fact=PaymentReceived(**told), at=timezone.now())
    return Donation.objects.get(gateway_ref=told["ref"])


def a_supporter(email: str = "ana@example.org", name: str = "Ana P.") -> Supporter:
    """Somebody known."""
    return Supporter.objects.create(email=email, name=name, language="ro", created_at=NOON)


def a_pledge(**changes: Any) -> Pledge:
    """A reader set out to give by PayPal, an hour before noon."""
    told: dict[str, Any] = {
        "amount_minor": 1000,
        "currency": "EUR",
        "interval": "once",
        "method": "paypal",
        "language": "ro",
        "fingerprint": f"f{next(NUMBERS)}",
        "created_at": NOON.replace(hour=11),
        **changes,
    }
    return Pledge.objects.create(**told)


def text_of(response: Any) -> str:
    """What the page says, in one line."""
    main = response.content.decode().split("<main", 1)[-1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
