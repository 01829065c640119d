"""The article footer, ready to paste, and its addresses as pictures."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from donations import links
from donations.gateways.paypal import me_address
from donations.outlet import queries as outlets
from donations.team.rights import Right
from donations.web import qr
from donations.web.language import nearest
from donations.web.snippets import FRAME_HEIGHT, PLACEHOLDER, frame_path, plain, snippets
from donations.web.staff.access import allowed
from donations.web.staff.shell import show

PICTURES = {"svg": ("image/svg+xml", qr.svg), "png": ("image/png", qr.png)}


@allowed(Right.LOOK)
@require_safe
@csp_update({"frame-src": [SELF]})
def footer(request: HttpRequest) -> HttpResponse:
    """Snippets for one language with how they look, and QR codes."""
    outlet, language = outlets.current(), nearest(request.GET.get("lang", ""))
    light = request.GET.get("scheme") == "light"
    context = {
        "outlet": outlet,
        "language": language,
        "languages": settings.LANGUAGES,
        "light": light,
        "snippets": snippets(outlet, language, light=light),
        "site": settings.SITE_URL,
        "placeholder": PLACEHOLDER,
        "title_placeholder": "{{ title }}",
        "fallback": SafeString(plain(outlet, language)),
        "frame": frame_path(language, light=light),
        "height": FRAME_HEIGHT,
        "addresses": printed(language),
    }
    return show(request, "staff/footer.html", context)


@allowed(Right.LOOK)
@require_safe
def picture(request: HttpRequest, kind: str) -> HttpResponse:
    """A QR code as a file; of our own addresses only, never of what a query says."""
    language, target = request.GET.get("lang", ""), request.GET.get("of", "")
    address = printed(language).get(target) if language in dict(settings.LANGUAGES) else None
    if not address:
        raise Http404
    content_type, draw = PICTURES[kind]
    response = HttpResponse(draw(address), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{target}-{language}.{kind}"'
    return response


def printed(language: str) -> dict[str, str]:
    """What a QR code may lead to; a PayPal address only where there is one."""
    page = links.page("give", language=language, utm_source="qr")
    me = me_address(outlets.current())
    return {"support": page} | ({"paypal": me} if me else {})
