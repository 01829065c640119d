"""What the page asks that sends a draft: when, and how late is too late."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.days import DayField
from donations.web.staff.broadcasts import words

NOW, LATER = "now", "later"
LATEST_HOURS = 72
# A day more than needed: somewhere it is yesterday still.
BEFORE, AFTER = timedelta(days=2), timedelta(days=366)


class ScheduleForm(forms.Form):
    """Now, or at a time; and how late it may still be begun."""

    when = forms.ChoiceField(
        choices=((NOW, gettext_lazy("Now")), (LATER, gettext_lazy("At a date and time"))),
        widget=forms.RadioSelect,
        initial=NOW,
        label=gettext_lazy("When"),
    )
    day = DayField(required=False, label=gettext_lazy("Date"))
    hour = forms.TimeField(
        required=False,
        label=gettext_lazy("Time"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    hours_late = forms.IntegerField(
        min_value=1,
        max_value=LATEST_HOURS,
        initial=6,
        label=gettext_lazy("May still begin so many hours late"),
        error_messages=words.NUMBER_MESSAGES,
        help_text=gettext_lazy(
            "If the service was down and it would be later than that, it waits for a person."
        ),
    )

    def __init__(self, data: Any = None, *, at: datetime) -> None:
        super().__init__(data)
        self.at = at

    def clean(self) -> dict[str, Any]:
        """A time that is to come."""
        told = super().clean() or self.cleaned_data
        told["send_at"] = self.at
        if told.get("when") == LATER:
            told["send_at"] = self.chosen(told)
        return told

    def chosen(self, told: dict[str, Any]) -> datetime | None:
        """Day and hour in the site's time zone; None with the fields saying what is wrong."""
        for name, missing in (("day", _("Choose a date.")), ("hour", _("Choose a time."))):
            if told.get(name) is None and name not in self.errors:
                self.add_error(name, missing)
        if told.get("day") is None or told.get("hour") is None:
            return None
        if not -BEFORE < told["day"] - self.at.date() < AFTER:
            self.add_error("day", self.no_such_day(told["day"]))
            return None
        naive = datetime.combine(told["day"], told["hour"])
        send_at = timezone.make_aware(naive, timezone.get_default_timezone())
        if send_at <= self.at:
            self.add_error("day", self.no_such_day(self.at.date()))
        return send_at

    def no_such_day(self, day: date) -> str:
        """Too early or too late."""
        if day > self.at.date():
            return _("That is more than a year away. Look at the year.")
        return _("This time is over. Choose one that is to come, or “Now”.")

    @property
    def max_lateness(self) -> timedelta:
        """Of a form that is valid."""
        return timedelta(hours=self.cleaned_data["hours_late"])
