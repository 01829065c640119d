"""Somebody has had enough, and says so with the link of one mail."""

from datetime import datetime

from donations.broadcasts.models import Delivery
from donations.sections.operations import stop
from donations.sections.queries import choices

# What a mail program sends (RFC 8058); a page of ours has words of its own.
ONE_CLICK = "List-Unsubscribe=One-Click"


def unsubscribe(
    *, delivery: Delivery, everything: bool, at: datetime, wording: str = ONE_CLICK
) -> None:
    """No more about the section of this mail, or about any; what waits of it is not sent either.

    Who follows every section, or got a mail for followers of any, stops everything.
    """
    # No transaction around it all: each step holds alone, and no lock waits for another.
    Delivery.objects.filter(pk=delivery.pk).mark_unsubscribed(at=at)
    if (supporter := delivery.supporter) is None:
        return
    section = None if everything else delivery.list_section
    stop(
        supporter=supporter,
        section=section,
        wording=wording,
        source=f"broadcast:{delivery.broadcast_id}",
        at=at,
    )
    unwanted = Delivery.objects.filter(supporter=supporter)
    if choices(supporter):
        unwanted = unwanted.filter(section=section)
    unwanted.mark_withdrawn(reason=Delivery.Reason.STOPPED)
