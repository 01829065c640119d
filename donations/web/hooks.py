"""Notifications of payment providers: verify, store, acknowledge."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations.gateways.base import InvalidSignature
from donations.gateways.registry import UnknownGateway
from donations.web.hints import process_soon
from donations.webhooks import operations as webhooks


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, gateway: str) -> HttpResponse:
    """Understanding is a task's work; the provider waits for no more than one INSERT."""
    try:
        is_due = webhooks.store(
            gateway=gateway, headers=request.headers, body=request.body, at=timezone.now()
        )
    except UnknownGateway:
        return HttpResponse(status=404)
    except InvalidSignature:
        return HttpResponse(status=400)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    if is_due:
        transaction.on_commit(process_soon)
    return HttpResponse(status=200)
