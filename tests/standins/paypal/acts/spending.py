"""What the account itself does with its money; most of it only the activity file tells."""

from decimal import Decimal

from .. import ids
from ..ipn import fields
from ..state import Payer, Transaction
from ..world import World


def mass_payment(world: World, amount: Decimal, receiver: str) -> Transaction:
    """Fees for authors and the like; PayPal tells the sender too."""
    made = _spend(world, "masspay", amount, Payer("", receiver), fee=Decimal("0.25"))
    pairs = fields.mass_payment(made, receiver, world.settings.business)
    world.tell("masspay", made.id, pairs)
    return made


def buy(world: World, amount: Decimal, shop: str) -> Transaction:
    """An express checkout at somebody else's shop."""
    return _spend(world, "purchase", amount, Payer("Hosting SRL", shop))


def withdraw(world: World, amount: Decimal) -> Transaction:
    """To the newsroom's bank."""
    return _spend(world, "withdrawal", amount, Payer("", ""))


def _spend(
    world: World, kind: str, amount: Decimal, other: Payer, *, fee: Decimal = Decimal(0)
) -> Transaction:
    own = world.settings
    made = Transaction(ids.txn_id(), kind, own.business, own.currency, -amount, world.now, fee)
    made.payer = other
    return world.add(made)
