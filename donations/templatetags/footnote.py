"""Amounts, addresses and errors as pages show them."""

from datetime import datetime

from babel.numbers import get_decimal_symbol, get_group_symbol
from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations import money as amounts
from donations.days import format_day
from donations.gateways.paypal import me_address
from donations.money import Money
from donations.outlet import queries as outlets

register = template.Library()


def language() -> str:
    """The language being spoken."""
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def money(value: Money) -> str:
    """As the language writes it: 10 €."""
    return amounts.format_money(value, language())


@register.filter
def day(value: datetime) -> str:
    """A date as the language writes it: 1 May 2026."""
    return format_day(localtime(value), language())


@register.filter
def money_pattern(currency: str) -> str:
    """The same with {} for the figures, so that a script writes what the server would."""
    one = Money(10 ** amounts.exponent(currency), currency)
    return amounts.format_money(one, language()).replace("1", "{}")


@register.filter
def exponent(currency: str) -> int:
    """How many decimals the currency has."""
    return amounts.exponent(currency)


@register.filter
def currency_label(currency: str) -> str:
    """An option of the currency field: € EUR."""
    sign = amounts.symbol(currency, language())
    return currency if sign == currency else f"{sign} {currency}"


@register.simple_tag
def group_symbol() -> str:
    """What stands between thousands."""
    return get_group_symbol(language())


@register.simple_tag
def decimal_symbol() -> str:
    """What stands before decimals."""
    return get_decimal_symbol(language())


@register.simple_tag
def is_practice() -> bool:
    """Whether payments are played by a stand-in."""
    return settings.STRIPE_IS_STANDIN or settings.PAYPAL_IS_STANDIN


@register.filter
def shy(email: str) -> SafeString:
    """An address that people and screen readers can read and collectors of addresses do not."""
    user, _at, host = email.partition("@")
    spoken = _("%(user)s at %(host)s") % {"user": user, "host": host}
    return format_html(
        '<span aria-hidden="true">{}[at]{}</span><span class="vh">{}</span>', user, host, spoken
    )


@register.simple_tag
def paypal_me() -> str:
    """The newsroom's paypal.me address; blank without one."""
    return me_address(outlets.current())


@register.filter
def bare(address: str) -> str:
    """An address as people say it: without https://."""
    return address.partition("://")[2]


@register.inclusion_tag("give/error.html")
def error_of(field: BoundField) -> dict[str, object]:
    """What is wrong with a field, beside it."""
    return {"name": field.name, "errors": field.errors}


@register.simple_tag
def described(field: BoundField, hint: str = "") -> SafeString:
    """Ties a group or a field to its hint and its error."""
    error = f"error-{field.name}" if field.errors else ""
    by = " ".join(filter(None, (hint, error)))
    return format_html('aria-describedby="{}"', by) if by else SafeString("")


@register.simple_tag
def invalid(field: BoundField, hint: str = "") -> SafeString:
    """The same for a field that takes text, which also says whether it is wrong."""
    wrong = "true" if field.errors else "false"
    return format_html('{} aria-invalid="{}"', described(field, hint), wrong)
