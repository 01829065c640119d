"""The first page: what they give, what they gave lately, and what they can do about it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.giving import belongings, queries
from donations.giving.models import Subscription
from donations.money import Money
from donations.supporters.links import choices_url
from donations.supporters.models import Supporter, User
from donations.supporters.queries import supporter_of
from donations.web.account.access import opened, to_the_door
from donations.web.account.frame import frame
from donations.web.account.gifts import shown
from donations.web.account.steps import steps_of
from donations.web.lately import lately

LATELY = 5
OVER, PAUSED = Subscription.Status.CANCELED, Subscription.Status.PAUSED


@dataclass(frozen=True)
class Agreement:
    """A subscription as its supporter sees it; `stop_url` is where only they can end it."""

    subscription: Subscription
    stop_url: str

    @property
    def money(self) -> Money:
        """What is taken each time."""
        return self.subscription.money

    @property
    def interval(self) -> str:
        """How often."""
        return self.subscription.interval

    @property
    def is_over(self) -> bool:
        """Nothing of it is left."""
        return self.subscription.status == OVER

    @property
    def may_stop(self) -> bool:
        """There is something to stop, and we can."""
        return not self.stop_url and not self.subscription.is_stopping

    @property
    def steps(self) -> tuple[str, ...]:
        """What else can be done."""
        return steps_of(self.subscription)

    @property
    def again(self) -> str:
        """The query of the support page with the same choice."""
        known = self.subscription
        wish = {"amount": known.money.decimal, "currency": known.currency}
        return urlencode({**wish, "interval": known.interval})

    @property
    def state(self) -> tuple[Promise, datetime | None]:
        """In plain words, with the day that they are about."""
        known = self.subscription
        if self.is_over:
            return _("Ended on %(day)s."), known.ended_at or known.observed_at
        if known.cancel_at is not None:
            return _("Stopped. Nothing more will be taken. It ends on %(day)s."), known.cancel_at
        if known.next_payment_at is not None:
            return _("The next payment is on %(day)s."), known.next_payment_at
        if known.status == PAUSED and known.resumes_at is not None:
            return _("Paused. Nothing is taken until %(day)s."), known.resumes_at
        return STATES[known.status], None


STATES: dict[str, Promise] = {
    Subscription.Status.ACTIVE: _("It runs."),
    Subscription.Status.INCOMPLETE: _("The first payment has not arrived yet."),
    Subscription.Status.PAST_DUE: _(
        "The last payment did not go through. We have written to you how to mend it."
    ),
    Subscription.Status.PAUSED: _("Paused. Nothing is taken meanwhile."),
}


@opened
@require_safe
def page(request: HttpRequest, language: str) -> HttpResponseBase:
    """Who is not signed in is asked for a code; who has given nothing is told so."""
    if not isinstance(request.user, User):
        return to_the_door(request, language)
    supporter = supporter_of(request.user)
    context = {
        **frame(language),
        "supporter": supporter,
        **(things_of(supporter, language) if supporter else {}),
    }
    return render(request, "account/page.html", context)


def things_of(supporter: Supporter, language: str) -> dict[str, object]:
    """What is belongings."""
    agreements = [
        Agreement(each, queries.stop_url(each)) for each in belongings.agreements_of(supporter)
    ]
    gifts = belongings.newest_gifts(supporter, limit=LATELY)
    return {
        "agreements": [each for each in agreements if not each.is_over],
        "over": [each for each in agreements if each.is_over],
        "gifts": shown(gifts.rows),
        "has_more": gifts.earlier_than is not None,
        "years": belongings.years_of(supporter),
        "lately": lately(language),
        "choices_url": choices_url(supporter, language),
    }
