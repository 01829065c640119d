"""People and gifts for lists, as the rest of the service leaves them behind."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.http import QueryDict

from donations.giving.models import Donation
from donations.insights.models import Standing, SupporterTotal
from donations.lists.asking import Asked, asked
from donations.lists.donations import donations
from donations.lists.supporters import supporters
from donations.supporters.models import Supporter

NUMBERS = count(1)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_supporter(name: str = "", *, days: int = 0, **changes: Any) -> Supporter:
    """Somebody whose last gift, ten euros, came so many days before noon."""
    number = next(NUMBERS)
    kind = changes.pop("kind", Standing.Kind.ONCE)
    given = changes.pop("given", {"EUR": 1000})
    moment = NOON - timedelta(days=days)
    who = Supporter.objects.create(
        **{
            "name": name,
            "email": f"reader{number}@example.org",
            "language": "ro",
            "created_at": moment,
            **changes,
        }
    )
    Standing.objects.create(
        supporter=who,
        kind=kind if given else Standing.Kind.NONE,
        gifts=len(given),
        first_gift_at=moment if given else None,
        last_gift_at=moment if given else None,
        latest_at=moment,
    )
    for currency, minor in given.items():
        SupporterTotal.objects.create(
            supporter=who,
            currency=currency,
            gifts=1,
            given_minor=minor,
            first_at=moment,
            last_at=moment,
        )
    return who


def a_gift(*, days: int = 0, **changes: Any) -> Donation:
    """Ten euros by card, so many days before noon."""
    moment = NOON - timedelta(days=days)
    return Donation.objects.create(
        **{
            "gateway": "stripe",
            "gateway_ref": f"pi_{next(NUMBERS):010}",
            "amount_minor": 1000,
            "currency": "EUR",
            "fee_minor": 50,
            "fee_currency": "EUR",
            "received_at": moment,
            "recorded_at": moment,
            **changes,
        }
    )


def people_asked(query: str = "") -> Asked[Any, Any]:
    """The list of supporters."""
    return asked(supporters, QueryDict(query))


def gifts_asked(query: str = "") -> Asked[Any, Any]:
    """The list of donations."""
    return asked(donations, QueryDict(query))


def all_of(wanted: Asked[Any, Any]) -> list[Any]:
    """Its rows in its order."""
    return list(wanted.sort.ordered(wanted.rows()))
