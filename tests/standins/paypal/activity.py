"""The activity file of an account set to US English: the same transactions as the IPNs tell."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .dates import file_date
from .money import grouped
from .state import Transaction
from .world import World

_HEADER = (
    "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,"
    "To Email Address,Transaction ID,Shipping Address,Address Status,Item Title,Item ID,"
    "Shipping and Handling Amount,Insurance Amount,Sales Tax,Option 1 Name,Option 1 Value,"
    "Option 2 Name,Option 2 Value,Reference Txn ID,Invoice Number,Custom Number,Quantity,"
    "Receipt ID,Balance,Address Line 1,Address Line 2/District/Neighborhood,Town/City,"
    "State/Province/Region/County/Territory/Prefecture/Republic,Zip/Postal Code,Country,"
    "Contact Phone Number,Subject,Note,Country Code,Balance Impact"
)
COLUMNS = _HEADER.split(",")
_TYPES = {
    "web_accept": "Donation Payment",
    "send_money": "Mobile Payment",
    "subscr_payment": "Subscription Payment",
    "recurring_payment": "Subscription Payment",
    "refund": "Payment Refund",
    "reversal": "Payment Reversal",
    "canceled_reversal": "Chargeback Reversal",
    "adjustment": "General Account Correction",
    "hold": "Hold on Balance for Dispute Investigation",
    "release": "Cancellation of Hold for Dispute Resolution",
    "conversion": "General Currency Conversion",
    "masspay": "Mass Pay Payment",
    "purchase": "Express Checkout Payment",
    "withdrawal": "User Initiated Withdrawal",
}
_PERSONAL = ("conversion", "hold", "release", "withdrawal", "adjustment")


def activity_csv(world: World) -> bytes:
    """Everything that happened, oldest first: UTF-8 with a mark, every field quoted."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    with world.lock:
        writer.writerows(_rows(world))
    return out.getvalue().encode("utf-8-sig")


def _rows(world: World) -> Iterator[dict[str, str]]:
    balances: dict[str, Decimal] = defaultdict(Decimal)
    for txn in sorted(_lines(world), key=lambda line: line.completed_at or line.at):
        if _impact(txn) != "Memo":
            balances[txn.currency] += txn.net
        yield _row(txn, balances[txn.currency])


def _lines(world: World) -> Iterator[Transaction]:
    """A payment that was pending has a line for that too, under the same id."""
    for txn in world.transactions.values():
        if txn.payment_type == "echeck" and not txn.parent and txn.status != "Pending":
            yield replace(txn, status="Pending", fee=Decimal(0), completed_at=0)
        yield txn


def _impact(txn: Transaction) -> str:
    if txn.status in ("Pending", "Denied", "Failed", "Expired", "Voided"):
        return "Memo"
    return "Credit" if txn.gross > 0 else "Debit"


def _row(txn: Transaction, balance: Decimal) -> dict[str, str]:
    date, time, zone = file_date(txn.completed_at or txn.at)
    own, other = txn.business, txn.payer.email
    sender, receiver = (own, other) if txn.gross < 0 else (other, own)
    if txn.kind in _PERSONAL:
        sender = receiver = ""
    row = {"Date": date, "Time": time, "TimeZone": zone, "Type": _type(txn)}
    row |= {"Name": "" if txn.kind in _PERSONAL else txn.payer.name, "Status": _status(txn)}
    row |= {"Currency": txn.currency, "Gross": grouped(txn.gross), "Fee": grouped(_fee(txn))}
    row |= {"Net": grouped(txn.net), "Balance": grouped(balance), "Balance Impact": _impact(txn)}
    row |= {"From Email Address": sender, "To Email Address": receiver}
    row |= {"Transaction ID": txn.id, "Reference Txn ID": txn.parent or txn.sub}
    if txn.gross > 0 and not txn.parent:
        row |= {"Country Code": txn.payer.country, "Note": txn.said.get("memo", "")}
        row |= {"Item Title": txn.said.get("item_name", "")}
        row |= {"Item ID": txn.said.get("item_number", "")}
    row |= {"Invoice Number": txn.said.get("invoice", "")}
    return row | {"Custom Number": txn.said.get("custom", "")}


def _fee(txn: Transaction) -> Decimal:
    """What was paid is negative here; nothing is 0.00."""
    return -txn.fee if txn.fee else abs(txn.gross) * 0


def _type(txn: Transaction) -> str:
    if txn.kind == "reversal" and txn.reason == "chargeback":
        return "Chargeback"
    return _TYPES[txn.kind]


def _status(txn: Transaction) -> str:
    """Refunds are words of their own in an IPN, and simply completed here."""
    return txn.status if _impact(txn) == "Memo" else "Completed"
