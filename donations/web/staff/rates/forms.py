"""What a colleague types about a rate."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from donations.days import DayField
from donations.insights import queries as insights
from donations.outlet import queries as outlets
from donations.rates.figures import parse_rate
from donations.recounts.operations import day_of
from donations.web.forms import TextField

LONGEST_SOURCE = 100


def currencies() -> list[tuple[str, str]]:
    """Those that the newsroom takes, and those in which money came."""
    outlet = outlets.current()
    taken = (outlet.first_currency, *outlet.card_currencies, *outlet.paypal_currencies)
    return [(code, code) for code in dict.fromkeys((*taken, *insights.currencies()))]


class RateForm(forms.Form):
    """One of a currency is worth so much of another, on a day, says somebody."""

    currency = forms.ChoiceField(label=gettext_lazy("One unit of"), choices=currencies)
    rate = forms.CharField(
        label=gettext_lazy("is worth"),
        help_text=gettext_lazy("For example 0.92, with at most eight decimals."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    worth_in = forms.ChoiceField(label=gettext_lazy("in this currency"), choices=currencies)
    on = DayField(
        label=gettext_lazy("On which day"),
        help_text=gettext_lazy("It holds from that day until a newer one."),
    )
    source = TextField(max_length=LONGEST_SOURCE)

    def __init__(self, data: Any = None, *, asked: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial=prefilled(asked or {}))
        self.fields["on"].widget.attrs["max"] = day_of(timezone.now()).isoformat()
        source = self.fields["source"]
        source.label = pgettext_lazy("exchange rate", "Source")
        source.help_text = gettext_lazy("Whose rate it is, for example ECB or BNM.")
        source.required = source.widget.is_required = True

    def clean_rate(self) -> Decimal:
        """Above zero, with as many decimals as are kept."""
        return parse_rate(self.cleaned_data["rate"])

    def clean_on(self) -> date:
        """Not before it came."""
        day: date = self.cleaned_data["on"]
        if day > day_of(timezone.now()):
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Of two currencies."""
        told = self.cleaned_data
        if told.get("currency") and told.get("currency") == told.get("worth_in"):
            self.add_error("worth_in", _("Choose another currency than the first."))
        return told


def prefilled(asked: Mapping[str, str]) -> dict[str, Any]:
    """What the address asks for, else the newsroom's first two currencies and today."""
    first, *others = [code for code, _name in currencies()]
    try:
        on = date.fromisoformat(asked.get("on", ""))
    except ValueError:
        on = day_of(timezone.now())
    currency = asked.get("currency") or next(iter(others), "")
    return {"currency": currency, "worth_in": asked.get("worth_in") or first, "on": on}
