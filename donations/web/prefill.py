"""What an address may fill in beforehand; whatever is wrong with it is ignored."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from donations.outlet.queries import OutletFacts
from donations.web.amounts import read_amount
from donations.web.offers import Offer
from donations.web.referer import article_of

PASSED_ON = ("article", "title", "utm_source", "utm_medium", "utm_campaign")


def arrival(request: HttpRequest, *, offer: Offer, outlet: OutletFacts) -> dict[str, str]:
    """Initial values for a reader's form; the article is the page they came from, if none is named.

    A link without a script cannot name it, but lets the browser tell (`referrerpolicy`).
    """
    filled = prefill(request.GET, offer=offer, outlet=outlet)
    if not filled.get("article") and (came_from := article_of(request)):
        filled["article"] = came_from
    return filled


def prefill(query: Mapping[str, str], *, offer: Offer, outlet: OutletFacts) -> dict[str, str]:
    """Initial values that a query names."""
    filled = {name: query[name] for name in PASSED_ON if name in query}
    if query.get("interval") in offer.intervals:
        filled["interval"] = query["interval"]
    currency = query.get("currency", "").upper()
    if currency in offer.currencies:
        filled["currency"] = currency
    if currency in ("", *offer.currencies):
        interval = filled.get("interval", next(iter(offer.intervals), ""))
        filled |= _amount(query.get("amount", ""), currency, interval, outlet, offer)
    return filled


def _amount(
    typed: str, currency: str, interval: str, outlet: OutletFacts, offer: Offer
) -> dict[str, str]:
    """The button with that amount, where there is one; else the field."""
    code = currency or next(iter(offer.currencies), "")
    if not code or not typed.strip():
        return {}
    try:
        money = read_amount(
            typed=typed, preset="", currency=code, least=outlet.minimum(code), offer=offer
        )
    except ValidationError:
        return {}
    for preset in offer.presets[code]:
        if preset.money == money and interval in preset.intervals:
            return {"preset": preset.value}
    return {"amount": typed.strip()}
