"""A page that was taken for a feed: where its feed is."""

from html.parser import HTMLParser

from donations.topics.feeds.words import whole

HEAD = 100_000
FEEDS = {"application/rss+xml", "application/atom+xml"}


class Head(HTMLParser):
    """Collects the addresses of feeds that a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """<link rel=alternate type=application/rss+xml href=…>."""
        told = {name: value or "" for name, value in attrs}
        is_feed = told.get("type", "").lower() in FEEDS and "alternate" in told.get("rel", "")
        if tag == "link" and is_feed:
            self.found.append(told.get("href", ""))


def feed_named_in(text: str, *, base: str) -> str:
    """The address of the first feed that it names; blank for none."""
    head = Head()
    head.feed(text[:HEAD].partition("<body")[0])
    return next((found for each in head.found if (found := whole(each, base))), "")
