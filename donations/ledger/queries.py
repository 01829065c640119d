"""What may be asked of the books."""

from collections.abc import Iterable

from django.db.models import Sum

from donations.ledger.models import Account, Line, Posting
from donations.money import Money


def balance(*, account: Account, currency: str) -> Money:
    """What stands on an account in one currency; never summed across currencies."""
    total = Line.objects.filter(account=account, currency=currency).aggregate(
        total=Sum("amount_minor")
    )["total"]
    return Money(total or 0, currency)


def unbalanced_postings() -> list[tuple[str, str, int]]:
    """(reference, currency, sum) of every posting that does not sum to zero: always empty."""
    return list(
        Line.objects.values("posting__reference", "currency")
        .annotate(total=Sum("amount_minor"))
        .exclude(total=0)
        .values_list("posting__reference", "currency", "total")
    )


def posted(references: Iterable[str]) -> set[str]:
    """Which of these are in the books."""
    found = Posting.objects.filter(reference__in=list(references))
    return set(found.values_list("reference", flat=True))
