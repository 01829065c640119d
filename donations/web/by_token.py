"""Forms of readers who are not signed in: a token is the proof."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations.web.language import speaks
from donations.web.modest import View, modest


def by_token(view: View) -> Callable[..., HttpResponse]:
    """Spoken, kept nowhere, words only. No cookie is set, and there is no session to be ridden."""
    asked = require_http_methods(["GET", "HEAD", "POST"])(modest(view))
    return csrf_exempt(login_not_required(never_cache(speaks(asked))))
