"""What people write becomes HTML that can harm nobody."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies
from pytest_django import Settings

from donations.markup import clean_html, to_feed_html, to_html, to_mail_html, to_plain, to_text

OURS = f"/pictures/{'a' * 64}"
EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    '[x](https://a.example "\\" onclick=alert(1) x=\\"")',
    "[a]: javascript:alert(1)\n\n[a]",
    "\x00<script>alert(1)</script>",
    "`<script>`",
    '![" onerror="alert(1)](https://evil.example/x.png)',
]


class Tags(HTMLParser):
    """What a browser would find in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("source", EVIL)
def test_nothing_of_it_runs(source: str) -> None:
    for html in (to_html(source), to_mail_html(source), to_feed_html(source)):
        for tag, attributes in Tags(html).found:
            assert tag in {"p", "a", "code"}
            assert set(attributes) <= {"href", "rel", "title"}
            assert (attributes.get("href") or "https:").startswith(("https:", "http:"))


def test_what_people_write() -> None:
    html = to_html(
        "# One\n\n**bold** *it* [a](https://a.example)\n\n- x\n\n> y\n\n|a|b|\n|-|-|\n|1|2|"
    )
    parts = ["<h2>One</h2>", "<strong>bold</strong>", "<em>it</em>", "<li>x</li>", "<blockquote>"]
    for part in [*parts, '<a href="https://a.example" rel="noopener">a</a>', "<td>1</td>"]:
        assert part in html


def test_raw_html_is_shown_and_not_obeyed() -> None:
    assert to_html("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_a_picture_of_ours_is_shown(settings: Settings) -> None:
    assert f'<img src="{OURS}" alt="Bread">' in to_html(f"![Bread]({OURS})")
    assert f'<img src="{OURS}" alt="">' in to_html(f"![]({settings.SITE_URL}{OURS})")


@pytest.mark.parametrize("start", ["https://other.example", "//other.example", "/static"])
def test_any_other_picture_is_a_link(start: str) -> None:
    address = f"{start}/x.png"
    assert f'<a href="{address}" rel="noopener">Bread</a>' in to_html(f"![Bread]({address})")
    assert f">{address}</a>" in to_html(f"![]({address})")


def test_a_picture_in_a_link_leaves_its_words() -> None:
    html = to_html("[![Bread](https://other.example/x.png)](https://a.example)")
    assert html == '<p><a href="https://a.example" rel="noopener">Bread</a></p>\n'


def test_elsewhere_addresses_are_whole(settings: Settings) -> None:
    source = f"[a](/en/topics/) ![Bread]({OURS})"
    assert f'href="{settings.SITE_URL}/en/topics/"' in to_mail_html(source)
    assert "<img" not in to_mail_html(source)
    feed = to_feed_html(source)
    assert f'href="{settings.SITE_URL}/en/topics/"' in feed
    assert f'src="{settings.SITE_URL}{OURS}"' in feed


def test_as_text() -> None:
    assert to_text("# One\n\n**bold** <b> & AT&T") == "One\nbold <b> & AT&T"


def test_somebody_else_s_html() -> None:
    cleaned = clean_html('<p onclick="x()">a<script>alert(1)</script><a href="javascript:x">b</a>')
    assert cleaned == '<p>a<a rel="noopener nofollow">b</a></p>'


def test_one_address_named_often_does_not_fill_the_memory() -> None:
    source = f"[a]: /{'x' * 20_000}\n\n" + "[a]" * 10_000
    assert len(to_html(source)) < 2 * len(source)


def test_an_address_may_be_named_twice() -> None:
    html = to_html("[one][a] and [two][a]\n\n[a]: https://a.example")
    assert html.count('href="https://a.example"') == 2


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("", ""),
        ("# One\n\nIt is **bold**\nand _more_.", "One\n\nIt is bold and more."),
        ("- one\n- two\n\nthree", "- one\n- two\n\nthree"),
        ("3. one\n4. two\n   - deep", "3. one\n4. two\n   - deep"),
        ("> quoted\n\nnot", "> quoted\n\nnot"),
        (
            "[there](https://a.example) <https://b.example>",
            "there (https://a.example) https://b.example",
        ),
        ("one  \ntwo", "one\ntwo"),
        ("```\nx = **1**\n```", "x = **1**"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("![Bread](https://a.example/x.png)", "Bread"),
        ("one\n\n---\n\ntwo", "one\n\n* * *\n\ntwo"),
        ("<b>1</b> & 2", "<b>1</b> & 2"),
        ("\x00one", "one"),
    ],
)
def test_as_a_plain_mail_says_it(source: str, plain: str) -> None:
    assert to_plain(source) == plain


@given(strategies.text(alphabet="ab*_`[]()<>!#-+|>1. \n\t&;\\", max_size=80))
def test_nothing_that_is_typed_breaks_it(source: str) -> None:
    to_plain(source)
