"""What a page handler gives back to the server."""

from dataclasses import dataclass, field

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


def page(title: str, body: str, *, status: int = 200, wide: bool = False) -> PageAnswer:
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    headers |= {"Content-Security-Policy": _POLICY, "Referrer-Policy": "no-referrer"}
    return PageAnswer(status, layout(title, body, wide=wide).encode(), headers)


def see_other(url: str) -> PageAnswer:
    return PageAnswer(303, headers={"Location": url, "Cache-Control": "no-store"})


def message(title: str, text: str, *, status: int = 200, link: str = "") -> PageAnswer:
    """A card with a few words; `link` is HTML."""
    body = f'<div class="card"><h1>{title}</h1><p>{text}</p>{link}</div>'
    return page(title, body, status=status)
