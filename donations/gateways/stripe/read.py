"""Reading objects again from Stripe, expanded to what the books need, as plain dicts."""

from typing import Any

from donations.gateways.stripe.client import checked, client, our_errors, plain

CHARGE = "latest_charge.balance_transaction"


def session(ref: str) -> dict[str, Any]:
    """A checkout session with its payment, charge and balance move."""
    with our_errors():
        return plain(
            client().v1.checkout.sessions.retrieve(
                checked(ref), {"expand": [f"payment_intent.{CHARGE}"]}
            )
        )


def invoice(ref: str) -> dict[str, Any]:
    """An invoice with the payments that paid it, their charges and balance moves.

    Two steps, because Stripe expands no more than four levels at once.
    """
    with our_errors():
        found = plain(client().v1.invoices.retrieve(checked(ref), {"expand": ["payments"]}))
    for one in found["payments"]["data"]:
        if one["status"] == "paid" and one["payment"]["type"] == "payment_intent":
            one["payment"]["payment_intent"] = payment(one["payment"]["payment_intent"])
    return found


def payment(ref: str) -> dict[str, Any]:
    """A payment with its charge and balance move."""
    with our_errors():
        return plain(client().v1.payment_intents.retrieve(checked(ref), {"expand": [CHARGE]}))


def subscription(ref: str) -> dict[str, Any]:
    """A subscription as it stands."""
    with our_errors():
        return plain(client().v1.subscriptions.retrieve(checked(ref)))


def subscription_with_card(ref: str) -> dict[str, Any]:
    """The same with what pays it, be it its own or its customer's."""
    ways = ["default_payment_method", "customer.invoice_settings.default_payment_method"]
    with our_errors():
        return plain(client().v1.subscriptions.retrieve(checked(ref), {"expand": ways}))


def charge(ref: str) -> dict[str, Any]:
    """A charge with its balance move, once there is one."""
    with our_errors():
        return plain(
            client().v1.charges.retrieve(checked(ref), {"expand": ["balance_transaction"]})
        )


def refund(ref: str) -> dict[str, Any]:
    """A refund with what it did to the balance, there and back."""
    with our_errors():
        return plain(
            client().v1.refunds.retrieve(
                checked(ref), {"expand": ["balance_transaction", "failure_balance_transaction"]}
            )
        )


def refunds_of(charge_ref: str) -> list[dict[str, Any]]:
    """Every refund of a charge."""
    with our_errors():
        listed = client().v1.refunds.list(
            {
                "charge": checked(charge_ref),
                "limit": 100,
                "expand": ["data.balance_transaction", "data.failure_balance_transaction"],
            }
        )
        return [plain(one) for one in listed.auto_paging_iter()]


def refunds_of_payment(ref: str) -> list[dict[str, Any]]:
    """Every refund of a payment, as listed."""
    with our_errors():
        listed = client().v1.refunds.list({"payment_intent": checked(ref), "limit": 100})
        return [plain(one) for one in listed.auto_paging_iter()]


def dispute(ref: str) -> dict[str, Any]:
    """A dispute with its balance moves."""
    with our_errors():
        return plain(client().v1.disputes.retrieve(checked(ref)))


def payout(ref: str) -> dict[str, Any]:
    """A payout with what it did to the balance."""
    with our_errors():
        return plain(
            client().v1.payouts.retrieve(checked(ref), {"expand": ["balance_transaction"]})
        )


def moves_in(payout_ref: str) -> list[dict[str, Any]]:
    """The balance moves that an automatic payout took along, with what made each."""
    with our_errors():
        listed = client().v1.balance_transactions.list(
            {"payout": checked(payout_ref), "limit": 100, "expand": ["data.source"]}
        )
        return [plain(one) for one in listed.auto_paging_iter()]
