"""What the address bar asks for, and what it gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from donations.insights import queries
from donations.outlet.queries import current
from donations.web.staff.overview import periods
from donations.web.staff.overview.periods import NoPeriod, Period, month_of
from donations.web.staff.overview.voice import Voice


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A chip: where it leads, and whether we are there."""

    query: str
    name: str
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A currency and a period; `notes` say what of the address could not be read."""

    currency: str
    currencies: Sequence[str]
    period: Period
    today: date
    notes: Sequence[str]

    @property
    def voice(self) -> Voice:
        """Who asks, in which language."""
        return Voice(language=get_language() or settings.LANGUAGE_CODE, currency=self.currency)

    @property
    def query(self) -> str:
        """As it may be sent to a colleague."""
        return f"currency={self.currency}&{self.period.query}"

    @property
    def by_currency(self) -> list[Choice]:
        """The same days in every currency that there is."""
        return [
            Choice(
                query=f"currency={code}&{self.period.query}",
                name=code,
                is_here=code == self.currency,
            )
            for code in self.currencies
        ]

    @property
    def by_period(self) -> list[Choice]:
        """What is asked for most."""
        this = month_of(self.today)
        months = [periods.month(this, today=self.today)]
        months.append(periods.month(month_of(this - timedelta(days=1)), today=self.today))
        spans = [
            (_("This year"), self.today.replace(month=1, day=1)),
            (_("12 months"), periods.shifted(self.today, -11)),
        ]
        named = [(self.voice.month(each.first), each) for each in months]
        named += [
            (name, periods.days(first, self.today, today=self.today)) for name, first in spans
        ]
        return [self.choice(name, period) for name, period in named]

    @property
    def earlier(self) -> Choice:
        """One step back."""
        return self.choice(self.voice.period(self.period.before), whole(self.period.before))

    @property
    def later(self) -> Choice | None:
        """One step on; None at the present."""
        following = self.period.end + timedelta(days=1)
        if not self.period.is_month or following > self.today:
            return None
        period = periods.month(following, today=self.today)
        return self.choice(self.voice.month(period.first), period)

    def choice(self, name: str, period: Period) -> Choice:
        """A chip in the currency of this look."""
        return Choice(
            query=f"currency={self.currency}&{period.query}",
            name=name,
            is_here=period == self.period,
        )


def whole(period: Period) -> Period:
    """All of a month that is compared only up to a day."""
    if not period.is_month:
        return period
    return Period(first=period.first, last=period.end, end=period.end, is_month=True)


def asked(request: HttpRequest) -> Asked:
    """What the address says; what it says wrong is replaced, and said."""
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    notes = []
    try:
        period = periods.read(request.GET.dict(), today=today)
    except NoPeriod:
        period = periods.month(month_of(today), today=today)
        notes.append(_("These days cannot be shown, so here is this month."))
    currencies = queries.currencies() or [current().first_currency]
    currency = request.GET.get("currency", "").upper() or currencies[0]
    if currency not in currencies:
        currency = currencies[0]
        notes.append(
            _("Nothing was given in that currency, so here is %(currency)s.")
            % {"currency": currency}
        )
    return Asked(currency=currency, currencies=currencies, period=period, today=today, notes=notes)
