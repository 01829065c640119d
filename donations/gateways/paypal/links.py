"""PayPal's links, from templates that the newsroom may replace.

Sources: PayPal, "PayPal.Me"; PayPal Payments Standard, "HTML variables". The host is fixed by the
settings and by the validator of the templates, so no input can lead anywhere else.
"""

import re
from urllib.parse import quote

from django.conf import settings

from donations.gateways.base import CheckoutRequest
from donations.gateways.paypal.words import CURRENCIES, LOCALES, UNITS, amount_text
from donations.money import Money
from donations.outlet.queries import OutletFacts

HANDLE = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
WEBSITE = "https://www.paypal.com"
ME = "{me}/{handle}/{amount}{currency}"
_COMMON = (
    "&business={business}&item_name={title}&currency_code={currency}&custom={custom}"
    "&charset=utf-8&lc={locale}&notify_url={notify_url}"
    "&return={return_url}&cancel_return={cancel_url}"
)
DONATE = "{website}/cgi-bin/webscr?cmd=_donations&amount={amount}&no_shipping=1" + _COMMON
SUBSCRIBE = (
    "{website}/cgi-bin/webscr?cmd=_xclick-subscriptions&a3={amount}&p3=1&t3={unit}&src=1&sra=1"
    "&no_note=1&no_shipping=1" + _COMMON
)
# PayPal, "HTML variables": the longest title and address that it takes.
LONGEST_TITLE, LONGEST_ADDRESS = 127, 1024
TRANSACTION = "{website}/activity/payment/{transaction}"
STOP = "{website}/cgi-bin/webscr?cmd=_subscr-find&alias={business}"


def takes(outlet: OutletFacts, *, interval: str) -> tuple[str, ...]:
    """The currencies in which PayPal can be given to at this rhythm."""
    if not template_for(outlet, interval):
        return ()
    return tuple(code for code in outlet.paypal_currencies if code in CURRENCIES)


def template_for(outlet: OutletFacts, interval: str) -> str:
    """The newsroom's own template, else the one that carries most; blank when there is no way."""
    if own := outlet.paypal_links.get(interval):
        return own
    if business_of(outlet):
        return DONATE if interval == "once" else SUBSCRIBE
    return me_template(outlet) if interval == "once" else ""


def me_template(outlet: OutletFacts) -> str:
    """For the paypal.me address; blank without a handle."""
    usable = HANDLE.fullmatch(outlet.paypal_handle)
    return outlet.paypal_links.get("me", ME) if usable else ""


def business_of(outlet: OutletFacts) -> str:
    """Whom a link pays: the address, else the account's number."""
    return outlet.paypal_email or outlet.paypal_merchant_id


def checkout_link(outlet: OutletFacts, *, request: CheckoutRequest, notify_url: str) -> str:
    """The link of a pledge; blank when PayPal cannot take it so."""
    return fill(
        template_for(outlet, request.interval),
        outlet,
        money=request.money,
        custom=request.pledge_token,
        title=request.title[:LONGEST_TITLE],
        unit=UNITS.get(request.interval, ""),
        locale=LOCALES.get(request.language, LOCALES["en"]),
        notify_url=notify_url,
        return_url=request.return_url.replace("{CHECKOUT_SESSION_ID}", request.reference_code),
        cancel_url=short(request.cancel_url),
    )


def short(address: str) -> str:
    """An address that PayPal takes, if need be without its query."""
    return address if len(address) <= LONGEST_ADDRESS else address.partition("?")[0]


def me_link(outlet: OutletFacts, *, money: Money) -> str:
    """The paypal.me address with amount and currency; blank when PayPal cannot take it so."""
    return fill(me_template(outlet), outlet, money=money)


def me_address(outlet: OutletFacts) -> str:
    """The paypal.me address alone; blank without a handle."""
    return f"{me_base()}/{outlet.paypal_handle}" if me_template(outlet) else ""


def stop_link(outlet: OutletFacts) -> str:
    """Where a supporter ends a subscription at PayPal by themselves."""
    return STOP.format(website=settings.PAYPAL_WEBSITE_URL, business=quoted(business_of(outlet)))


def transaction_link(ref: str) -> str:
    """Where the newsroom sees one of its payments, and can give it back."""
    return TRANSACTION.format(website=settings.PAYPAL_WEBSITE_URL, transaction=quoted(ref))


def fill(template: str, outlet: OutletFacts, *, money: Money, **values: str) -> str:
    """A template with everything in it quoted; blank when PayPal does not take the amount."""
    amount = amount_text(money)
    if not template or not amount or money.currency not in CURRENCIES:
        return ""
    if template.startswith("{me}"):
        amount = amount.removesuffix(".00")
    known = {
        "business": business_of(outlet),
        "handle": outlet.paypal_handle,
        "amount": amount,
        "currency": money.currency,
        **dict.fromkeys(("custom", "title", "unit", "locale"), ""),
        **dict.fromkeys(("notify_url", "return_url", "cancel_url"), ""),
        **values,
    }
    parts = {name: quoted(value) for name, value in known.items()}
    return template.format(website=settings.PAYPAL_WEBSITE_URL, me=me_base(), **parts)


def quoted(value: str) -> str:
    """As a part of a query or a path."""
    return quote(value, safe="")


def me_base() -> str:
    """paypal.me itself, or the same page under another PayPal website (sandbox, stand-in)."""
    if settings.PAYPAL_WEBSITE_URL == WEBSITE:
        return "https://paypal.me"
    return f"{settings.PAYPAL_WEBSITE_URL}/paypalme"
