"""What only a person can tell about an activity file: one field for each question."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.gateways.paypal.activity import Answers, Survey, example
from donations.web.staff.readings import day_choices, decimal_choices

COLUMN_WORDS = {
    "date": _("the day"),
    "currency": _("the currency, as three letters"),
    "gross": _("the amount before the fee"),
    "txn_id": _("PayPal's own number of the transaction"),
    "type": _("what kind of transaction it is"),
    "status": _("whether it is completed"),
    "time": _("the time of day"),
    "zone": _("the time zone"),
    "name": _("the payer's name"),
    "from_email": _("the payer's e-mail address"),
    "fee": _("PayPal's fee"),
    "reference": _("the transaction or the agreement that it belongs to"),
    "custom": _("what our own links carry"),
    "note": _("what the payer wrote"),
}
KIND_WORDS = {
    "payment": _("a gift, or another payment to us"),
    "subscription_payment": _("an instalment of a subscription"),
    "refund": _("a refund that we gave"),
    "reversal": _("a payment that was taken back"),
    "chargeback": _("a chargeback by the payer's bank"),
    "chargeback_reversal": _("a chargeback that was decided for us"),
    "chargeback_fee": _("a fee for a chargeback"),
    "fee_reversal": _("a fee that came back"),
    "adjustment": _("a correction by PayPal"),
    "conversion": _("a conversion between currencies"),
    "hold": _("a hold, or its release"),
    "authorization": _("an authorization, without money"),
    "withdrawal": _("a withdrawal to the bank"),
    "deposit": _("a deposit from the bank"),
    "account_fee": _("a fee of the account itself"),
    "paperwork": _("an invoice or a request, without money"),
    "ignore": _("something else: leave it out"),
}
STATUS_WORDS = {
    "completed": _("completed: the money moved"),
    "pending": _("not completed yet"),
    "other": _("it did not happen: failed, denied, canceled"),
}
NONE = "-"


class AnswersForm(forms.Form):
    """The questions of one survey. Their names: column-…, kind-N, status-N, day_first, decimal."""

    def __init__(self, *args: Any, survey: Survey, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.answers = survey, answers
        for ours in (*survey.missing, *survey.wanting):
            self.ask(
                f"column-{ours}", example(ours), self.columns(ours), hint=COLUMN_WORDS.get(ours, "")
            )
        for number, word in enumerate(survey.unknown_kinds):
            self.ask(f"kind-{number}", word, list(KIND_WORDS.items()))
        for number, word in enumerate(survey.unknown_statuses):
            self.ask(f"status-{number}", word, list(STATUS_WORDS.items()))
        if survey.dates_are_ambiguous:
            self.ask("day_first", _("The dates"), day_choices(survey), widget=forms.RadioSelect)
        if survey.numbers_are_ambiguous:
            self.ask("decimal", _("The amounts"), decimal_choices(survey), widget=forms.RadioSelect)

    def ask(
        self, name: str, label: Any, choices: Any, *, widget: Any = forms.Select, hint: Any = ""
    ) -> None:
        """A question with nothing chosen beforehand."""
        unanswered = [("", "…")] if widget is forms.Select else []
        self.fields[name] = forms.ChoiceField(
            label=label,
            help_text=hint,
            choices=[*unanswered, *choices],
            widget=widget,
            error_messages={"required": _("Please choose.")},
        )

    def columns(self, ours: str) -> list[tuple[str, Any]]:
        """Every column of the file with what stands in it; some may be none of them."""
        named = [(name, self.shown(name)) for name in self.survey.header if name]
        may_lack = ours == "status" or ours in self.survey.wanting
        return [*named, (NONE, _("the file has no such column"))] if may_lack else named

    def shown(self, name: str) -> str:
        """A column with the first example that it has."""
        place = self.survey.header.index(name)
        cells = (row[place].strip() for row in self.survey.examples if place < len(row))
        found = next(filter(None, cells), "")
        return f"{name} · {found}" if found else name

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields by what they ask about, in the order of the page."""
        for kind in ("column", "kind", "status", "day_first", "decimal"):
            if fields := [self[name] for name in self.fields if name.split("-")[0] == kind]:
                yield kind, fields

    @property
    def is_remembered(self) -> bool:
        """Whether it asks for more than formats, which each file has its own."""
        survey = self.survey
        return bool(survey.missing or survey.unknown_kinds or survey.unknown_statuses)

    def told(self) -> Answers:
        """What was answered now, over what was answered before."""
        said, before = self.cleaned_data, self.answers
        asked = (*self.survey.missing, *self.survey.wanting)
        columns = {ours: said[f"column-{ours}"] for ours in asked}
        kinds = {w: said[f"kind-{n}"] for n, w in enumerate(self.survey.unknown_kinds)}
        statuses = {w: said[f"status-{n}"] for n, w in enumerate(self.survey.unknown_statuses)}
        is_told = "day_first" in said
        return Answers(
            columns=before.columns | {k: "" if v == NONE else v for k, v in columns.items()},
            kinds=before.kinds | kinds,
            statuses=before.statuses | statuses,
            day_first=said["day_first"] == "day" if is_told else before.day_first,
            decimal=said.get("decimal", before.decimal),
        )
