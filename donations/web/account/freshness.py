"""A fresh code before anything that takes data along or away: the session alone is not enough.

Whoever signed in by a code a moment ago is not asked again.

Not the same as `entrance.again`, which looks like it and stays beside it:

- This code goes to where the supporter's mail goes, since it is about their data: after a merger
  that is the record that stayed. That one goes to the address of the login, since a passkey opens
  the login, whoever's it is.
- This leaves them signed in, with the deed before them; a colleague who gave need not come back
  past their second factor as well. That one is offered to logins without the desk, and signs them
  out with intent: a passkey outlives the session that it was added in, so a session that was stolen
  must end there, and allauth believes sign-ins of its own alone.
- So neither stands for the other: what is proved here adds no passkey.
"""

import secrets
import time
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donations.outbox.models import Message
from donations.outbox.operations import queue
from donations.supporters.models import Supporter
from donations.web import hints
from donations.web.account.access import TheirView, theirs
from donations.web.account.frame import frame
from donations.web.flooding import is_flooding
from donations.web.give import SeeOther

MINUTES = 10
FRESH_SECONDS, MOST_TRIES, DIGITS = MINUTES * 60, 5, 8
# As often as a code for signing in may be sent (ACCOUNT_RATE_LIMITS): this one opens no less.
RATES = ("3/m/key,12/h/key", "20/m/ip")
PROVED, ASKED = "account_fresh_at", "account_fresh_code"
# How allauth notes each way in, with the moment.
RECORDS = "account_authentication_methods"
# Where a code may lead: what stands in an address is only ever one of these.
DOORS = ("account_data", "account_erase", "account_address")


def fresh(door: str) -> Callable[[TheirView], TheirView]:
    """Only with a code of the last minutes; else it is asked for, and leads to that door."""

    def guard(view: TheirView) -> TheirView:
        @wraps(view)
        def guarded(
            request: HttpRequest, language: str, supporter: Supporter, **named: Any
        ) -> HttpResponseBase:
            if is_fresh(request):
                return view(request, language, supporter, **named)
            query = urlencode({"to": door})
            return redirect(f"{reverse('account_code', args=[language])}?{query}")

        return guarded

    return guard


def is_fresh(request: HttpRequest) -> bool:
    """A code was typed within the last minutes, here or when signing in."""
    since = time.time() - FRESH_SECONDS
    records = request.session.get(RECORDS, [])
    signed_in = (record["at"] for record in records if record.get("method") in ("code", "mfa"))
    latest: float = max((request.session.get(PROVED, 0.0), *signed_in))
    return latest >= since


@theirs
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str, supporter: Supporter) -> HttpResponse:
    """Sends a code, and takes it."""
    door = request.GET.get("to", "")
    door = door if door in DOORS else DOORS[0]
    if is_fresh(request):
        return redirect(door, language)
    if request.method != "POST":
        return show(request, language, supporter)
    if "send" in request.POST:
        if is_flooding(request, action="fresh_code", email=supporter.email, rates=RATES):
            return show(request, language, supporter, notice="busy", status=429)
        send_code(request, language, supporter)
        return SeeOther(request.get_full_path())
    if is_right(request):
        return SeeOther(reverse(door, args=[language]))
    wrong = _("This code is not right, or too old. Look again, or have a new one sent.")
    return show(request, language, supporter, error=wrong, status=422)


def send_code(request: HttpRequest, language: str, supporter: Supporter) -> None:
    """A new one; the earlier one opens nothing any more. The session knows its digest alone."""
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    request.session[ASKED] = {"digest": digest_of(code), "at": time.time(), "tries": 0}
    queue(
        key=f"fresh_code:{uuid.uuid4()}",
        kind=Message.Kind.SIGN_IN_CODE,
        to=supporter.email,
        language=language,
        context={"code": code, "minutes": MINUTES},
        at=timezone.now(),
    )
    hints.mail_soon()


def is_right(request: HttpRequest) -> bool:
    """Whether it is the code that was sent; a few tries, then none."""
    asked = request.session.get(ASKED)
    if not asked or asked["tries"] >= MOST_TRIES or time.time() - asked["at"] > FRESH_SECONDS:
        return False
    typed = "".join(filter(str.isdecimal, request.POST.get("code", "")))
    if constant_time_compare(asked["digest"], digest_of(typed)):
        del request.session[ASKED]
        request.session[PROVED] = time.time()
        return True
    request.session[ASKED] = {**asked, "tries": asked["tries"] + 1}
    return False


def digest_of(code: str) -> str:
    """What the session may know."""
    return salted_hmac("donations.web.account.freshness", code, algorithm="sha256").hexdigest()


def show(
    request: HttpRequest,
    language: str,
    supporter: Supporter,
    *,
    error: str = "",
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; once a code is on its way, with its field."""
    query = request.META.get("QUERY_STRING", "")
    codes = [code for code, _name in settings.LANGUAGES]
    context = {
        **frame(language),
        "addresses": {code: f"{reverse('account_code', args=[code])}?{query}" for code in codes},
        "address": supporter.email,
        "is_sent": ASKED in request.session,
        "error": error,
        "notice": notice,
    }
    return render(request, "account/code.html", context, status=status)
