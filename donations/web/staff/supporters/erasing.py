"""Erasing a supporter, and taking a name off the public page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from donations.privacy.erasing import NotErased, erase
from donations.supporters.models import Supporter
from donations.supporters.naming import hide_name
from donations.team.rights import Right
from donations.web import hints
from donations.web.staff.access import allowed, colleague
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show


class EraseForm(forms.Form):
    """The address typed again, so that it is the right one."""

    email = forms.CharField(
        label=gettext_lazy("Their e-mail address, typed once more"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Yes, erase this person. I know that it cannot be undone.")
    )

    def __init__(self, data: Any, *, supporter: Supporter) -> None:
        super().__init__(data)
        self.supporter = supporter

    def clean_email(self) -> str:
        """Of this very person."""
        typed: str = self.cleaned_data["email"].strip().lower()
        if typed != self.supporter.email:
            raise forms.ValidationError(_("This is not the address of this supporter."))
        return typed


@allowed(Right.ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for by its supporter, say in a letter; the same as what they can do themselves."""
    supporter = get_object_or_404(Supporter.objects, pk=pk)
    form = EraseForm(request.POST if request.method == "POST" else None, supporter=supporter)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            erase(supporter=supporter, by=colleague(request), at=timezone.now())
        except NotErased:
            form.add_error(
                None,
                _("The provider does not answer, so nothing is erased yet. Try again in a moment."),
            )
            status = 503
        else:
            hints.forget_soon()
            messages.success(request, _("Erased. The gifts stay in the books, of nobody."))
            return redirect("staff_supporters")
    context = {
        "title": _("Erase for good"),
        "about": supporter,
        "back": reverse("staff_supporter", args=[pk]),
        "lead": _(
            "Name, address, letters, notes, choices and suggestions are erased here and at the "
            "provider, and running agreements end. The gifts stay, of nobody. Only their supporter "
            "can end an order at PayPal. It cannot be undone."
        ),
        "form": form,
        "button": _("Erase for good"),
    }
    return show(request, "staff/form.html", context, status=status)


@allowed(Right.HELP)
@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the page of supporters, or back there."""
    supporter, at = get_object_or_404(Supporter.objects, pk=pk), timezone.now()
    with kept(request, "supporter.name_hidden", supporter, "is_name_hidden", at=at) as deed:
        deed.supporter = supporter
        hide_name(supporter=supporter, is_hidden="hide" in request.POST)
    messages.success(request, _("Saved. The page shows it within a minute."))
    return redirect("staff_supporter", pk)
