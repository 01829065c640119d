"""What a supporter may change about an agreement of theirs, as forms."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from donations.giving.models import Interval, Subscription
from donations.giving.operations.changing import MOST_MONTHS
from donations.money import MAX_MINOR, Money, as_typed, format_money, parse_amount
from donations.outlet import queries as outlets
from donations.web.once import OnceForm

RHYTHMS = (
    (Interval.MONTH.value, gettext_lazy("every month")),
    (Interval.YEAR.value, gettext_lazy("every year")),
)


class DeedForm(OnceForm):
    """One thing to do with it."""

    def __init__(self, data: Any = None, *, subscription: Subscription) -> None:
        super().__init__(data)
        self.subscription = subscription

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen, beside the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


class ChangeForm(DeedForm):
    """Another amount or rhythm; the rhythm only while nothing stands in the way of it."""

    money = forms.CharField(
        max_length=20,
        error_messages={"required": gettext_lazy("Type an amount.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    interval = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=RHYTHMS, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = self.subscription
        self.fields["money"].label = _("New amount, in %(currency)s") % {"currency": known.currency}
        self.fields["money"].initial = as_typed(known.money, get_language() or "en")
        self.fields["interval"].initial = known.interval
        if known.status != Subscription.Status.ACTIVE or known.interval == Interval.OTHER:
            del self.fields["interval"]

    def clean_money(self) -> Money:
        """In its own currency, and within the bounds of any gift."""
        money = parse_amount(self.cleaned_data["money"], self.subscription.currency)
        least, language = outlets.current().minimum(money.currency), get_language() or "en"
        if money.minor < least.minor:
            words = _("The smallest gift is %(amount)s.")
            raise forms.ValidationError(words, params={"amount": format_money(least, language)})
        if money.minor > MAX_MINOR:
            most = format_money(Money(MAX_MINOR, money.currency), language)
            words = _("The largest gift is %(amount)s. For more, please write to us.")
            raise forms.ValidationError(words, params={"amount": most})
        return money

    @property
    def wanted(self) -> dict[str, Any]:
        """A rhythm that was not asked about stays."""
        return {"interval": self.subscription.interval, **super().wanted}


def lengths() -> list[tuple[int, str]]:
    """One month to twelve."""
    return [
        (number, ngettext("%(count)d month", "%(count)d months", number) % {"count": number})
        for number in range(1, MOST_MONTHS + 1)
    ]


class PauseForm(DeedForm):
    """For how long nothing is taken."""

    months = forms.TypedChoiceField(label=gettext_lazy("For how long"), choices=lengths, coerce=int)


class PlainForm(DeedForm):
    """Nothing to choose."""


FORMS: Mapping[str, type[DeedForm]] = {
    "change": ChangeForm,
    "pause": PauseForm,
    "resume": PlainForm,
    "keep": PlainForm,
    "card": PlainForm,
}
