"""Markdown as people write it, to HTML that is safe to show and to mail.

A picture is shown when it is one of ours (`/pictures/<digest>`). One of another host becomes a
link: our pages load nothing from elsewhere, which would tell others who reads us.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import nh3
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from donations.markup.plain import Plain

# Raw HTML in the source is not rendered but shown; nh3 cleans what is left all the same.
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_without_references = MarkdownIt("commonmark", {"html": False}).enable("table").disable("reference")
TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre",
    "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
IN_MAILS = TAGS - {"img"}
# What others write with, too; and what is no text, was struck out, or only speaks of a picture.
FOREIGN = IN_MAILS - {"s"} | {
    "article", "aside", "b", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1",
    "h5", "h6", "header", "i", "kbd", "main", "samp", "section", "summary", "tfoot",
}  # fmt: skip
UNREADABLE = {
    "audio", "button", "canvas", "del", "embed", "figcaption", "iframe", "map", "math",
    "noscript", "object", "s", "script", "select", "strike", "style", "svg", "template",
    "textarea", "video",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "ol": {"start"}}
SCHEMES = {"https", "http", "mailto"}


# All addresses of a text together, as often as they are named.
LONGEST_LINKS = 500_000
OUR_PICTURE = re.compile(r"/pictures/[0-9a-f]{64}\Z")


def to_html(source: str) -> SafeString:
    """A page's text. A level-one heading becomes a second: the page has its own."""
    return _cleaned(source, TAGS)


def to_mail_html(source: str) -> SafeString:
    """The same without pictures (a mail carries one of its own at most), and with whole links."""
    return _cleaned(source, IN_MAILS, is_elsewhere=True)


def to_feed_html(source: str) -> SafeString:
    """The same for readers that show it elsewhere: with whole addresses of links and pictures."""
    return _cleaned(source, TAGS, is_elsewhere=True)


def to_text(source: str) -> str:
    """What the plain part of a mail and a feed's summary say: the source without its signs."""
    return unescape(nh3.clean(_rendered(source), tags=set(), attributes={})).strip()


def to_plain(source: str) -> str:
    """For the plain part of a mail: no emphasis, lists and quotations marked, links spelt out."""
    tokens, _env = _parsed(source.replace("\x00", ""))
    return Plain().text(tokens)


def clean_html(html: str) -> SafeString:
    """Somebody else's HTML, a feed's, with no more than what Markdown can say.

    Not their pictures: our pages show none from elsewhere, and they tell who reads.
    """
    cleaned = nh3.clean(
        html,
        tags=FOREIGN,
        clean_content_tags=UNREADABLE,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
    )
    return mark_safe(cleaned)  # noqa: S308  cleaned above


def _cleaned(source: str, tags: set[str], *, is_elsewhere: bool = False) -> SafeString:
    whole: Any = ("rewrite_with_base", f"{settings.SITE_URL}/") if is_elsewhere else "pass_through"
    cleaned = nh3.clean(
        _rendered(source),
        tags=tags,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative=whole,
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # noqa: S308  cleaned above


def _rendered(source: str) -> str:
    tokens, env = _parsed(source.replace("\x00", ""))
    html: str = _markdown.renderer.render(tokens, _markdown.options, env)
    return html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


def _parsed(source: str) -> tuple[list[Token], EnvType]:
    """What it says; addresses that are defined once and named too often remain text.

    Otherwise a page of sources could become a hundred megabytes of HTML.
    """
    env: EnvType = {}
    tokens = _markdown.parse(source, env)
    inside = (child for token in tokens for child in token.children or ())
    if sum(len(str(value)) for each in inside for value in each.attrs.values()) <= LONGEST_LINKS:
        return tokens, env
    env = {}
    return _without_references.parse(source, env), env


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[at]
    address = str(token.attrs.get("src", "")).removeprefix(settings.SITE_URL)
    said = renderer.renderInlineAsText(token.children, options, env)
    if OUR_PICTURE.match(address):
        return format_html('<img src="{}" alt="{}">', address, said)
    opened = [each.type for each in tokens[:at]]
    if opened.count("link_open") > opened.count("link_close"):
        return format_html("{}", said)
    return format_html('<a href="{}">{}</a>', address, said or address)


_markdown.add_render_rule("image", _image)
