"""What a colleague may change about an agreement."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from donations.giving.models import Interval, Subscription
from donations.giving.operations.changing import MOST_MONTHS
from donations.money import Money, as_typed, parse_amount
from donations.web.staff.supporters.forms import LONGEST_REASON
from donations.web.staff.tokens import OnceForm, Words

RHYTHMS = (
    (Interval.MONTH.value, gettext_lazy("every month")),
    (Interval.YEAR.value, gettext_lazy("every year")),
)


class StepForm(OnceForm):
    """One thing to do with it, and why."""

    why = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Kept in the history, for colleagues only."),
        max_length=LONGEST_REASON,
        required=False,
    )

    def __init__(self, data: Any = None, *, subscription: Subscription, step: str) -> None:
        super().__init__(data, auto_id=f"{step}_%s")
        self.subscription = subscription
        self.action = reverse(f"staff_agreement_{step}", args=[subscription.pk])
        last = ("why", "sure")
        self.order_fields([*(name for name in self.fields if name not in last), *last])


class ChangeForm(StepForm):
    """Another amount or rhythm."""

    amount = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    interval = forms.ChoiceField(label=gettext_lazy("How often"), choices=RHYTHMS)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        money = self.subscription.money
        self.fields["amount"].label = _("How much, in %(currency)s") % {"currency": money.currency}
        self.fields["amount"].initial = as_typed(money, get_language() or "en")
        self.fields["interval"].initial = self.subscription.interval

    def clean_amount(self) -> Money:
        """In the agreement's own currency."""
        return parse_amount(self.cleaned_data["amount"], self.subscription.currency)


def lengths() -> list[tuple[int, str]]:
    """One month to twelve."""
    return [
        (number, ngettext("%(count)d month", "%(count)d months", number) % {"count": number})
        for number in range(1, MOST_MONTHS + 1)
    ]


class PauseForm(StepForm):
    """For how long nothing is taken."""

    months = forms.TypedChoiceField(label=gettext_lazy("For how long"), choices=lengths, coerce=int)


class ResumeForm(StepForm):
    """Going on."""


class CancelForm(StepForm):
    """When it ends."""

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        widget=forms.RadioSelect,
        initial="period",
        choices=(
            ("period", gettext_lazy("When the period ends that is paid for")),
            ("now", pgettext_lazy("end an agreement", "Now")),
        ),
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, this agreement is to end."))


FORMS: Mapping[str, type[StepForm]] = {
    "change": ChangeForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "cancel": CancelForm,
}
