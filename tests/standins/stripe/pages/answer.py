"""What a page handler gives back to the server."""

from ...common.answer import PageAnswer, see_other
from ...common.answer import page as any_page

__all__ = ["PageAnswer", "message", "page", "see_other"]


def page(title: str, body: str, *, status: int = 200, wide: bool = False) -> PageAnswer:
    return any_page(title, body, provider="Stripe", status=status, wide=wide)


def message(title: str, text: str, *, status: int = 200, link: str = "") -> PageAnswer:
    """A card with a few words; `link` is HTML."""
    body = f'<div class="card"><h1>{title}</h1><p>{text}</p>{link}</div>'
    return page(title, body, status=status)
