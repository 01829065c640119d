"""Which fields a message has, in PayPal's names; samples of real ones gave the sets."""

from ..dates import ipn_date
from ..ids import account_id
from ..state import Payer, Subscription, Transaction
from .encoding import Pairs


def people(payer: Payer, business: str, *, with_business: bool = True) -> list[tuple[str, str]]:
    """Who pays whom."""
    pairs = [
        ("payer_id", payer.id),
        ("payer_status", "verified"),
        ("first_name", payer.first_name),
        ("last_name", payer.last_name),
        ("payer_email", payer.email),
        ("residence_country", payer.country),
        ("receiver_email", business),
        ("receiver_id", account_id(business)),
    ]
    return [*pairs, ("business", business)] if with_business else pairs


def payment(txn: Transaction) -> Pairs:
    """A payment, in whatever state; also what a refund or a reversal tells."""
    pairs = people(txn.payer, txn.business, with_business=txn.kind != "send_money")
    has_fee = bool(txn.fee) or txn.status == "Completed"
    fee = str(txn.fee) if has_fee else ""
    dollars = txn.currency == "USD"
    pairs += [
        ("mc_currency", txn.currency),
        ("payment_gross", str(txn.gross) if dollars else ""),
        ("payment_fee", fee if dollars else ""),
        ("payment_type", txn.payment_type),
        *([("txn_type", txn.kind)] if not txn.parent else []),
        ("txn_id", txn.id),
        *([("parent_txn_id", txn.parent)] if txn.parent else []),
        ("payment_status", txn.status),
        *_reason(txn),
        ("payment_date", txn.payment_date),
        ("mc_gross", str(txn.gross)),
        *([("mc_fee", fee)] if has_fee else []),
        *txn.settled.items(),
        *([(txn.sub_field, txn.sub)] if txn.sub else []),
        *([("old_subscr_id", txn.old_sub)] if txn.old_sub else []),
    ]
    return pairs + said(txn)


def _reason(txn: Transaction) -> list[tuple[str, str]]:
    if not txn.reason:
        return []
    return [("pending_reason" if txn.status == "Pending" else "reason_code", txn.reason)]


def said(txn: Transaction) -> list[tuple[str, str]]:
    """What the link and the payer said; money that was simply sent has nothing but a note."""
    names = ("item_name", "item_number", "custom", "invoice", "memo")
    pairs = [(name, txn.said[name]) for name in names if name in txn.said]
    if txn.kind == "web_accept":
        pairs += [("quantity", "0"), ("protection_eligibility", "Ineligible")]
        pairs += [("transaction_subject", txn.said.get("custom", ""))]
    return pairs


def adjustment(txn: Transaction) -> Pairs:
    """A case was settled against us: the payer is the account itself."""
    pairs = people(Payer("", txn.business), txn.business)
    return [
        *pairs,
        ("mc_currency", txn.currency),
        ("payment_gross", ""),
        ("payment_fee", ""),
        ("txn_type", "adjustment"),
        ("txn_id", txn.id),
        ("parent_txn_id", txn.parent),
        ("payment_status", "Completed"),
        ("reason_code", txn.reason),
        ("payment_date", txn.payment_date),
        ("mc_gross", str(txn.gross)),
        ("case_id", txn.case),
    ]


def case(txn: Transaction, *, ident: str, kind: str, reason: str, at: int) -> Pairs:
    """A dispute was opened; no money moves by that alone."""
    return [
        *people(txn.payer, txn.business),
        ("payment_gross", ""),
        ("payment_fee", ""),
        ("payment_type", txn.payment_type),
        ("txn_type", "new_case"),
        ("txn_id", txn.id),
        ("case_id", ident),
        ("case_type", kind),
        ("reason_code", reason),
        ("case_creation_date", ipn_date(at)),
        *([("custom", txn.said["custom"])] if "custom" in txn.said else []),
    ]


def subscription(sub: Subscription, kind: str, *, extra: Pairs = ()) -> Pairs:
    """Signed up, modified, cancelled, failed, ended."""
    names = ("item_name", "item_number", "custom", "invoice")
    return [
        *people(sub.payer, sub.business),
        ("mc_currency", sub.currency),
        ("payment_gross", ""),
        ("payment_fee", ""),
        ("txn_type", kind),
        ("subscr_id", sub.id),
        *([("old_subscr_id", sub.old_id)] if sub.old_id else []),
        *((name, sub.said[name]) for name in names if name in sub.said),
        *extra,
    ]


def terms(sub: Subscription) -> Pairs:
    """How much, how often, how many times."""
    return [
        ("recurring", "0" if sub.times == 1 else "1"),
        ("reattempt", "1" if sub.reattempts else "0"),
        *([("recur_times", str(sub.times))] if sub.times is not None and sub.times > 1 else []),
        ("period3", f"{sub.count} {sub.unit}"),
        ("amount3", str(sub.amount)),
        ("mc_amount3", str(sub.amount)),
    ]


def mass_payment(txn: Transaction, receiver: str, business: str) -> Pairs:
    """Money that the account sent out."""
    pairs = people(Payer("", business), business)
    return [
        *(pair for pair in pairs if pair[0] not in ("receiver_email", "business")),
        ("payment_gross", ""),
        ("payment_fee", ""),
        ("payment_type", "instant"),
        ("txn_type", "masspay"),
        ("payment_status", "Completed"),
        ("payment_date", txn.payment_date),
        ("mc_gross_1", str(-txn.gross)),
        ("mc_fee_1", str(txn.fee)),
        ("mc_currency_1", txn.currency),
        ("receiver_email_1", receiver),
        ("status_1", "Completed"),
        ("masspay_txn_id_1", txn.id),
    ]
