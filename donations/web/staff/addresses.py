"""Addresses that are left alone: why, since when, and back again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from donations.history.operations import keep_change
from donations.outbox.models import Suppression
from donations.outbox.queries import left_alone
from donations.outbox.suppressing import lift, suppress
from donations.supporters.models import User
from donations.team.rights import Right
from donations.web.staff.access import allowed, colleague
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show

PER_PAGE, LONGEST = 50, 100
Reason = Suppression.Reason
REASONS: Mapping[str, Promise] = {
    Reason.BOUNCED: gettext_lazy("No mail arrives there"),
    Reason.COMPLAINED: gettext_lazy("Reported our mail as spam"),
    Reason.ASKED: gettext_lazy("Asked us not to write"),
}
EFFECTS: Mapping[str, Promise] = {
    Reason.BOUNCED: gettext_lazy("Gets nothing at all, not even receipts."),
    Reason.COMPLAINED: gettext_lazy("Gets receipts, and no news about topics."),
    Reason.ASKED: gettext_lazy("Gets receipts, and no news about topics."),
}
# Any other source is the name of a mail provider.
SOURCES: Mapping[str, Promise] = {
    "smtp": gettext_lazy("The receiving server said so when we sent"),
    "mailbox": gettext_lazy("A mail that came back"),
    "staff": gettext_lazy("Somebody of us"),
}


@dataclass(frozen=True)
class Listed:
    """A row, in words."""

    row: Suppression

    @property
    def reason(self) -> Promise:
        """Why nothing is sent there."""
        return REASONS[self.row.reason]

    @property
    def effect(self) -> Promise:
        """What that means."""
        return EFFECTS[self.row.reason]

    @property
    def source(self) -> Promise | str:
        """Who says so."""
        return SOURCES.get(self.row.source, self.row.source.capitalize())


class AddressForm(forms.Form):
    """An address to leave alone, because its owner said so."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


@allowed(Right.PEOPLE)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those that are left alone, newest first; found by a part of the address."""
    return listed(request, AddressForm())


def listed(request: HttpRequest, form: AddressForm, status: int = 200) -> HttpResponse:
    """The page, with what was typed."""
    sought = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    reason = request.GET.get("why", "")
    rows = left_alone(part=sought, reason=reason if reason in REASONS else "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [Listed(each) for each in page],
        "sought": sought,
        "reason": reason,
        "reasons": REASONS,
        "form": form,
    }
    return show(request, "staff/addresses.html", context, status)


@allowed(Right.PEOPLE)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and the question whether to write there again."""
    row = get_object_or_404(Suppression, pk=pk)
    return show(request, "staff/address.html", {"listed": Listed(row)})


@allowed(Right.HELP)
@require_POST
def write_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it alone no longer."""
    suppression = get_object_or_404(Suppression, pk=pk)
    with kept(request, "address.written_again", suppression, "reason", "source", at=timezone.now()):
        lift(suppression=suppression)
    messages.success(
        request, _("From now on, mail goes to %(email)s again.") % {"email": suppression.email}
    )
    return redirect("staff_addresses")


@allowed(Right.HELP)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Somebody told us by telephone or in a letter."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return listed(request, form, status=422)
    row = left_alone_from_now(colleague(request), form.cleaned_data["email"])
    messages.success(request, _("No more news to %(email)s.") % {"email": row.email})
    return redirect("staff_addresses")


@transaction.atomic
def left_alone_from_now(by: User, email: str) -> Suppression:
    """What its owner asked for, and which of us heard it."""
    at = timezone.now()
    before = Suppression.objects.filter(email=email.lower()).values("reason", "source").first()
    row = suppress(email=email, reason=Reason.ASKED, source="staff", detail=by.email, at=at)
    after = {"reason": row.reason, "source": row.source}
    if before != after:
        keep_change(what="address.left_alone", by=by, about=row, before=before, after=after, at=at)
    return row
