"""What an address may fill in beforehand; whatever is wrong with it is ignored."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from donations.outlet.queries import OutletFacts
from donations.web.amounts import read_amount
from donations.web.offers import Offer, offer_of

PASSED_ON = ("article", "utm_source", "utm_medium", "utm_campaign")


def prefill(query: Mapping[str, str], outlet: OutletFacts) -> dict[str, str]:
    """Initial values for the form."""
    offer = offer_of(outlet)
    filled = {name: query[name] for name in PASSED_ON if name in query}
    if query.get("interval") in offer.intervals:
        filled["interval"] = query["interval"]
    currency = query.get("currency", "").upper()
    if currency in offer.currencies:
        filled["currency"] = currency
    if currency in ("", *offer.currencies):
        filled["amount"] = _amount(query.get("amount", ""), currency, outlet, offer)
    return filled


def _amount(typed: str, currency: str, outlet: OutletFacts, offer: Offer) -> str:
    code = currency or next(iter(offer.currencies), "")
    if not code:
        return ""
    try:
        read_amount(typed=typed, preset="", currency=code, least=outlet.minimum(code), offer=offer)
    except ValidationError:
        return ""
    return typed.strip()
