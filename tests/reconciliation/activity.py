"""Importing, and what can be seen in the tables afterwards."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from donations.gateways.paypal.activity import Answers, Row, facts_of_row
from donations.giving import operations as giving
from donations.giving.models import Donation, Method, Pledge, Refund, Subscription
from donations.ledger.models import Line, Posting
from donations.outbox.models import Message
from donations.reconciliation.importing import import_activity
from donations.reconciliation.report import Report
from tests.gateways.activity import payment, taken, txn, understood

AT = datetime(2026, 12, 24, 12, tzinfo=UTC)


def imported(body: bytes | Path, *, at: datetime = AT, dry_run: bool = False) -> Report:
    """What importing it came to."""
    data = body.read_bytes() if isinstance(body, Path) else body
    return import_activity(stream=io.BytesIO(data), answers=Answers(), at=at, dry_run=dry_run)


def refund(number: int, of: int, **changes: str) -> dict[str, str]:
    """Ten euros back."""
    row = {
        "Type": "Payment Refund", "Gross": "-10.00", "Fee": "0.34", "Net": "-9.66",
        "Reference_Txn_ID": txn(of), "Balance_Impact": "Debit",
    }  # fmt: skip
    return payment(number, **row | changes)


def tables() -> dict[str, list[Any]]:
    """Everything that an import writes, without the keys that the database gives."""
    return {
        "donations": told(Donation.objects.all(), "subscription__gateway_ref"),
        "subscriptions": told(Subscription.objects.all()),
        "refunds": told(Refund.objects.all(), "donation__gateway_ref"),
        "postings": told(Posting.objects.all()),
        "lines": told(Line.objects.all(), "posting__reference"),
        "letters": told(Message.objects.all()),
    }


def told(rows: QuerySet[Any], *others: str) -> list[Any]:
    """What stands in a table; of other tables the name of a row and not its number."""
    fields = [field for field in rows.model._meta.concrete_fields if not field.is_relation]
    names = [field.name for field in fields if field.name not in ("id", "token")]
    return sorted(map(str, rows.values_list(*names, *others)))


def one_by_one(*bodies: bytes) -> dict[str, list[Any]]:
    """The books after each fact went through `record`; nothing of it stays."""
    with transaction.atomic():
        left = [row for body in bodies for row in taken(understood(body))]
        while left:
            left = [row for row in left if not recorded(row)]
        written = tables()
        transaction.set_rollback(True)
    return written


def recorded(row: Row) -> bool:
    """Whether a row's time has come."""
    try:
        with transaction.atomic():
            for fact in facts_of_row(row):
                giving.record(fact=fact, at=AT)
    except giving.NotYetKnown:
        return False
    return True


def pledge(**changes: Any) -> Pledge:
    """Somebody set out to give ten euros."""
    fields = {
        "amount_minor": 1000, "currency": "EUR", "interval": "once", "method": Method.PAYPAL,
        "language": "ro", "fingerprint": "f", "created_at": AT - timedelta(days=40),
    }  # fmt: skip
    return Pledge.objects.create(**fields | changes)
