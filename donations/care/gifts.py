"""One gift: everything that the provider told of it, and what it did in the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from donations.gateways.events import Fact, facts_from_json
from donations.giving.models import Donation
from donations.giving.operations.bookkeeping import drafts
from donations.history.models import Change
from donations.ledger.models import Line
from donations.outbox.models import Message
from donations.webhooks.models import InboundEvent

# No gift has more; one that had would fill the page with it.
MOST = 200


@dataclass(frozen=True)
class Told:
    """A notification, and what it was understood to say."""

    event: InboundEvent
    facts: Sequence[Fact]


def told_of(donation: Donation) -> list[Told]:
    """The notifications about its payment, as they came."""
    names = {donation.gateway_ref, donation.payment_ref} - {""}
    found = InboundEvent.objects.filter(gateway=donation.gateway, about__in=names)
    rows = found.defer("body").order_by("received_at", "pk")[:MOST]
    return [Told(event, facts_from_json(event.facts)) for event in rows]


def lines_of(donation: Donation, told: Sequence[Told]) -> list[Line]:
    """Its postings in the books, line by line: the payment's, its fee's, what went back."""
    references = {f"{donation.gateway}:{donation.gateway_ref}"}
    for each in told:
        references |= {draft.reference for fact in each.facts for draft in drafts(fact)}
    found = Line.objects.filter(posting__reference__in=references).select_related("posting")
    return list(found.order_by("posting__at", "posting", "pk")[:MOST])


def mails_of(donation: Donation) -> list[Message]:
    """Thanks and receipts."""
    key = f"thanks:{donation}"
    found = Message.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:again:"))
    return list(found.order_by("created_at", "pk")[:MOST])


def changes_of(donation: Donation) -> list[Change]:
    """What colleagues did about it."""
    about = Change.objects.filter(about_kind="donation", about_id=str(donation.pk))
    return list(about.order_by("-at", "-pk")[:MOST])
