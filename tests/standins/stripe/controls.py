"""What a test or the control page can make happen, besides what the API allows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from . import cards
from .acts import charging, checkout, disputes, payouts, portal, refunds, renewing, subscribing
from .hooks.courier import Courier
from .storage import Storage
from .world import World


class Controls:
    """Every method takes and returns ids or plain objects; what it changes emits its events."""

    world: World
    courier: Courier
    storage: Storage

    @contextmanager
    def _acting(self) -> Iterator[World]:
        with self.world.lock:
            try:
                yield self.world
            finally:
                self.storage.save()

    # Checkout

    def pay(
        self,
        session_id: str,
        card: str = cards.VISA,
        *,
        email: str | None = None,
        authenticated: bool = True,
    ) -> None:
        """Pay on the hosted page.

        Raises CardDeclinedError, AuthenticationNeededError or SessionClosedError.
        """
        with self._acting() as world:
            checkout.pay(world, session_id, number=card, email=email, authenticated=authenticated)

    def pay_delayed(self, session_id: str, *, email: str | None = None) -> None:
        """Pay by bank debit: complete now, unpaid until `settle_delayed`."""
        with self._acting() as world:
            checkout.pay_later(world, session_id, email=email)

    def fail_authentication(self, session_id: str, card: str) -> None:
        """The holder fails 3-D Secure; always raises CardDeclinedError."""
        with self._acting() as world:
            checkout.fail_authentication(world, session_id, card)

    def settle_delayed(self, session_id: str, succeeded: bool = True) -> None:
        with self._acting() as world:
            checkout.settle_delayed(world, session_id, succeeded=succeeded)

    def expire(self, session_id: str) -> None:
        with self._acting() as world:
            checkout.expire(world, world.get("checkout.session", session_id))

    # Subscriptions

    def renew(self, sub_id: str) -> None:
        """Bill the next period, or try the open invoice again; see `renewing.renew`."""
        with self._acting() as world:
            renewing.renew(world, sub_id)

    def fail_renewal(
        self, sub_id: str, final: bool = False, *, asks: bool = False, then: str = "canceled"
    ) -> None:
        """One failed attempt; `final` ends as `then` says: canceled, unpaid or past_due.

        `asks` is the bank wanting authentication: `invoice.payment_action_required` too.
        """
        with self._acting() as world:
            renewing.fail_renewal(world, sub_id, final=final, asks=asks, then=then)

    def pay_invoice(self, invoice_id: str) -> None:
        """The reader pays an open invoice on its hosted page."""
        with self._acting() as world:
            renewing.pay_invoice(world, world.get("invoice", invoice_id))

    def change_card(self, portal_id: str, card: str) -> None:
        """The reader gives a new card in the portal. Raises CardDeclinedError."""
        with self._acting() as world:
            portal.change_card(world, world.get("billing_portal.session", portal_id), card)

    def date_card(self, sub_id: str, year: int, month: int) -> None:
        """The card that pays it is good until the end of this month."""
        with self._acting() as world:
            method = world.objects[world.get("subscription", sub_id)["default_payment_method"]]
            method["card"] |= {"exp_year": year, "exp_month": month}

    def cancel(self, sub_id: str) -> None:
        """At once."""
        with self._acting() as world:
            subscribing.cancel(world, sub_id, {})

    def cancel_at_period_end(self, sub_id: str, ends: bool = True) -> None:
        """As the reader does in the portal; `ends=False` takes it back."""
        with self._acting() as world:
            subscribing.update(world, sub_id, {"cancel_at_period_end": ends})

    def pause(self, sub_id: str, behavior: str = "void", resumes_at: int | None = None) -> None:
        """Stop collecting; the status stays active."""
        with self._acting() as world:
            pause = {"behavior": behavior, "resumes_at": resumes_at}
            subscribing.update(world, sub_id, {"pause_collection": pause})

    def resume(self, sub_id: str) -> None:
        with self._acting() as world:
            subscribing.update(world, sub_id, {"pause_collection": ""})

    # Money going back

    def refund(self, ident: str, amount: int | None = None, status: str = "succeeded") -> str:
        """Refund a PaymentIntent or charge, all that is left if no amount is given."""
        with self._acting() as world:
            charge = charging.charge_of(world, ident)
            made = refunds.refund(world, charge, amount=amount, status=status)
            return str(made["id"])

    def complete_refund(self, refund_id: str) -> None:
        with self._acting() as world:
            refunds.complete(world, refund_id)

    def fail_refund(self, refund_id: str) -> None:
        with self._acting() as world:
            refunds.fail(world, refund_id)

    def open_dispute(self, ident: str, amount: int | None = None, inquiry: bool = False) -> str:
        with self._acting() as world:
            charge = charging.charge_of(world, ident)
            dispute = disputes.open_dispute(world, charge, amount=amount, inquiry=inquiry)
            return str(dispute["id"])

    def answer_dispute(self, dispute_id: str) -> None:
        """Evidence was sent: under review."""
        with self._acting() as world:
            disputes.answer(world, dispute_id)

    def close_dispute(self, dispute_id: str, status: str = "lost") -> None:
        """`won` or `lost`; an inquiry closes as warning_closed whatever is asked."""
        with self._acting() as world:
            disputes.close(world, dispute_id, status)

    def settle_fees(self) -> None:
        """Create the balance transactions that `settings.fees_later` kept back."""
        with self._acting() as world:
            charging.settle_all(world)

    # To the bank

    def pay_out(
        self, currency: str = "eur", *, automatic: bool = True, amount: int | None = None
    ) -> str:
        """Everything on the balance, or by hand a part of it, on its way to the bank."""
        with self._acting() as world:
            made = payouts.pay_out(world, currency, automatic=automatic, amount=amount)
            return str(made["id"])

    def send_payout(self, payout_id: str) -> None:
        with self._acting() as world:
            payouts.send(world, payout_id)

    def complete_payout(self, payout_id: str) -> None:
        with self._acting() as world:
            payouts.complete(world, payout_id)

    def fail_payout(self, payout_id: str) -> None:
        """Before it arrived, or after it was called paid."""
        with self._acting() as world:
            payouts.fail(world, payout_id)

    def cancel_payout(self, payout_id: str) -> None:
        """One made by hand, while it is pending."""
        with self._acting() as world:
            payouts.cancel(world, payout_id)

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
        """Move the clock only; `run_due` does what became due."""
        with self._acting() as world:
            world.clock.advance(timedelta(days=days, hours=hours, seconds=seconds))

    def run_due(self) -> None:
        """Renew, end and expire everything whose time has come."""
        with self._acting() as world:
            checkout.expire_due(world)
            renewing.run_due(world)

    def release(self) -> None:
        """Send what the manner `hold` kept back."""
        self.courier.release()

    def resend(self, event_id: str) -> None:
        """Send an event once more, whatever became of it before."""
        with self._acting() as world:
            world.hidden.pop(event_id, None)
            self.courier.send(world.get("event", event_id))
