"""Somebody else's HTML as Markdown, and as plain text."""

import re
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

import nh3
from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from donations.markup import UNREADABLE, clean_html

# More HTML than any article; less Markdown than the desk takes in.
LONGEST_HTML, LONGEST_BODY = 100_000, 50_000
# No letters, and the desk refuses them.
CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(0x7F, 0xA0)])
# Deeper than any page is built, and still to be walked through without end.
DEEPEST = 200
LINKABLE = {"http", "https", "mailto"}
# Where a browser begins a new line: without it, words of two paragraphs would be one.
BREAKS = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header"
    r"|hr|li|main|ol|p|pre|section|table|td|th|tr|ul)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>?", re.IGNORECASE)
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
MANY_LINES = re.compile(r"\n{3,}")
# What Markdown takes for the end of an address.
UNSAFE = ' "<>()\\^`{|}'


def plain(html: str) -> str:
    """The words alone, in one line."""
    html = html[:LONGEST_HTML]
    if is_deep(html):
        return flat(html)
    spaced = BREAKS.sub(lambda found: f" {found[0]}", html)
    bare: str = nh3.clean(
        spaced, tags=set(), attributes={}, clean_content_tags=UNREADABLE - {"figcaption"}
    )
    return one_line(unescape(bare))


def flat(html: str) -> str:
    """The same, roughly, of what is built so deep that it would take for ever."""
    return one_line(unescape(TAG.sub(" ", html)))


def one_line(text: str) -> str:
    """Its words with one space between them."""
    return " ".join(text.split()).translate(CONTROLS)


def is_deep(html: str) -> bool:
    """Whether more things stand in each other than a person would write."""
    depth = 0
    for found in TAG.finditer(html):
        if found[2].lower() not in VOID:
            depth += -1 if found[1] else 1
        if depth > DEEPEST:
            return True
    return False


def shortened(text: str, longest: int) -> str:
    """No longer than that, ending with a whole word."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    whole = kept.rpartition(" ")[0]
    return f"{(whole if len(whole) > longest // 2 else kept).rstrip(' .,;:–—-')}…"


def as_html(text: str) -> str:
    """Plain text, whose empty lines part paragraphs, as HTML."""
    return "".join(f"<p>{escape(each)}</p>" for each in re.split(r"\n\s*\n", text))


def markdown(html: str, *, base: str) -> str:
    """As an editor would have written it: no pictures, scripts or frames, and whole addresses.

    What is built too deep comes as its words alone.
    """
    html = html[:LONGEST_HTML]
    if is_deep(html):
        return cut(flat(html))
    soup = BeautifulSoup(clean_html(html), "html.parser")
    mend_links(soup, base)
    writing = MarkdownConverter(
        heading_style="ATX", bullets="-", newline_style="backslash", table_infer_header=True
    )
    written: str = writing.convert_soup(soup)
    lines = (line.rstrip().translate(CONTROLS).expandtabs(4) for line in written.splitlines())
    return cut(MANY_LINES.sub("\n\n", "\n".join(lines)).strip())


def mend_links(soup: BeautifulSoup, base: str) -> None:
    """Addresses that stand by themselves; a link that leads nowhere is only its words."""
    for link in soup.find_all("a"):
        address = whole(str(link.get("href") or ""), base)
        if address:
            link.attrs = {"href": address}
        else:
            link.unwrap()


def whole(address: str, base: str) -> str:
    """An address as seen from a base; blank when it is none that a reader can follow."""
    try:
        joined = urljoin(base, address.strip())
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if not address or parts.scheme not in LINKABLE or not (parts.netloc or parts.path):
        return ""
    return "".join(quote(each) if each in UNSAFE else each for each in joined if each.isprintable())


def cut(text: str) -> str:
    """No longer than a body may be, ending with a whole paragraph if there is one."""
    if len(text) <= LONGEST_BODY:
        return text
    kept = text[:LONGEST_BODY]
    whole_ones = kept.rpartition("\n\n")[0]
    return f"{whole_ones or kept}\n\n…"
