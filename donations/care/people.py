"""One person: the record that stayed, and those that were merged into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from donations.supporters.models import Supporter


@dataclass(frozen=True, kw_only=True)
class Person:
    """`merged` are the records that lead here: what cannot move, and mail, is still theirs."""

    supporter: Supporter
    merged: Sequence[Supporter]

    @property
    def ids(self) -> list[int]:
        """Of all the records."""
        return [self.supporter.pk, *(each.pk for each in self.merged)]

    @property
    def addresses(self) -> list[str]:
        """Where we wrote to them."""
        return [self.supporter.email, *(each.email for each in self.merged)]


def person_of(supporter: Supporter) -> Person:
    """With one query."""
    return Person(supporter=supporter, merged=list(supporter.merged.order_by("pk")))
