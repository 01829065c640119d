"""What is kept: transactions, subscriptions and the messages about them."""

from dataclasses import dataclass, field
from decimal import Decimal

from . import ids
from .dates import ipn_date


@dataclass(frozen=True)
class Payer:
    """Somebody with a PayPal account."""

    name: str
    email: str
    country: str = "RO"

    @property
    def id(self) -> str:
        return ids.account_id(self.email)

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def last_name(self) -> str:
        return self.name.partition(" ")[2]


NOBODY = Payer("", "")


@dataclass
class Transaction:
    """A movement of money, or of one that is still to come; `gross` is negative on its way out.

    `kind` is the txn_type of its IPN, or a word of ours where PayPal's message has none.
    """

    id: str
    kind: str
    business: str
    currency: str
    gross: Decimal
    at: int
    fee: Decimal = Decimal(0)
    status: str = "Completed"
    payer: Payer = NOBODY
    # The payment that this is about; a subscription's id is in `sub`.
    parent: str = ""
    sub: str = ""
    sub_field: str = "subscr_id"
    old_sub: str = ""
    reason: str = ""
    payment_type: str = "instant"
    completed_at: int = 0
    case: str = ""
    # item_name, item_number, custom, invoice and memo: what the link and the payer said.
    said: dict[str, str] = field(default_factory=dict)
    notify_url: str = ""
    # settle_amount, settle_currency and exchange_rate when PayPal converts what comes.
    settled: dict[str, str] = field(default_factory=dict)

    @property
    def net(self) -> Decimal:
        return self.gross - self.fee

    @property
    def payment_date(self) -> str:
        return ipn_date(self.completed_at or self.at)


@dataclass
class Subscription:
    """An agreement to pay again every `count` of `unit` (D, W, M, Y)."""

    id: str
    business: str
    currency: str
    amount: Decimal
    unit: str
    count: int
    payer: Payer
    at: int
    next_at: int
    status: str = "active"
    old_id: str = ""
    failures: int = 0
    reattempts: bool = True
    # How many payments there are in all; None goes on until somebody stops it.
    times: int | None = None
    paid: int = 0
    # Made by the donate page and not by a subscription link: other names for the same things.
    is_profile: bool = False
    said: dict[str, str] = field(default_factory=dict)
    notify_url: str = ""


@dataclass
class Message:
    """An IPN. PayPal vouches for exactly these bytes."""

    number: int
    kind: str
    about: str
    url: str
    body: str
    at: int
    delivered: bool = False
    # Nobody was told, on purpose.
    dropped: bool = False
