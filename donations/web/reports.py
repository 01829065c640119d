"""What mail providers report: verify, store, acknowledge. Anymail does the first."""

import logging

from anymail.exceptions import AnymailError
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations.web.hints import note_soon

logger = logging.getLogger(__name__)

# What reading a text of another shape than the provider's ends in.
MALFORMED = (
    ArithmeticError,
    AttributeError,
    ImproperlyConfigured,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "HEAD"])
def receive(request: HttpRequest, provider: str) -> HttpResponseBase:
    """Only the provider that carries our mail is heard, and only with the secret of its webhook."""
    if provider != settings.EMAIL_PROVIDER or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        return HttpResponse(status=404)
    view = resolve(f"/{provider}/tracking/", urlconf="anymail.urls").func
    try:
        # All of a batch, or nothing and the provider tells it again.
        with transaction.atomic():
            response: HttpResponseBase = view(request)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except (AnymailError, SuspiciousOperation, *MALFORMED) as error:
        logger.warning("a report of %s was refused: %s", provider, type(error).__name__)
        return HttpResponse(status=400)
    transaction.on_commit(note_soon)
    return response
