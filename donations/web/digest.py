"""The way out of the week's figures: mail programs post to it (RFC 8058), people see a page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from donations.digest import operations
from donations.digest.links import user_of


@csrf_exempt  # Mail programs know no cookie and no form of ours; the token is the proof.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows, since scanners follow links; whatever is posted stops it."""
    user = user_of(token)
    if user is None:
        return render(request, "topics/unsubscribe_unknown.html", status=404)
    if translation.check_for_language(user.language):
        translation.activate(user.language)
    if request.method == "POST":
        operations.leave(user=user, at=timezone.now())
        user.refresh_from_db()
    return render(request, "staff/digest_leave.html", {"gets_it": user.wants_digest})
