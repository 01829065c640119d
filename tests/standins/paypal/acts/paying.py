"""Somebody pays on one of the pages."""

from decimal import Decimal

from .. import ids
from ..ipn import fields, profiles
from ..links import LinkRefusedError, Offer
from ..money import fee_of, rounded
from ..state import Payer, Subscription, Transaction
from ..world import World


def pay(
    world: World,
    offer: Offer,
    *,
    payer: Payer,
    amount: Decimal,
    note: str = "",
    pending: bool = False,
) -> Transaction:
    """A payment by a link of any kind but a subscription's. Raises LinkRefusedError."""
    refuse_used_invoice(world, offer)
    txn = Transaction(
        ids.txn_id(), offer.kind, receiver(world, offer.business), offer.currency, amount, world.now
    )
    txn.payer, txn.notify_url = payer, offer.notify_url
    txn.said = dict(offer.said) | ({"memo": note} if note else {})
    return arrive(world, txn, pending=pending)


def receiver(world: World, business: str) -> str:
    """The e-mail of the account; a link may name it by the id of 13 characters."""
    own = world.settings.business
    return own if business == ids.account_id(own) else business


def refuse_used_invoice(world: World, offer: Offer) -> None:
    invoice = offer.said.get("invoice")
    used = {txn.said.get("invoice") for txn in world.transactions.values()}
    if invoice and invoice in used:
        raise LinkRefusedError("This invoice has already been paid.")


def arrive(world: World, txn: Transaction, *, pending: bool = False) -> Transaction:
    """The payment is there, or is on its way when it comes from a bank."""
    if world.manners.pending_first or pending:
        txn.payment_type, txn.status, txn.reason = "echeck", "Pending", "echeck"
    else:
        settle(world, txn)
    world.add(txn)
    tell(world, txn)
    return txn


def settle(world: World, txn: Transaction) -> None:
    """Take the fee, and convert what the account has no balance in."""
    txn.fee = fee_of(txn.gross, txn.currency)
    rate = world.settings.exchange_rates.get(txn.currency)
    if rate is None or txn.currency == world.settings.currency:
        return
    into = world.settings.currency
    bought = rounded(txn.net * Decimal(rate), into)
    txn.settled = {"settle_amount": str(bought), "settle_currency": into, "exchange_rate": rate}
    for currency, amount in ((txn.currency, -txn.net), (into, bought)):
        world.add(
            Transaction(
                ids.txn_id(), "conversion", txn.business, currency, amount, world.now, parent=txn.id
            )
        )


def tell(world: World, txn: Transaction) -> None:
    sub: Subscription | None = world.subscriptions.get(txn.sub)
    if sub is not None and sub.is_profile and not txn.parent:
        pairs = profiles.profile_payment(txn, sub)
    else:
        pairs = fields.payment(txn)
    world.tell(txn.kind, txn.id, pairs, url=txn.notify_url)


def clear(world: World, txn: Transaction) -> None:
    """The bank paid."""
    if txn.status != "Pending":
        raise ValueError(f"{txn.id} is not pending.")
    txn.status, txn.reason, txn.completed_at = "Completed", "", world.now
    settle(world, txn)
    tell(world, txn)


def deny(world: World, txn: Transaction, status: str) -> None:
    """The bank did not pay: Denied, Failed, Expired or Voided."""
    if txn.status != "Pending":
        raise ValueError(f"{txn.id} is not pending.")
    txn.status, txn.reason, txn.completed_at = status, "", world.now
    tell(world, txn)
