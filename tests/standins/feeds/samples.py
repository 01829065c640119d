"""Feeds as newsrooms have them."""

from html import escape
from pathlib import Path

FOLDER = Path(__file__).parent / "samples"
DATE = "Sat, 21 Nov 2026 10:00:00 GMT"


def sample(name: str) -> bytes:
    """One of the files."""
    return (FOLDER / name).read_bytes()


def item(number: int = 1, **parts: str) -> str:
    """An entry of RSS; a part that is blank is left out."""
    told = {
        "guid": f"https://newscafe.example/?p={number}",
        "title": f"Bread {number}",
        "link": f"https://newscafe.example/bread-{number}",
        "description": f"What bread number {number} costs.",
        "pubDate": f"Sat, 21 Nov 2026 10:{number % 60:02}:00 GMT",
        **parts,
    }
    inner = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in told.items() if text)
    return f"<item>{inner}</item>"


def rss(*items: str, title: str = "NewsCafe", head: str = "") -> str:
    """RSS 2.0 without a declaration, so that its alphabet is to be guessed."""
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>{escape(title)}</title>{''.join(items)}</channel></rss>"
    )


def atom(*entries: str, title: str = "NewsCafe") -> str:
    """Atom 1.0."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(title)}</title>{''.join(entries)}</feed>"
    )


def billion_laughs(*, on_one_line: bool) -> str:
    """Nine entities, each ten times the one before. On one line, feedparser does not see them."""
    gap = "" if on_one_line else "\n"

    def value(level: int) -> str:
        return f"&a{level - 1};" * 10 if level else "lol"

    entities = gap.join(f'<!ENTITY a{level} "{value(level)}">' for level in range(10))
    head = f'<?xml version="1.0"?>{gap}<!DOCTYPE rss [{gap}{entities}{gap}]>{gap}'
    return head + rss(item()).replace("Bread 1", "&a9;")
