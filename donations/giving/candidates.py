"""Gifts that no pledge claims: whose they may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from donations.giving.models import Attribution, Donation, Method, Pledge
from donations.supporters.models import Supporter
from donations.supporters.operations import normalise_email

# Between the click on a link without a reference and the payment.
LONGEST_WAY = timedelta(days=3)
MOST, MOST_READ = 5, 500
SAME_ADDRESS = _("same e-mail address")
SAME_NAME = _("same name")
SAME_AGREEMENT = _("gave before in the same subscription")
SAME_AMOUNT = _("a reader set out to give this amount by PayPal shortly before")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Who it may be, and why. A guess, for a person to confirm."""

    supporter: Supporter | None
    pledge: Pledge | None
    why: Sequence[str]


def unattributed() -> QuerySet[Donation]:
    """Gifts of nobody known about which nobody has decided, newest first."""
    waiting = Donation.objects.filter(supporter=None, is_left_alone=False)
    return waiting.select_related("subscription", "pledge").order_by("-received_at", "-pk")


def of_same_payer(donation: Donation) -> QuerySet[Donation]:
    """The other gifts that wait and were paid from the same address."""
    if not donation.payer_email:
        return Donation.objects.none()
    return unattributed().filter(payer_email__iexact=donation.payer_email).exclude(pk=donation.pk)


def attributions() -> QuerySet[Attribution]:
    """What was decided, newest first."""
    decided = Attribution.objects.select_related("donation", "supporter", "pledge", "by")
    return decided.order_by("-at", "-pk")


def candidates(donation: Donation) -> list[Candidate]:
    """Who may have given it, the likeliest first."""
    return candidates_of([donation])[donation.pk]


def candidates_of(donations: Sequence[Donation]) -> dict[int, list[Candidate]]:
    """The same for a page of them, by primary key, in a fixed number of queries."""
    by_address, by_name = people_of(donations)
    by_agreement = people_of_agreements(donations)
    promised = promised_by_paypal(donations)
    found = {}
    for donation in donations:
        why: dict[Supporter, list[str]] = {}
        for reason, people in (
            (SAME_ADDRESS, by_address.get(normalise_email(donation.payer_email), [])),
            (SAME_AGREEMENT, by_agreement.get(donation.subscription_id or 0, [])),
            (SAME_NAME, by_name.get(donation.payer_name.lower(), [])),
        ):
            for supporter in people:
                why.setdefault(supporter, []).append(str(reason))
        supporters = [
            Candidate(supporter=each, pledge=None, why=reasons) for each, reasons in why.items()
        ]
        pledges = [
            Candidate(supporter=each.supporter, pledge=each, why=[str(SAME_AMOUNT)])
            for each in promised
            if may_be_of(donation, each)
        ]
        found[donation.pk] = [*supporters[:MOST], *pledges[:MOST]]
    return found


People = dict[str, list[Supporter]]


def people_of(donations: Sequence[Donation]) -> tuple[People, People]:
    """Supporters by address and by name in lower case, as the payers are called."""
    addresses = {normalise_email(each.payer_email) for each in donations} - {""}
    names = {each.payer_name.lower() for each in donations} - {""}
    by_address: People = {}
    by_name: People = {}
    named = Q(email__in=addresses) | Q(lower_name__in=names)
    known = Supporter.everybody.annotate(lower_name=Lower("name")).filter(named)
    for each in known.select_related("merged_into").order_by("pk"):
        by_address.setdefault(each.email, []).append(each.stayed)
        if each.name and each.merged_into_id is None:
            by_name.setdefault(each.name.lower(), []).append(each)
    return by_address, by_name


def people_of_agreements(donations: Sequence[Donation]) -> dict[int, list[Supporter]]:
    """Who gave within the same subscriptions, by subscription."""
    agreements = {each.subscription_id for each in donations} - {None}
    gave = Donation.objects.filter(subscription__in=agreements).exclude(supporter=None)
    found: dict[int, list[Supporter]] = {}
    for each in gave.select_related("supporter").order_by("received_at"):
        people = found.setdefault(each.subscription_id or 0, [])
        if each.supporter is not None and each.supporter not in people:
            people.append(each.supporter)
    return found


def promised_by_paypal(donations: Sequence[Donation]) -> list[Pledge]:
    """PayPal pledges that no payment has claimed, of these amounts and days; newest first."""
    if not donations:
        return []
    moments = [each.received_at for each in donations]
    found = Pledge.objects.filter(
        method=Method.PAYPAL,
        amount_minor__in={each.amount_minor for each in donations},
        created_at__range=(min(moments) - LONGEST_WAY, max(moments)),
        donations=None,
    )
    return list(found.select_related("supporter", "article").order_by("-created_at")[:MOST_READ])


def may_be_of(donation: Donation, pledge: Pledge) -> bool:
    """The same amount, promised within the days before it came."""
    waited = donation.received_at - pledge.created_at
    return (
        donation.pledge_id is None
        and pledge.money == donation.money
        and timedelta() <= waited <= LONGEST_WAY
    )
