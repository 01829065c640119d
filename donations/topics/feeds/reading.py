"""A feed's entries, newest first, however badly it is made."""

import hashlib
import logging
import re
from calendar import timegm
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import feedparser
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from donations.articles.operations import TRACKING
from donations.topics.feeds.decoding import text_of
from donations.topics.feeds.fetching import Fetched
from donations.topics.feeds.page import feed_named_in
from donations.topics.feeds.troubles import FeedTrouble, Trouble
from donations.topics.feeds.words import as_html, markdown, one_line, plain, shortened, whole

logger = logging.getLogger(__name__)

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_LINK = 200, 500, 500
# A longer description without a text of its own is taken for the text.
TEASER = 500
is_web_address = URLValidator(schemes=["http", "https"])
# How WordPress ends a teaser.
CUT = re.compile(r"[\s.]*\[(?:…|\.\.\.)\]$")
HEADERS = {"content-type": "application/xml; charset=utf-8"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One of a feed's: `key` is the digest of what it is known by.

    `is_universal`: known by an address or its like, so that it is the same one in any feed.
    """

    key: str
    is_universal: bool
    link: str
    source: Mapping[str, Any]
    base: str

    @property
    def title(self) -> str:
        """Plain; of an entry without one, how it begins, or else where it is."""
        detail = self.source.get("title_detail") or {}
        told = str(detail.get("value") or self.source.get("title") or "")
        is_html = "html" in str(detail.get("type")) or "</" in told
        title = plain(told) if is_html else one_line(unescape(told))
        return shortened(title or plain(self.html) or self.link, LONGEST_TITLE)

    @property
    def summary(self) -> str:
        """The teaser, or how the text begins."""
        words = plain(html_of(teaser_of(self.source)) or self.html)
        return shortened(CUT.sub("…", words), LONGEST_SUMMARY)

    @property
    def body(self) -> str:
        """The text as Markdown; blank when there is only a teaser."""
        content = content_of(self.source)
        if not content and len(plain(self.html)) <= TEASER:
            return ""
        detail = content or teaser_of(self.source)
        return markdown(self.html, base=urljoin(self.base, str(detail.get("base") or "")))

    @property
    def html(self) -> str:
        """The longest that it says."""
        return html_of(content_of(self.source) or teaser_of(self.source))


@dataclass(frozen=True, kw_only=True)
class Document:
    """A feed as it was answered."""

    title: str
    entries: list[Entry]


def read(fetched: Fetched, *, language: str, at: datetime) -> Document:
    """Raises FeedTrouble when it is no feed. What is badly made is read as far as it goes."""
    text = text_of(fetched.body or b"", content_type=fetched.content_type, language=language)
    parsed = parsed_of(text)
    if not parsed.get("version"):
        raise not_a_feed(text, fetched)
    sources = newest_first(parsed.entries, at=at)
    repeated = Counter(id_of(each) for each in sources)
    entries = [
        entry_of(each, base=fetched.url, is_id_unique=repeated[id_of(each)] == 1)
        for each in sources
    ]
    distinct = {each.key: each for each in reversed(entries) if each.key}
    title = plain(str(parsed.feed.get("title") or ""))
    return Document(
        title=shortened(title, LONGEST_TITLE),
        entries=[each for each in entries if distinct.get(each.key) is each],
    )


def parsed_of(text: str) -> Any:
    """As feedparser understands it, given nothing to guess, clean or complete.

    It has no address to complete others by: ids must not change when the feed moves.
    """
    try:
        return feedparser.parse(
            text.encode(),
            response_headers=HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        logger.exception("feedparser could not read a feed")
        raise FeedTrouble(Trouble.NOT_A_FEED) from error


def not_a_feed(text: str, fetched: Fetched) -> FeedTrouble:
    """Most often it is the page that the feed belongs to, which may say where the feed is."""
    is_page = "html" in fetched.content_type or "<html" in text[:1000].lower()
    if not is_page:
        return FeedTrouble(Trouble.NOT_A_FEED)
    return FeedTrouble(Trouble.PAGE, feed_named_in(text, base=fetched.url))


def newest_first(sources: list[Any], *, at: datetime) -> list[Any]:
    """By date; one without stands where it stood, one from the future is of now."""
    dated, latest = [], at
    for each in sources:
        latest = min(date_of(each) or latest, at)
        dated.append((latest, each))
    return [each for _date, each in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def date_of(source: Mapping[str, Any]) -> datetime | None:
    """When it was published, else changed."""
    for name in ("published_parsed", "updated_parsed"):
        # Asked for one that is absent, feedparser would warn, and give the other.
        if name in source and (moment := source[name]):
            try:
                return datetime.fromtimestamp(timegm(moment), tz=UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def entry_of(source: Mapping[str, Any], *, base: str, is_id_unique: bool) -> Entry:
    """Known by its id; by its link if others claim the same id, or there is none.

    An id that only became https is the same. Without either it is its title and date.
    """
    link = link_of(source, base)
    given = id_of(source) if is_id_unique or not link else ""
    titled = f"{source.get('title', '')} {source.get('published', '')}".strip()
    name = without_scheme(given or link) or titled
    return Entry(
        key=hashlib.sha256(name.encode("utf-8", "replace")).hexdigest() if name else "",
        is_universal=":" in (given or link),
        link=link,
        source=source,
        base=base,
    )


def id_of(source: Mapping[str, Any]) -> str:
    """What it calls itself."""
    return str(source.get("id") or "").strip()


def without_scheme(name: str) -> str:
    """A place is the same by http and https."""
    scheme, found, rest = name.partition("://")
    return f"//{rest}" if found and scheme.lower() in ("http", "https") else name


def link_of(source: Mapping[str, Any], base: str) -> str:
    """Where the article is, not by way of a counter; blank if a reader could not go there."""
    told = str(source.get("feedburner_origlink") or source.get("link") or "")
    link = untracked(whole(told, base))
    try:
        is_web_address(link)
    except ValidationError:
        return ""
    return link if len(link) <= LONGEST_LINK else ""


def untracked(link: str) -> str:
    """Without what only says where a click came from."""
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not pair[0].startswith(TRACKING)]
    return link if kept == pairs else parts._replace(query=urlencode(kept)).geturl()


def content_of(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """The text in full, if it came with one; HTML rather than anything else."""
    given = [each for each in source.get("content") or () if each.get("value")]
    readable = sorted(given, key=lambda each: "html" not in str(each.get("type")))
    return readable[0] if readable else {}


def teaser_of(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands for it in a list."""
    return source.get("summary_detail") or {"value": source.get("summary") or ""}


def html_of(detail: Mapping[str, Any]) -> str:
    """A text as HTML, whatever it was."""
    value = str(detail.get("value") or "")
    return as_html(value) if detail.get("type") == "text/plain" else value
