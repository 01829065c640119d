"""What came in and what is given each month in every currency, and the rates to add it up by."""

from collections.abc import Mapping
from dataclasses import dataclass

from donations.insights import queries
from donations.insights.queries import Movements, Received
from donations.money import Money
from donations.outlet.queries import current
from donations.rates.queries import Rates, rates
from donations.web.staff.overview.periods import Period


@dataclass(frozen=True, kw_only=True)
class Several:
    """By currency. The rates lead into the one in which the newsroom asks first."""

    received: Mapping[str, Received]
    moves: Mapping[str, Movements]
    rates: Rates

    @property
    def figures(self) -> Mapping[str, list[Money]]:
        """What may be added up, by the name of its formula: an amount for each currency."""
        return figures(self.received, self.moves)


def several(period: Period) -> Several:
    """As many queries as for one currency, and where there are more one for their rates."""
    received = queries.received_in_each(first=period.first, last=period.last)
    moves = queries.movements_in_each(first=period.first, last=period.last)
    currencies = {
        money.currency for amounts in figures(received, moves).values() for money in amounts
    }
    into = current().first_currency
    if len(currencies) > 1:
        found = rates(into=into, currencies=currencies, on=period.last)
    else:
        found = Rates(into=into, on=period.last, newest={})
    return Several(received=received, moves=moves, rates=found)


def figures(
    received: Mapping[str, Received], moves: Mapping[str, Movements]
) -> Mapping[str, list[Money]]:
    """Where money came or went, and where support is given at the end."""
    return {
        "received": [
            each.net for each in received.values() if each.gross_minor or each.returned_minor
        ],
        "mrr": [Money(each.end, code) for code, each in moves.items() if each.end],
    }
