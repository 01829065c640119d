"""Notifications of payment providers: verify, store, acknowledge."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations import tasks
from donations.gateways.base import InvalidSignature
from donations.webhooks import operations as webhooks


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, gateway: str) -> HttpResponse:
    """Understanding is a task's work; the provider waits for no more than one INSERT."""
    try:
        event, is_due = webhooks.store(
            gateway=gateway, headers=request.headers, body=request.body, at=timezone.now()
        )
    except InvalidSignature:
        return HttpResponse(status=400)
    if event is not None and is_due:
        tasks.process_soon(event_id=event.pk)
    return HttpResponse(status=200)
