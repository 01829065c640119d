"""Is the process alive; can it do its work."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from donations import readiness


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """The database, the queue and the task workers answer; 503 names what does not."""
    found = readiness.look()
    ready = all(found.values())
    words = {name: "ok" if answers else "no answer" for name, answers in found.items()}
    return JsonResponse(
        {"status": "ok" if ready else "not ready"} | words, status=200 if ready else 503
    )
