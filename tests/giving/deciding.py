"""Staff at work on gifts of nobody known."""

from datetime import UTC, datetime, timedelta

from donations.giving import operations as giving
from donations.giving.models import Attribution, Donation, Pledge
from donations.supporters.models import Supporter, User

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def fresh(gift: Donation) -> Donation:
    return Donation.objects.get(pk=gift.pk)


def decide(act: str, gift: Donation, ion: Supporter, pledge: Pledge, by: User) -> Attribution:
    """One of the decisions."""
    match act:
        case "attach":
            return giving.attach(donation=gift, supporter=ion, by=by, at=AT)
        case "create":
            return giving.create_supporter(donation=gift, by=by, at=AT)
        case "pledge":
            return giving.attach_to_pledge(donation=gift, pledge=pledge, by=by, at=AT)
        case _:
            return giving.leave(donation=gift, by=by, at=AT)
