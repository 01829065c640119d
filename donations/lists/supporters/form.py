"""What the list of supporters can be asked."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from donations.days import DayField
from donations.lists.asking import ListForm, currencies
from donations.lists.words import KINDS
from donations.money import Money


class SupporterForm(ListForm):
    """What the list of supporters can be asked."""

    kind = forms.ChoiceField(required=False, label=gettext_lazy("Support"))
    language = forms.ChoiceField(required=False, label=gettext_lazy("Language"))
    currency = forms.ChoiceField(required=False, label=gettext_lazy("Currency"))
    given = forms.CharField(
        required=False, max_length=20, label=gettext_lazy("Gave at least, in all")
    )
    last_from = DayField(required=False, label=gettext_lazy("Last gift on or after"))
    last_to = DayField(required=False, label=gettext_lazy("Last gift on or before"))
    first_from = DayField(required=False, label=gettext_lazy("First gift on or after"))
    first_to = DayField(required=False, label=gettext_lazy("First gift on or before"))
    topics = forms.BooleanField(required=False, label=gettext_lazy("Gets mail about topics"))
    login = forms.BooleanField(required=False, label=gettext_lazy("Has a login"))
    unproved = forms.BooleanField(required=False, label=gettext_lazy("Address not proved"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"kind": KINDS.items(), "language": settings.LANGUAGES, "currency": currencies()}
        for name, each in choices.items():
            self.fields[name].choices = [("", "—"), *each]  # type: ignore[attr-defined]

    def clean_given(self) -> Money | None:
        """The least, in the currency that stands before it."""
        return self.money("given")
