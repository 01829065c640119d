"""The buttons: compare again, and fetch what is missing first."""

from datetime import date, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from donations.history.operations import keep_change
from donations.reconciliation import comparing
from donations.reconciliation.models import Comparison
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.hints import compare_soon
from donations.web.staff.access import allowed, colleague

USUAL = timedelta(days=7)


@allowed(Right.MONEY)
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Have some days compared by a worker; with `fetch` what never arrived is recorded first."""
    today = timezone.localdate()
    first = day_of(request, "first", today - USUAL)
    last = day_of(request, "last", today)
    if first is None or last is None or first > last or first > today:
        messages.error(request, _("Choose a first day, and a last day that is not before it."))
        return redirect("staff_reconciliation")
    ask(first=first, last=last, fetches="fetch" in request.POST, by=colleague(request))
    transaction.on_commit(compare_soon)
    messages.success(request, _("A worker is at it. This page looks again by itself."))
    return redirect("staff_reconciliation")


@transaction.atomic
def ask(*, first: date, last: date, fetches: bool, by: User) -> Comparison:
    """What is asked for, and in the history who asked."""
    now = timezone.now()
    asked = comparing.ask(first=first, last=last, fetches=fetches, by=by, at=now)
    if asked.asked_at == now:
        days = f"{asked.first_day} – {asked.last_day}"
        what = "provider.fetched" if fetches else "provider.compared"
        keep_change(what=what, by=by, about=asked, name=days, at=now)
    return asked


def day_of(request: HttpRequest, name: str, otherwise: date) -> date | None:
    """A day of the form; None for what is no day."""
    text = request.POST.get(name, "")
    try:
        return parse_date(text) if text else otherwise
    except ValueError:
        return None
