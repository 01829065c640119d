"""Writing the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from donations.ledger.models import Account, Line, Posting
from donations.money import Money


class Unbalanced(Exception):
    """The lines of a posting do not sum to zero in each currency."""


class PostingConflict(Exception):
    """The reference is in the books already, with other lines."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A posting before it is written: its reference, its moment, its (account, amount) lines."""

    reference: str
    at: datetime
    lines: tuple[tuple[Account, Money], ...]

    def __post_init__(self) -> None:
        sums: dict[str, int] = {}
        for _account, money in self.lines:
            sums[money.currency] = sums.get(money.currency, 0) + money.minor
        if any(sums.values()) or not self.lines:
            raise Unbalanced(f"{self.reference} does not sum to zero: {sums}")


def transfer(*, debit: Account, credit: Account, money: Money) -> tuple[tuple[Account, Money], ...]:
    """The two lines that move an amount from one account to another; none for nothing."""
    if money.minor == 0:
        return ()
    return ((debit, money), (credit, money.negated()))


@transaction.atomic
def post(*, draft: Draft, at: datetime) -> Posting:
    """Write a posting; the same one a second time changes nothing.

    Raises PostingConflict when the reference was posted with other lines.
    """
    posting, is_new = Posting.objects.get_or_create(
        reference=draft.reference, defaults={"at": draft.at, "recorded_at": at}
    )
    if is_new:
        Line.objects.bulk_create(
            Line(
                posting=posting,
                account=account,
                amount_minor=money.minor,
                currency=money.currency,
            )
            for account, money in draft.lines
        )
    elif written_lines(posting) != sorted_lines(draft.lines):
        raise PostingConflict(f"{draft.reference} is in the books with other lines.")
    return posting


def post_new(*, drafts: Iterable[Draft], at: datetime) -> None:
    """Write many postings at once that are not in the books yet; the database refuses others."""
    written = list(drafts)
    postings = Posting.objects.bulk_create(
        Posting(reference=draft.reference, at=draft.at, recorded_at=at) for draft in written
    )
    Line.objects.bulk_create(
        Line(posting=posting, account=account, amount_minor=money.minor, currency=money.currency)
        for posting, draft in zip(postings, written, strict=True)
        for account, money in draft.lines
    )


def written_lines(posting: Posting) -> list[tuple[str, str, int]]:
    """The lines as they stand in the books, in a fixed order."""
    rows = Line.objects.filter(posting=posting).values_list("account", "currency", "amount_minor")
    return sorted(rows)


def sorted_lines(lines: Iterable[tuple[Account, Money]]) -> list[tuple[str, str, int]]:
    """Lines of a draft in the same fixed order."""
    return sorted((str(account), money.currency, money.minor) for account, money in lines)
