"""Which amount a reader means: what is typed wins over what is picked."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.money import MAX_MINOR, Money, format_money, parse_amount
from donations.web.offers import Offer


def read_amount(*, typed: str, preset: str, currency: str, least: Money, offer: Offer) -> Money:
    """The amount in the chosen currency; never one that the reader does not see."""
    if not typed.strip():
        return _picked(preset, currency, offer)
    money = parse_amount(typed, currency)
    language = get_language() or "en"
    if money.minor < least.minor:
        raise ValidationError(
            _("The smallest gift is %(amount)s."),
            code="small",
            params={"amount": format_money(least, language)},
        )
    if money.minor > MAX_MINOR:
        raise ValidationError(
            _("The largest gift is %(amount)s. For more, please write to us."),
            code="large",
            params={"amount": format_money(Money(MAX_MINOR, currency), language)},
        )
    return money


def _picked(preset: str, currency: str, offer: Offer) -> Money:
    """A button's amount, when it is one of ours and in the chosen currency."""
    if preset not in offer.values:
        raise ValidationError(_("Choose an amount, or type one."), code="blank")
    code, minor = preset.split(":")
    if code != currency:
        raise ValidationError(
            _("Choose the amount again: the currency has changed."), code="currency"
        )
    return Money(int(minor), code)
