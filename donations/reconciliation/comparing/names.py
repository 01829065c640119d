"""Under which names the books know a move: the one place that follows `bookkeeping` backwards."""

from collections.abc import Iterable, Mapping

from donations.gateways.events import Move
from donations.giving.models import Donation

Payments = Mapping[str, list[str]]
# Not about gifts: the provider's own bills, reserves, money of another shop's.
BESIDE = ("fee", "other")


def payments_of(gateway: str, moves: Iterable[Move]) -> Payments:
    """How the books call the payments behind these moves; PayPal's have one name only."""
    refs = {move.payment_ref for move in moves if move.kind == "payment"}
    if gateway == "paypal":
        return {ref: [ref] for ref in refs}
    found: dict[str, list[str]] = {}
    donations = Donation.objects.filter(gateway=gateway, payment_ref__in=refs)
    for payment_ref, ref in donations.values_list("payment_ref", "gateway_ref"):
        found.setdefault(payment_ref, []).append(ref)
    return found


def names_of(gateway: str, move: Move, payments: Payments) -> list[str]:
    """The postings that show it, whether or not they are there."""
    return [f"{gateway}:{name}" for name in bare_names(gateway, move, payments)]


def bare_names(gateway: str, move: Move, payments: Payments) -> list[str]:
    """Without the gateway."""
    source = move.source_ref
    settled = f"{move.ref}:fee" if gateway == "paypal" else move.ref
    match move.kind:
        case "payment":
            return [*payments.get(move.payment_ref, []), settled]
        case "refund":
            return [source if gateway == "stripe" else move.ref, settled]
        case "refund_failure":
            return [f"{source}:failed", settled]
        case "dispute":
            return [move.ref]
        case "payout":
            return [source, f"{source}:fee"]
        case "payout_failure":
            return [f"{source}:failed"]
        case "exchange":
            return [f"{source}:exchange"]
        case "fee" | "other":
            return []
