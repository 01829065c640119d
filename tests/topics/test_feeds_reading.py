"""What is taken from a feed, however badly it is made."""

from collections.abc import Callable

import feedparser
import pytest

from donations.topics.feeds.reading import Entry
from donations.topics.feeds.troubles import FeedTrouble, Trouble
from tests.standins.feeds.samples import atom, item, rss, sample
from tests.topics.feeds import document


def titles(body: bytes | str) -> list[str]:
    return [each.title for each in document(body).entries]


def one(body: bytes | str) -> Entry:
    (entry,) = document(body).entries
    return entry


def text_item(html: str) -> str:
    return item(1, **{"content:encoded": html})


def test_atom() -> None:
    found = document(sample("en_atom.xml"), language="en")
    assert found.title == "NewsCafe & friends"
    first, second = found.entries
    assert first.title == "Who pays for the bridge & the road?"
    assert first.link == "https://newscafe.example/en/bridge?page=2"
    assert first.summary == "Three ministries, <one> bill."
    assert first.body == (
        "Three ministries share [one bill](https://newscafe.example/en/bill).\n\n"
        "- Transport\n- Finance"
    )
    assert (second.title, second.summary, second.body) == ("Bread, < 1 euro", "Still.", "")


def test_rss_of_wordpress() -> None:
    entry = one(sample("ro_wordpress.xml"))
    assert entry.title == "Cât costă pâinea „de casă” la Chișinău"
    assert entry.link == "https://newscafe.example/paine/"
    assert entry.summary == "Am întrebat brutarii. Răspunsul lor, pe scurt: mai mult…"
    assert entry.body == (
        "Am întrebat **brutarii**. Răspunsul lor,\\\n"
        "pe scurt: [mai mult](https://newscafe.example/mai-mult/).\n\n"
        "Făina s-a scumpit.\n\nȘi gazul.\n\nCitește"
    )


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Tom & Jerry", "Tom & Jerry"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("<b>Bread</b> is 5&nbsp;lei", "Bread is 5 lei"),
        ("&laquo;Хлеб&raquo; &#8211; &eacute;", "«Хлеб» – é"),
        ("1 < 2", "1 < 2"),
        ("<script>alert(1)</script>Bread", "Bread"),
        ("  Bread \n  and wine ", "Bread and wine"),
        ("x" * 300, "x" * 199 + "…"),
        ("bread " * 60, "bread " * 32 + "bread…"),
    ],
)
def test_titles_are_plain(told: str, shown: str) -> None:
    assert one(rss(item(title=told))).title == shown


def test_an_entry_without_a_title_is_called_as_it_begins() -> None:
    assert one(rss(item(title="", description="<p>Bread</p><p>costs</p>"))).title == "Bread costs"
    assert one(rss(item(title="", description=""))).title == "https://newscafe.example/bread-1"


def test_an_entry_with_nothing_at_all_is_none() -> None:
    assert titles(rss("<item></item>", item())) == ["Bread 1"]


def test_the_title_of_the_entry_is_not_that_of_its_picture() -> None:
    extra = "<media:content url='x'><media:title>Photo</media:title></media:content>"
    entry = item().replace("</item>", f"{extra}</item>")
    assert titles(rss(entry)) == ["Bread 1"]


def test_a_long_description_is_the_text() -> None:
    entry = one(rss(item(description="<p>Bread costs.</p>" * 60)))
    assert entry.summary.endswith(" Bread costs…")
    assert len(entry.summary) <= 500
    assert entry.body.startswith("Bread costs.\n\nBread costs.")


def test_a_plain_text_of_several_paragraphs() -> None:
    body = atom(
        "<entry><id>tag:a</id><title>T</title>"
        "<content type='text'>1 &lt; 2\n\nBread</content></entry>"
    )
    entry = one(body)
    assert entry.body == "1 < 2\n\nBread"
    assert entry.summary == "1 < 2 Bread"


def test_a_text_that_is_too_long_is_cut_at_a_paragraph() -> None:
    entry = one(rss(text_item("<p>Bread costs.</p>" * 6000)))
    assert len(entry.body) < 60_000
    assert entry.body.endswith("Bread costs.\n\n…")


@pytest.mark.parametrize("deep", ["<div>", "<ul><li>", "<blockquote>", "<em>", "<table><tr><td>"])
def test_a_text_that_is_built_too_deep_is_its_words(deep: str) -> None:
    entry = one(rss(text_item(f"{deep * 5_000}Bread &lt; wine")))
    assert entry.body.endswith("Bread < wine")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<iframe src='https://evil.example'>frame</iframe>",
        "<object data='x'>object</object>",
        "<svg onload='alert(1)'><text>svg</text></svg>",
        "<img src='https://tracker.example/p.gif' width='1' height='1'>",
        "<img src=x onerror=alert(1)>",
        "<style>p{color:red}</style>",
        "<!-- comment -->",
        "<noscript><img src='https://tracker.example/p.gif'></noscript>",
        "<video src=x>video</video>",
        "<form action='https://evil.example'><button>Go</button></form>",
    ],
)
def test_what_is_no_text_is_left_out(bad: str) -> None:
    entry = one(rss(text_item(f"<p>Bread</p>{bad}<p>Wine</p>")))
    assert entry.body == "Bread\n\nWine"


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("<a href='/a b(1)'>x</a>", "[x](https://newscafe.example/a%20b%281%29)"),
        ("<a href='https://a.example/' onclick='x()'>x</a>", "[x](https://a.example/)"),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        ("<a href=' java\nscript:alert(1)'>x</a>", "x"),
        ("<a href='data:text/html,x'>x</a>", "x"),
        ("<a href='http://['>x</a>", "x"),
        ("<a>x</a>", "x"),
        ("<a href='mailto:a@example.org'>x</a>", "[x](mailto:a@example.org)"),
    ],
)
def test_links_in_the_text(told: str, written: str) -> None:
    assert one(rss(text_item(f"<p>{told}</p>"))).body == written


