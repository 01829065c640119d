"""Rows of one supporter become another's, and go back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from donations.supporters.models import Supporter

MANY = 1000


def move(rows: "QuerySet[Any]", *, to: Supporter) -> list[int]:
    """All of these are theirs from now on. Answers which that were.

    By the managers that leave marks for the totals.
    """
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    for some in batches(numbers):
        rows.model._default_manager.filter(pk__in=some).update(supporter=to)  # noqa: SLF001  public
    return numbers


def move_back(model: type[Model], numbers: Iterable[int], *, of: Supporter, to: Supporter) -> None:
    """Those of them that are still theirs; what became of the others since stands."""
    for some in batches(list(numbers)):
        theirs = model._default_manager.filter(pk__in=some, supporter=of)  # noqa: SLF001  public
        theirs.update(supporter=to)


def batches(numbers: list[int]) -> Iterable[list[int]]:
    """As many as a statement can name."""
    return (numbers[start : start + MANY] for start in range(0, len(numbers), MANY))
