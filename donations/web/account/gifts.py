"""All that they gave, the newest first, each with its receipt."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from donations.giving import belongings
from donations.giving.models import Donation
from donations.money import Money
from donations.receipts.returns import returned
from donations.seals import seal, unseal
from donations.supporters.models import Supporter
from donations.web.account.access import theirs
from donations.web.account.frame import frame

GIFT = "account.gift"


@dataclass(frozen=True)
class Gift:
    """A donation under a name that tells nobody how many there are."""

    donation: Donation

    @property
    def returned(self) -> Money:
        """What went back of it."""
        return returned(self.donation)

    @property
    def name(self) -> str:
        """In addresses."""
        return seal(self.donation.pk, purpose=GIFT)


def path_of(gift: Donation, language: str) -> str:
    """Where its receipt is, for whom it is theirs."""
    return reverse("account_receipt", args=[language, Gift(gift).name])


def shown(rows: Iterable[Donation]) -> list[Gift]:
    """As pages show them."""
    return [Gift(each) for each in rows]


def named(supporter: Supporter, name: str) -> Donation:
    """The gift of theirs that has this name. Raises Http404."""
    gift = belongings.gift_of(supporter, unseal(name, purpose=GIFT))
    if gift is None:
        raise Http404
    return gift


@theirs
@require_safe
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """So many at a time; the address names the last that was seen."""
    before = request.GET.get("before")
    gifts = belongings.newest_gifts(supporter, before=named(supporter, before) if before else None)
    context = {
        **frame(language, "account_gifts"),
        "gifts": shown(gifts.rows),
        "earlier": Gift(gifts.earlier_than) if gifts.earlier_than else None,
        "is_first": not before,
    }
    return render(request, "account/gifts.html", context)
