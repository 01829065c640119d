"""What a supporter can do with an agreement as it stands, besides stopping it."""

from donations.giving import queries
from donations.giving.models import Subscription

Status = Subscription.Status


def steps_of(subscription: Subscription) -> tuple[str, ...]:
    """Nothing where only the provider's own pages can do it."""
    if queries.stop_url(subscription):
        return ()
    match subscription.status:
        case Status.CANCELED | Status.INCOMPLETE:
            return ()
        case _ if subscription.cancel_at is not None:
            return ("keep",)
        case Status.PAUSED:
            return ("resume", "change", "pause", "card")
        case Status.PAST_DUE:
            return ("card", "change")
    return ("change", "pause", "card")
