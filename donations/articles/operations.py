"""What may change about articles."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from donations.articles.models import Article

MAX_LENGTH = 500
TRACKING = ("utm_", "fbclid", "gclid", "yclid", "mc_cid", "mc_eid")


def canonical(url: str) -> str:
    """The address that names the article: no fragment, no tracking, host in lower case.

    Empty when it is not an http(s) address or is too long to be kept: attribution is never a
    reason to refuse a gift.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    kept = [pair for pair in parse_qsl(parts.query) if not pair[0].startswith(TRACKING)]
    path = parts.path.rstrip("/") or "/"
    address = urlunsplit((parts.scheme, host + port, path, urlencode(kept), ""))
    return address if len(address) <= MAX_LENGTH and "\x00" not in address else ""


def see_article(*, url: str, at: datetime) -> Article | None:
    """The article of this address, made on first sight; None when the address names none."""
    address = canonical(url)
    if not address:
        return None
    return Article.objects.get_or_create(url=address, defaults={"first_seen_at": at})[0]


def learn_title(*, article: Article, title: str) -> None:
    """The title that came with a gift. The first one stands; staff can write another."""
    if title and not article.title:
        article.title = title[:300]
        article.save(update_fields=["title"])
