"""What a colleague types about money."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from donations.care.cash import Received
from donations.codes import new_code
from donations.days import DayField
from donations.money import Money, as_typed, format_money, parse_amount
from donations.outlet import queries as outlets
from donations.supporters.models import Supporter
from donations.supporters.operations import normalise_email
from donations.web.staff.supporters.forms import LONGEST_REASON
from donations.web.staff.tokens import OnceForm, Words


class RefundForm(OnceForm):
    """How much of it, and why."""

    amount = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    why = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Kept in the history, for colleagues only."),
        max_length=LONGEST_REASON,
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, this money is to go back."))

    def __init__(self, *args: Any, left: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        language = get_language() or "en"
        amount = self.fields["amount"]
        amount.label = _("How much, in %(currency)s") % {"currency": left.currency}
        amount.help_text = _("At most %(amount)s.") % {"amount": format_money(left, language)}
        amount.initial = as_typed(left, language)

    def clean_amount(self) -> Money:
        """An amount that is still there."""
        money = parse_amount(self.cleaned_data["amount"], self.left.currency)
        if money.minor > self.left.minor:
            raise ValidationError(too_much(self.left))
        return money


def too_much(left: Money) -> str:
    """What to do instead."""
    shown = format_money(left, get_language() or "en")
    return _("That is more than is left of this gift: %(amount)s.") % {"amount": shown}


def currencies() -> list[tuple[str, str]]:
    """Those that the newsroom takes by any way."""
    outlet = outlets.current()
    codes = dict.fromkeys((*outlet.card_currencies, *outlet.paypal_currencies))
    return [(code, code) for code in codes]


class EntryForm(OnceForm):
    """Cash or a bank transfer."""

    way = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        widget=forms.RadioSelect,
        initial="bank",
        choices=(("bank", gettext_lazy("Bank transfer")), ("cash", gettext_lazy("Cash"))),
    )
    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies)
    day = DayField(label=gettext_lazy("Day on which it came"))
    ref = forms.RegexField(
        r"^[\w./#-]{1,60}$",
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy("Of the bank statement or the receipt book. Each stands here once."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Left blank, it is a gift of nobody known."),
        max_length=254,
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    note = Words(label=gettext_lazy("Note"), max_length=LONGEST_REASON, required=False)
    thanks = forms.BooleanField(
        label=gettext_lazy("Thank them by mail (only for what came within the last two days)"),
        required=False,
    )

    def __init__(self, *args: Any, supporter: Supporter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supporter = supporter
        self.fields["ref"].initial = new_code
        self.fields["day"].initial = timezone.localdate
        if supporter is not None:
            del self.fields["email"], self.fields["name"]

    def clean_day(self) -> date:
        """Not before it came."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """The amount in its currency."""
        told = self.cleaned_data
        if "amount" in told and "currency" in told:
            try:
                told["money"] = parse_amount(told["amount"], told["currency"])
            except ValidationError as error:
                self.add_error("amount", error)
        return told

    def received(self, at: datetime) -> Received:
        """What was typed. A day is kept as its noon, or as now if that is later."""
        told = self.cleaned_data
        noon = timezone.make_aware(datetime.combine(told["day"], time(12)))
        return Received(
            ref=told["ref"],
            way=told["way"],
            money=told["money"],
            received_at=min(noon, at),
            supporter=self.supporter,
            email=normalise_email(told.get("email", "")),
            name=told.get("name", ""),
            note=told["note"],
            thanks=told["thanks"],
        )
