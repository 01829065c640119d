"""What a row of the file was understood to say, or why it was not."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from donations.gateways.events import Fact
from donations.gateways.paypal.activity.words import PAYMENTS, Kind
from donations.gateways.paypal.payments import (
    Transaction,
    exchange_facts,
    move_facts,
    payment_facts,
    payout_facts,
    refund_facts,
)
from donations.money import Money

TEXTS = (
    *("of_ref", "subscription_ref", "custom", "note"),
    *("payer_email", "payer_name", "payer_country"),
)
# What the stored event of a row is called.
ROW_KIND = "activity.row"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row, or the two of a conversion, that changes the books.

    Of a conversion `told.gross` is what was sold of the payment `told.of_ref`.
    """

    line: int
    kind: Kind
    told: Transaction
    bought: Money | None = None

    @property
    def is_payment(self) -> bool:
        """Money in."""
        return self.kind in PAYMENTS


@dataclass(frozen=True, kw_only=True, slots=True)
class Ignored:
    """A row that says nothing about gifts; `reason` is a code."""

    line: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Puzzling:
    """A row that was not understood; `reason` is a code with its detail."""

    line: int
    reason: str


Outcome = Row | Ignored | Puzzling


def facts_of_row(row: Row) -> list[Fact]:
    """The same facts as PayPal's own message about the transaction."""
    if row.is_payment:
        return payment_facts(row.told)
    if row.kind == "withdrawal":
        return payout_facts(row.told)
    if row.kind == "refund":
        return refund_facts(row.told)
    if row.bought is not None:
        return exchange_facts(
            of_ref=row.told.of_ref, sold=row.told.gross, bought=row.bought, at=row.told.at
        )
    if row.kind in ("chargeback_fee", "fee_reversal"):
        return move_facts(as_fee(row.told))
    return move_facts(row.told)


def as_fee(told: Transaction) -> Transaction:
    """A row that is nothing but a fee: what left the balance is what PayPal kept."""
    kept = (told.fee.minor if told.fee else 0) - told.gross.minor
    currency = told.gross.currency
    return replace(told, gross=Money(0, currency), fee=Money(kept, currency))


def row_to_json(row: Row) -> bytes:
    """All that the facts need, always written alike."""
    told = row.told
    data: dict[str, Any] = {
        "kind": row.kind,
        "ref": told.ref,
        "gross": [told.gross.minor, told.gross.currency],
        "at": told.at.isoformat(),
    }
    if told.fee is not None:
        data["fee"] = told.fee.minor
    if row.bought is not None:
        data["bought"] = [row.bought.minor, row.bought.currency]
    data |= {name: text for name in TEXTS if (text := getattr(told, name))}
    return _encode(data).encode()


def row_from_json(body: bytes) -> Row:
    """A kept row, read back exactly. Raises ValueError, KeyError for anything else."""
    data: Mapping[str, Any] = json.loads(body)
    gross = Money(*data["gross"])
    told = Transaction(
        ref=data["ref"],
        gross=gross,
        fee=Money(data["fee"], gross.currency) if "fee" in data else None,
        at=datetime.fromisoformat(data["at"]),
        told_by="file",
        **{name: data.get(name, "") for name in TEXTS},
    )
    bought = Money(*data["bought"]) if "bought" in data else None
    return Row(line=0, kind=data["kind"], told=told, bought=bought)


def event_id_of(row: Row, body: bytes) -> str:
    """A name for what the row says: the same words about a transaction have the same name."""
    return f"activity:{row.told.ref}:{hashlib.sha256(body).hexdigest()[:16]}"


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
