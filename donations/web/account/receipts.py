"""Receipts and yearly statements, as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from donations.giving import receiptlinks
from donations.outlet import queries as outlets
from donations.receipts import sheets
from donations.supporters.models import Supporter
from donations.web.account.access import opened, theirs
from donations.web.account.entrance import sign_in_url
from donations.web.account.frame import frame
from donations.web.account.gifts import named, path_of
from donations.web.flooding import is_flooding

# Drawing takes a moment, so nobody may ask for hundreds.
PER_PERSON, PER_PLACE = "20/m/key", "60/m/ip"


@theirs
@require_safe
def receipt(request: HttpRequest, language: str, supporter: Supporter, name: str) -> HttpResponse:
    """For one gift of theirs."""
    gift = named(supporter, name)
    sheet = sheets.receipt(gift, outlet=outlets.current(), language=language)
    return paper(request, language, sheet, whose=supporter.email)


@theirs
@require_safe
def statement(
    request: HttpRequest, language: str, supporter: Supporter, year: int, currency: str
) -> HttpResponse:
    """For their gifts of a year in one currency; 404 where there are none."""
    sheet = None
    if 1970 <= year <= timezone.localdate().year + 1:
        sheet = sheets.statement(
            supporter, year=year, currency=currency, outlet=outlets.current(), language=language
        )
    if sheet is None:
        raise Http404
    return paper(request, language, sheet, whose=supporter.email)


@opened
@require_safe
def mailed(request: HttpRequest, language: str) -> HttpResponse:
    """The link in a letter: this receipt and nothing else. When it is too old, a code is asked."""
    try:
        gift = receiptlinks.gift_of(request.GET.get("token", ""))
    except receiptlinks.LinkExpired as old:
        to = sign_in_url(to=path_of(old.gift, language))
        context = {**frame(language), "sign_in_url": to}
        return render(request, "account/receipt_expired.html", context, status=410)
    if gift is None:
        raise Http404
    sheet = sheets.receipt(gift, outlet=outlets.current(), language=language)
    return paper(request, language, sheet, whose="")


def paper(request: HttpRequest, language: str, sheet: sheets.Sheet, *, whose: str) -> HttpResponse:
    """The file, unless it is asked for too often."""
    if is_flooding(request, action="receipt", email=whose, rates=(PER_PERSON, PER_PLACE)):
        return render(request, "429.html", status=429)
    # The library takes 48 MB. Workers, who know this module for its addresses, never draw.
    draw = import_string("donations.receipts.drawing.draw")
    answer = HttpResponse(draw(sheet), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{sheet.file_name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer
