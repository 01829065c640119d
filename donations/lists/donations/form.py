"""What the list of donations can be asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.articles.models import Article
from donations.days import DayField
from donations.lists.asking import ListForm, currencies
from donations.lists.words import GATEWAYS, GIFTS, STATES
from donations.money import Money


class DonationForm(ListForm):
    """What the list of donations can be asked."""

    currency = forms.ChoiceField(required=False, label=gettext_lazy("Currency"))
    least = forms.CharField(required=False, max_length=20, label=gettext_lazy("At least"))
    most = forms.CharField(required=False, max_length=20, label=gettext_lazy("At most"))
    method = forms.ChoiceField(required=False, label=gettext_lazy("Method"))
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Kind"))
    since = DayField(required=False, label=gettext_lazy("On or after"))
    until = DayField(required=False, label=gettext_lazy("On or before"))
    article = forms.CharField(
        required=False, max_length=500, label=gettext_lazy("Article, by its address")
    )
    campaign = forms.CharField(required=False, max_length=100, label=gettext_lazy("Campaign"))
    state = forms.ChoiceField(required=False, label=gettext_lazy("What became of it"))
    nobody = forms.BooleanField(required=False, label=gettext_lazy("Nobody's yet"))
    no_fee = forms.BooleanField(required=False, label=gettext_lazy("Fee not known"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "currency": currencies(),
            "method": GATEWAYS.items(),
            "kind": GIFTS.items(),
            "state": STATES.items(),
        }
        for name, each in choices.items():
            self.fields[name].choices = [("", "—"), *each]  # type: ignore[attr-defined]

    def clean_least(self) -> Money | None:
        """In the currency that stands before it."""
        return self.money("least")

    def clean_most(self) -> Money | None:
        """Likewise."""
        return self.money("most")

    def clean_article(self) -> Article | None:
        """One that we know, by its address or its number."""
        typed = self.cleaned_data["article"].replace("\x00", "").strip()
        if not typed:
            return None
        by = Q(url=typed)
        if typed.isascii() and typed.isdigit() and len(typed) < 19:
            by |= Q(pk=int(typed))
        if (found := Article.objects.filter(by).first()) is None:
            raise ValidationError(_("No gift has come from this address yet."))
        return found

    def clean_campaign(self) -> str:
        """Without what no database can keep."""
        return str(self.cleaned_data["campaign"]).replace("\x00", "").strip()
