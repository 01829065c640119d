"""What the provider says moved, asked from it or read in its file; and of which time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from donations.gateways.events import Move
from donations.gateways.paypal.activity import ROW_KIND, Row, moves_of_row, row_from_json
from donations.gateways.registry import gateway_named
from donations.reconciliation.models import ActivityFile
from donations.webhooks.files import rows_kept_since


@dataclass(frozen=True)
class Span:
    """A time of which the provider has told everything."""

    first: datetime
    last: datetime

    def has(self, at: datetime) -> bool:
        """Whether it falls into it."""
        return self.first <= at <= self.last


def moves(gateway: str, *, since: datetime, until: datetime) -> Iterator[Move]:
    """Every move in that time, in any order, each once. Raises GatewayUnavailable."""
    if gateway == "paypal":
        return moves_in_files(since=since, until=until)
    return gateway_named(gateway).moves(since=since, until=until)


def moves_in_files(*, since: datetime, until: datetime) -> Iterator[Move]:
    """Of all files that were handed in since then. Of a transaction told twice the last stands."""
    rows: dict[tuple[str, str], Row] = {}
    for body in rows_kept_since(gateway="paypal", kind=ROW_KIND, since=since):
        row = row_from_json(body)
        if since <= row.told.at < until:
            rows[row.kind, row.told.ref] = row
    for row in rows.values():
        yield from moves_of_row(row)


def spans(gateway: str, *, since: datetime, until: datetime) -> list[Span]:
    """When what is in our books must be there too: all the time, or as the files tell."""
    if gateway != "paypal":
        return [Span(since, until)]
    done = ActivityFile.objects.filter(state=ActivityFile.State.DONE, finished_at__gte=since)
    reports = done.values_list("report", flat=True)
    return [
        Span(datetime.fromisoformat(report["first_at"]), datetime.fromisoformat(report["last_at"]))
        for report in reports
        if report.get("first_at")
    ]
