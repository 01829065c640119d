"""Gifts that nobody is known to have given, each with those who may have."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from donations.giving import queries
from donations.giving.models import Donation
from donations.giving.queries import Candidate
from donations.supporters.operations import mailbox
from donations.supporters.queries import find_supporters
from donations.team.rights import Right
from donations.web.staff.access import allowed
from donations.web.staff.shell import show

PER_PAGE, FOUND, LONGEST = 20, 20, 100


@dataclass(frozen=True, kw_only=True)
class Gift:
    """A donation, and what may be decided about it."""

    donation: Donation
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be decided whose it is."""
        return self.donation.supporter_id is None and not self.donation.is_left_alone

    @property
    def may_be_new(self) -> bool:
        """Whether the payer's address is known, and of nobody here."""
        address = mailbox(self.donation.payer_email)
        known = {one.supporter.email for one in self.candidates if one.supporter}
        return bool(address) and address not in known


@allowed(Right.MONEY)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, newest first."""
    page = Paginator(queries.unattributed(), PER_PAGE).get_page(request.GET.get("page"))
    found = queries.candidates_of(list(page))
    gifts = [Gift(donation=each, candidates=found[each.pk]) for each in page]
    return show(request, "staff/gifts.html", {"page": page, "gifts": gifts})


@allowed(Right.MONEY)
@require_safe
def gift(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: who else it may be, and what was decided about it before."""
    donation = get_object_or_404(Donation.objects.select_related("supporter"), pk=pk)
    sought = request.GET.get("q", "").strip()[:LONGEST]
    found = list(find_supporters(sought)[: FOUND + 1])
    context = {
        "gift": Gift(donation=donation, candidates=queries.candidates(donation)),
        "sought": sought,
        "found": [Candidate(supporter=each, pledge=None, why=[]) for each in found[:FOUND]],
        "has_more": len(found) > FOUND,
        "history": queries.attributions().filter(donation=donation),
    }
    return show(request, "staff/gift.html", context)
