"""Everything that one supporter gave becomes another's: they are the same person. And back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Q

from donations.giving.models import Attribution, Donation, Pledge, Subscription
from donations.supporters.models import Supporter
from donations.supporters.moving import move, move_back

# Pledges first: whoever records a payment holds its pledge, and reads there whose it is.
MOVED: Mapping[str, type[Any]] = MappingProxyType(
    {
        "pledges": Pledge,
        "subscriptions": Subscription,
        "donations": Donation,
        "attributions": Attribution,
    }
)


def move_giving(*, of: Supporter, to: Supporter) -> dict[str, list[int]]:
    """Pledges, agreements, gifts and what was decided about them. Answers which."""
    return {
        name: move(model._default_manager.filter(supporter=of), to=to)  # noqa: SLF001  public
        for name, model in MOVED.items()
    }


def move_giving_back(
    moved: Mapping[str, Sequence[int]],
    *,
    of: Supporter,
    to: Supporter,
    addresses: Sequence[str],
    since: datetime,
) -> None:
    """Exactly these, and what came since for them.

    That is what is of their pledges and agreements, or was paid from one of their addresses.
    Everything else that came since stays with whom it came to.
    """
    for name, model in MOVED.items():
        move_back(model, moved[name], of=of, to=to)
    is_theirs = Q(pledge__supporter=to) | Q(subscription__supporter=to)
    for address in addresses:
        is_theirs |= Q(payer_email__iexact=address)
    came = Donation.objects.filter(is_theirs, supporter=of, recorded_at__gte=since)
    move(Donation.objects.filter(pk__in=list(came.values_list("pk", flat=True))), to=to)
