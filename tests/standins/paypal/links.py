"""What a link asks for, and what PayPal would refuse about it."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

from .money import CURRENCIES, parse
from .world import own_address

_ME = re.compile(r"/paypalme/([^/]+)(?:/([^/]+))?/?")
_HANDLE = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
_ME_AMOUNT = re.compile(r"([0-9.]+)([A-Z]{3})?", re.ASCII)
_LONGEST = {"custom": 256, "invoice": 127, "notify_url": 255, "item_name": 127, "item_number": 127}
_LIMITS = {"D": 90, "W": 52, "M": 24, "Y": 5}


class LinkRefusedError(ValueError):
    """PayPal shows a page that says no."""


@dataclass(frozen=True)
class Offer:
    """A payment page, before anybody has paid on it."""

    kind: str
    business: str
    currency: str
    amount: Decimal | None
    said: dict[str, str] = field(default_factory=dict)
    notify_url: str = ""
    return_url: str = ""
    cancel_url: str = ""
    takes_note: bool = True
    is_changeable: bool = False
    # The donate page's box "make this a monthly donation".
    may_repeat: bool = False
    # Of a subscription: unit, count, how many payments (None: until stopped), tries again.
    unit: str = ""
    count: int = 0
    times: int | None = None
    reattempts: bool = False


def read(url: str, *, business: str, currency: str) -> Offer:
    """The page behind an address. `business` is whom a paypal.me handle pays.

    Raises LinkRefusedError.
    """
    parts = urlsplit(url)
    if parts.path.startswith("/paypalme"):
        return _me(parts.path, business, currency)
    query = _query(parts.query)
    try:
        if parts.path.rstrip("/") == "/donate":
            return _gift(query, may_repeat=query.get("no_recurring") == "0")
        if query.get("cmd") == "_donations":
            return _gift(query)
        if query.get("cmd") == "_xclick-subscriptions":
            return _subscription(query)
    except ValueError as error:
        raise LinkRefusedError(str(error)) from error
    raise LinkRefusedError(f"The stand-in knows no page for {url}")


def _query(text: str) -> dict[str, str]:
    charset = dict(parse_qsl(text)).get("charset", "utf-8")
    try:
        return dict(parse_qsl(text, encoding=charset))
    except LookupError as error:
        raise LinkRefusedError(f"There is no charset {charset}.") from error


def _me(path: str, business: str, currency: str) -> Offer:
    found = _ME.fullmatch(path)
    if not found or not _HANDLE.fullmatch(found[1]):
        raise LinkRefusedError("We cannot find this paypal.me profile.")
    amount = None
    if found[2] is not None:
        money = _ME_AMOUNT.fullmatch(found[2])
        if not money:
            raise LinkRefusedError(f"{found[2]} is not an amount such as 25EUR.")
        currency = money[2] or currency
        try:
            amount = parse(money[1], currency)
        except ValueError as error:
            raise LinkRefusedError(str(error)) from error
    return Offer("send_money", business, currency, amount, is_changeable=True)


def _gift(query: dict[str, str], *, may_repeat: bool = False) -> Offer:
    currency = _currency(query)
    amount = parse(query["amount"], currency) if query.get("amount") else None
    offer = Offer(
        "web_accept",
        _business(query),
        currency,
        amount,
        is_changeable=amount is None,
        may_repeat=may_repeat,
    )
    return _with_the_rest(offer, query)


def _subscription(query: dict[str, str]) -> Offer:
    if any(name in query for name in ("a1", "a2")):
        raise LinkRefusedError("The stand-in does not play trial periods.")
    unit, count, currency = query.get("t3", ""), query.get("p3", ""), _currency(query)
    if unit not in _LIMITS or not count.isdigit() or not 1 <= int(count) <= _LIMITS[unit]:
        raise LinkRefusedError(f"{count} {unit} is no period that PayPal knows.")
    times: int | None = None if query.get("src") == "1" else 1
    if "srt" in query:
        if not query["srt"].isdigit() or not 2 <= int(query["srt"]) <= 52:
            raise LinkRefusedError("srt goes from 2 to 52.")
        times = int(query["srt"])
    offer = Offer(
        "subscr_payment",
        _business(query),
        currency,
        parse(query.get("a3", ""), currency),
        unit=unit,
        count=int(count),
        times=times,
        reattempts=query.get("sra") == "1",
    )
    return _with_the_rest(offer, query)


def _business(query: dict[str, str]) -> str:
    business = query.get("business", "")
    if "@" not in business and not re.fullmatch(r"[A-Z0-9]{13}", business):
        raise LinkRefusedError("The link does not say whom to pay: business is missing or wrong.")
    return business


def _currency(query: dict[str, str]) -> str:
    currency = query.get("currency_code", "USD")
    if currency not in CURRENCIES:
        raise LinkRefusedError(f"PayPal does not support the currency {currency}.")
    return currency


def _with_the_rest(offer: Offer, query: dict[str, str]) -> Offer:
    """What links of all kinds may carry."""
    for name, longest in _LONGEST.items():
        if len(query.get(name, "")) > longest:
            raise LinkRefusedError(f"{name} is longer than {longest} characters.")
    names = ("item_name", "item_number", "custom", "invoice")
    return replace(
        offer,
        said={name: query[name] for name in names if name in query},
        notify_url=own_address(query.get("notify_url", "")),
        return_url=query.get("return", ""),
        cancel_url=query.get("cancel_return", ""),
        takes_note=query.get("no_note") != "1",
    )
