"""Markdown as people write it, to HTML that is safe to show and to mail."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Raw HTML in the source is not rendered but shown; nh3 cleans what is left all the same.
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
IN_MAILS = TAGS - {"img"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto"}


def to_html(source: str) -> SafeString:
    """A page's text. A level-one heading becomes a second: the page has its own."""
    return _cleaned(source, TAGS)


def to_mail_html(source: str) -> SafeString:
    """The same without pictures: a mail carries one of its own at most."""
    return _cleaned(source, IN_MAILS)


def to_text(source: str) -> str:
    """What the plain part of a mail and a feed's summary say: the source without its signs."""
    return nh3.clean(_rendered(source), tags=set(), attributes={}).strip()


def clean_html(html: str) -> SafeString:
    """Somebody else's HTML, a feed's, with only what `to_html` may contain."""
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(cleaned)  # noqa: S308  cleaned above


def _cleaned(source: str, tags: set[str]) -> SafeString:
    cleaned = nh3.clean(
        _rendered(source),
        tags=tags,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # noqa: S308  cleaned above


def _rendered(source: str) -> str:
    html: str = _markdown.render(source.replace("\x00", ""))
    return html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
