"""What a test or the control page can make happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

from .activity import activity_csv
from .acts import giving_back, paying, spending, subscribing
from .ipn.courier import Courier
from .links import LinkRefusedError, Offer, read
from .manners import Manners
from .money import parse
from .state import Payer, Subscription, Transaction
from .storage import Storage
from .verifier import Verifier
from .world import World

Txn = Transaction | str
Sub = Subscription | Transaction | str


class Controls:
    """Things may be named by themselves or by their id; amounts are texts such as "12.50"."""

    world: World
    courier: Courier
    storage: Storage
    verifier: Verifier

    @contextmanager
    def _acting(self) -> Iterator[World]:
        with self.world.lock:
            try:
                yield self.world
            finally:
                self.storage.save()

    # Paying

    def read(self, url: str) -> Offer:
        """What a link asks for. Raises LinkRefusedError."""
        settings = self.world.settings
        return read(url, business=settings.business, currency=settings.currency)

    def pay_link(
        self,
        url: str,
        *,
        payer_email: str = "ana@example.org",
        payer_name: str = "Ana Popescu",
        note: str = "",
        amount: str | None = None,
        country: str = "RO",
        monthly: bool = False,
        pending: bool = False,
    ) -> Transaction:
        """Pay by a link as a donor does; of a subscription, sign up and pay the first time.

        `pending` pays from a bank account. Raises LinkRefusedError, as it would be shown.
        """
        offer = self.read(url)
        if amount is not None and not offer.is_changeable:
            raise LinkRefusedError("The link says how much; only paypal.me lets the donor choose.")
        if amount is None and offer.amount is None:
            raise LinkRefusedError("How much? The link does not say.")
        money = offer.amount if amount is None else _amount(amount, offer.currency)
        assert money is not None
        payer = Payer(payer_name, payer_email, country)
        with self._acting() as world:
            if offer.unit or (monthly and offer.may_repeat):
                return subscribing.subscribe(
                    world, offer, payer=payer, amount=money, pending=pending
                )
            said = note if offer.takes_note else ""
            return paying.pay(world, offer, payer=payer, amount=money, note=said, pending=pending)

    def clear(self, txn: Txn) -> None:
        """A pending payment (see the manner `pending_first`) completes."""
        with self._acting() as world:
            paying.clear(world, self.transaction(txn))

    def deny(self, txn: Txn, status: str = "Denied") -> None:
        """It does not: Denied, Failed, Expired or Voided."""
        with self._acting() as world:
            paying.deny(world, self.transaction(txn), status)

    # Subscriptions

    def renew(self, sub: Sub) -> Transaction:
        with self._acting() as world:
            return subscribing.renew(world, self.subscription(sub))

    def fail(self, sub: Sub) -> None:
        """A payment fails; the third in a row is the last."""
        with self._acting() as world:
            subscribing.fail(world, self.subscription(sub))

    def modify(self, sub: Sub, amount: str) -> None:
        with self._acting() as world:
            kept = self.subscription(sub)
            subscribing.modify(world, kept, parse(amount, kept.currency))

    def migrate(self, sub: Sub) -> None:
        """PayPal gives an old subscription (see `settings.old_ids`) an id of the new kind."""
        with self._acting() as world:
            subscribing.migrate(world, self.subscription(sub))

    def cancel(self, sub: Sub) -> None:
        with self._acting() as world:
            subscribing.cancel(world, self.subscription(sub))

    def end(self, sub: Sub) -> None:
        with self._acting() as world:
            subscribing.end(world, self.subscription(sub))

    # Money going back, and out

    def refund(self, txn: Txn, amount: str | None = None) -> Transaction:
        """All that is left if no amount is given."""
        with self._acting() as world:
            kept = self.transaction(txn)
            return giving_back.refund(world, kept, _part(amount, kept.currency))

    def reverse(self, txn: Txn, reason: str = "chargeback") -> Transaction:
        with self._acting() as world:
            return giving_back.reverse(world, self.transaction(txn), reason)

    def cancel_reversal(self, txn: Txn) -> Transaction:
        """Of the payment that was reversed."""
        with self._acting() as world:
            return giving_back.cancel_reversal(world, self.transaction(txn))

    def open_case(self, txn: Txn, kind: str = "chargeback", reason: str = "unauthorized") -> str:
        """Returns the id of the case; kinds are complaint, chargeback and dispute."""
        with self._acting() as world:
            return giving_back.open_case(world, self.transaction(txn), kind, reason)

    def adjust(self, txn: Txn, amount: str | None = None) -> Transaction:
        """A case is settled against the newsroom, over all that is left or a part."""
        with self._acting() as world:
            kept = self.transaction(txn)
            return giving_back.adjust(world, kept, _part(amount, kept.currency))

    def release_hold(self, txn: Txn) -> None:
        """A case is closed in favour of the newsroom; only the activity file tells."""
        with self._acting() as world:
            giving_back.release(world, self.transaction(txn))

    def masspay(self, amount: str = "100.00", to: str = "author@example.org") -> Transaction:
        with self._acting() as world:
            return spending.mass_payment(world, parse(amount, world.settings.currency), to)

    def buy(self, amount: str = "49.99", at: str = "billing@hosting.example") -> Transaction:
        with self._acting() as world:
            return spending.buy(world, parse(amount, world.settings.currency), at)

    def withdraw(self, amount: str = "50.00") -> Transaction:
        with self._acting() as world:
            return spending.withdraw(world, parse(amount, world.settings.currency))

    # Looking things up

    def transaction(self, txn: Txn) -> Transaction:
        """As it is now."""
        ident = txn.id if isinstance(txn, Transaction) else txn
        if ident not in self.world.transactions:
            raise ValueError(f"There is no transaction {ident}.")
        return self.world.transactions[ident]

    def subscription(self, sub: Sub) -> Subscription:
        """By itself, by its id, or by one of its payments."""
        ident = sub if isinstance(sub, str) else sub.sub if isinstance(sub, Transaction) else sub.id
        for kept in self.world.subscriptions.values():
            if ident and ident in (kept.id, kept.old_id):
                return kept
        raise ValueError(f"There is no subscription {ident}.")

    def activity_csv(self) -> bytes:
        """Everything that happened, as the account's owner downloads it."""
        return activity_csv(self.world)

    # Messages

    def behave(self, manners: Manners) -> None:
        """From now on messages go out in these manners."""
        self.world.manners = self.courier.manners = manners

    def sign(self, body: bytes) -> bytes:
        """From now on the verifier says VERIFIED about these bytes. Returns them."""
        with self.world.lock:
            self.world.accepted.add(body)
        return body

    accept = sign

    def release(self) -> None:
        """Send what the manner `hold` kept back."""
        self.courier.release()

    def resend(self, number: int, *, marked: bool = False) -> None:
        """Send a message once more: the same bytes, or new ones that say resend=true."""
        with self._acting() as world:
            message = world.messages[number - 1]
            if marked:
                body = message.body + "&resend=true"
                world.keep(message.kind, message.about, message.url, body)
            else:
                self.courier.send(message)

    # Time

    @property
    def now(self) -> int:
        return self.world.now

    @now.setter
    def now(self, value: int) -> None:
        """Set the clock; from then on it stands still."""
        with self._acting() as world:
            world.clock.now = value

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        with self._acting() as world:
            world.clock.advance(timedelta(days=days, hours=hours, seconds=seconds))


def _part(amount: str | None, currency: str) -> Decimal | None:
    return None if amount is None else parse(amount, currency)


def _amount(text: str, currency: str) -> Decimal:
    try:
        return parse(text, currency)
    except ValueError as error:
        raise LinkRefusedError(str(error)) from error
