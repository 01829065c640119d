"""How PostgreSQL is to look for a page of a list, and for how long.

Walking along the list in its order finds fifty rows at once where many fit. Where hardly any do,
gathering those that fit and sorting them is sooner. PostgreSQL guesses which it is, and guesses
wrong where filters have to do with each other: so a walk that takes too long is given up for it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TypeVar

from django.db import OperationalError, connection, transaction

CANCELED_BY_SERVER = "57014"
# From row to row along the indexes: whoever wants fifty rows does not hash a million first.
WALKING: Mapping[str, str] = MappingProxyType(
    {
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "max_parallel_workers_per_gather": "0",
    }
)
# No index in its order: what fits is gathered first.
GATHERING: Mapping[str, str] = MappingProxyType(
    {"enable_indexscan": "off", "enable_indexonlyscan": "off"}
)
FIRST_MS, SECOND_MS, LAST_MS = 150, 2500, 8000
Result = TypeVar("Result")


class TooSlow(Exception):
    """The database was stopped before it had an answer."""


def patiently(look: Callable[[], Result], *, is_narrowed: bool) -> Result:
    """Walk; where only some rows are wanted, gather them instead when that takes too long.

    Raises TooSlow.
    """
    if is_narrowed:
        for milliseconds, way in ((FIRST_MS, WALKING), (SECOND_MS, GATHERING)):
            try:
                with at_most(milliseconds, way):
                    return look()
            except TooSlow:
                continue
    with at_most(LAST_MS, WALKING):
        return look()


@contextmanager
def at_most(milliseconds: int, way: Mapping[str, str] = WALKING) -> Iterator[None]:
    """Stop a statement that takes longer, on PostgreSQL. Raises TooSlow."""
    settings = {"statement_timeout": str(milliseconds), **way}
    try:
        with transaction.atomic():
            bend(settings)
            yield
            bend(dict.fromkeys(settings, "DEFAULT"))
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELED_BY_SERVER:
            raise TooSlow from None
        raise


def bend(settings: Mapping[str, str]) -> None:
    """How PostgreSQL works from here on, within the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "; ".join(f"SET LOCAL {name} TO {value}" for name, value in settings.items())
            )
