"""A supporter's own agreement: what it is, and how to stop it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations.giving import operations as giving
from donations.giving import queries
from donations.outlet import queries as outlets
from donations.web.language import speaks


@csrf_exempt  # The token in the address is the proof; there is no session that could be ridden.
@login_not_required
@never_cache
@speaks
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, language: str) -> HttpResponse:
    """Reached by the link in a letter. GET shows, POST stops, and a reload stops nothing twice."""
    subscription = queries.subscription_of_token(request.GET.get("token", ""))
    if subscription is None:
        raise Http404
    context = {
        "subscription": subscription,
        "outlet": outlets.current(),
        "language": language,
        "failed": False,
        "stop_url": queries.stop_url(subscription),
    }
    if request.method != "POST":
        return render(request, "give/support.html", context)
    if context["stop_url"]:
        return redirect(request.get_full_path())
    try:
        giving.stop_subscription(subscription=subscription, at=timezone.now())
    except giving.StopUnavailable:
        return render(request, "give/support.html", context | {"failed": True}, status=503)
    return redirect(request.get_full_path())