def test_characters_that_the_desk_would_refuse() -> None:
    entry = one(rss(item(1, title="A\x81B", **{"content:encoded": "<pre>a\x9db\tc</pre>&#7;d"})))
    assert (entry.title, entry.body) == ("AB", "```\nab  c\n```\n\nd")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("/bread", "https://newscafe.example/bread"),
        ("bread", "https://newscafe.example/feed/bread"),
        ("https://a.example/?utm_source=x&fbclid=1&p=2", "https://a.example/?p=2"),
        ("https://a.example/?q=a+b&x", "https://a.example/?q=a+b&x"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example/", ""),
        ("https://a.example/" + "x" * 500, ""),
        ("http://[", ""),
        ("https://no_such_host/", ""),
        ("mailto:ana@example.org", ""),
    ],
)
def test_the_link_of_an_entry(told: str, kept: str) -> None:
    assert one(rss(item(link=told))).link == kept


def test_a_link_by_way_of_a_counter() -> None:
    extra = {"feedburner:origLink": "https://newscafe.example/real"}
    assert one(rss(item(1, link="https://counter.example/1", **extra))).link.endswith("/real")


Same = Callable[[str, str], bool]


def same(first: str, second: str) -> bool:
    return one(rss(first)).key == one(rss(second)).key


def test_an_id_that_only_became_https_is_the_same() -> None:
    assert same(item(guid="http://a.example/1"), item(guid=" https://a.example/1", link="/2"))
    assert not same(item(guid="http://a.example/1"), item(guid="http://a.example/2"))


def test_an_id_is_the_same_when_the_feed_moves() -> None:
    first, second = (
        document(rss(item(guid="17")), url=url).entries[0]
        for url in ("http://a.example/rss", "https://b.example/feed/")
    )
    assert first.key == second.key
    assert not first.is_universal
    assert len(first.key) == 64


def test_without_an_id_it_is_the_link() -> None:
    assert same(item(guid="", title="Bread"), item(guid="", title="Bread, corrected"))
    assert not same(item(guid="", link="/1"), item(guid="", link="/2"))


def test_without_a_link_it_is_title_and_date() -> None:
    assert same(item(guid="", link=""), item(guid="", link="", description="Other"))
    assert not same(item(guid="", link=""), item(guid="", link="", pubDate="Mon, 1 Jan 2024"))


def test_the_same_id_twice_is_one_entry() -> None:
    assert titles(rss(item(1), item(1, title="Again", guid="https://newscafe.example/?p=1"))) == [
        "Bread 1"
    ]


def test_one_id_for_everything_is_no_id() -> None:
    entries = [item(number, guid="https://newscafe.example/") for number in (3, 2, 1)]
    assert titles(rss(*entries)) == ["Bread 3", "Bread 2", "Bread 1"]


def test_newest_first_whatever_their_order() -> None:
    assert titles(rss(item(1), item(3), item(2))) == ["Bread 3", "Bread 2", "Bread 1"]


def test_dates_that_are_none_from_the_future_or_absent() -> None:
    body = rss(
        item(5),
        item(4, pubDate="soon"),
        item(3, pubDate=""),
        item(9, pubDate="Sat, 21 Nov 2099 10:00:00 GMT"),
        item(2, pubDate="Thu, 99 Foo 99999"),
        item(1),
    )
    assert titles(body) == ["Bread 9", "Bread 2", "Bread 5", "Bread 4", "Bread 3", "Bread 1"]


@pytest.mark.parametrize(
    "body",
    [
        rss(item(title="Bread & wine")).replace("&amp;", "&"),
        rss(item(title="Bread & wine"))[:-30],
        "\n\n  " + rss(item(title="Bread & wine")),
        rss(item(title="Bread & wine")).replace("<channel>", "<channel><br><p>oops"),
        "<b>Warning</b>: mysql\n" + rss(item(title="Bread & wine")),
    ],
)
def test_what_is_badly_made_is_read_as_far_as_it_goes(body: str) -> None:
    assert titles(body) == ["Bread & wine"]


def test_an_empty_feed_is_a_feed() -> None:
    assert titles(rss()) == []


@pytest.mark.parametrize(
    "body",
    ["", "   ", "Hello", "{}", '{"version": "https://jsonfeed.org/version/1"}', "<sitemap/>", "\0"],
)
def test_what_is_no_feed(body: str) -> None:
    with pytest.raises(FeedTrouble) as raised:
        document(body)
    assert raised.value.kept == "not-a-feed"


PAGE = """<!DOCTYPE html><html><head><title>NewsCafe</title>
<link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="ro" href="/ro/">
<link rel="alternate" type="application/rss+xml" href="{}"></head><body>…</body></html>"""


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/feed/", "page https://newscafe.example/feed/"),
        ("", "page"),
        ("javascript:alert(1)", "page"),
    ],
)
def test_a_page_says_where_its_feed_is(href: str, kept: str) -> None:
    with pytest.raises(FeedTrouble) as raised:
        document(PAGE.format(href), content_type="text/html")
    assert raised.value.trouble == Trouble.PAGE
    assert raised.value.kept == kept


def test_a_parser_that_falls_over_is_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_told: object, **_named: object) -> None:
        raise AttributeError("feedparser has had such days")

    monkeypatch.setattr(feedparser, "parse", fall)
    with pytest.raises(FeedTrouble):
        document(rss(item()))
