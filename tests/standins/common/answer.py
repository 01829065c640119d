"""What a page handler gives back to the server."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .html import layout

# No script anywhere. form-action is left out on purpose: it would also forbid the redirect from
# the payment form to the shop's success_url.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass
class PageAnswer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def page(
    title: str, body: str, *, provider: str, status: int = 200, wide: bool = False
) -> PageAnswer:
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    headers |= {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
    return PageAnswer(status, layout(title, body, provider=provider, wide=wide).encode(), headers)


def see_other(url: str) -> PageAnswer:
    return PageAnswer(303, headers={"Location": url, "Cache-Control": "no-store"})


def from_here(headers: dict[str, str]) -> bool:
    """Forms of other sites have no business here; a client without Origin is a test or curl."""
    origin = headers.get("origin")
    return origin in (None, "null") or urlsplit(origin or "").netloc == headers.get("host")
