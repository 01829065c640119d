"""A supporter as the list shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from donations.insights.models import Standing, SupporterTotal
from donations.lists.words import KINDS
from donations.money import Money
from donations.supporters.models import Supporter


@dataclass(frozen=True, kw_only=True)
class SupporterLine:
    """A supporter with what they gave, never summed up; `total` is the one a file's line is of."""

    supporter: Supporter
    standing: Standing | None
    totals: Sequence[SupporterTotal]
    has_mail: bool
    total: SupporterTotal | None = None

    @property
    def kind(self) -> str:
        """How they support, in words."""
        return str(KINDS[self.standing.kind if self.standing else Standing.Kind.NONE])

    @property
    def given(self) -> Sequence[Money]:
        """What they gave, by currency."""
        return [Money(each.given_minor, each.currency) for each in self.totals]

    @property
    def gifts(self) -> int:
        """How many, in all currencies; in a line of a file those of its currency."""
        if self.total is not None:
            return self.total.gifts
        return self.standing.gifts if self.standing else 0

    @property
    def amount(self) -> Decimal | None:
        """What a line of a file says was given, in major units."""
        total = self.total
        return Money(total.given_minor, total.currency).decimal if total else None

    @property
    def returned(self) -> Decimal | None:
        """What of it went back."""
        total = self.total
        return Money(total.returned_minor, total.currency).decimal if total else None

    @property
    def currency(self) -> str:
        """Of both."""
        return self.total.currency if self.total else ""

    @property
    def first_gift_at(self) -> datetime | None:
        """When they began."""
        return self.standing.first_gift_at if self.standing else None

    @property
    def last_gift_at(self) -> datetime | None:
        """When they gave last."""
        return self.standing.last_gift_at if self.standing else None
