"""Asking for a feed: what servers do to whoever asks, and what we make of it."""

from collections.abc import Callable
from ipaddress import ip_address

import pytest
from pytest_django import Settings

from donations.topics.feeds.fetching import Fetched, Limits, fetch
from donations.topics.feeds.guarding import is_public
from donations.topics.feeds.troubles import FeedTrouble, Trouble
from tests.standins.feeds import FeedsStandin, manners
from tests.standins.feeds.samples import item, rss
from tests.standins.feeds.server import Manner
from tests.topics.feeds import SOON

GOOD = rss(item()).encode()


def trouble(asking: Callable[[], Fetched]) -> FeedTrouble:
    """What came of it."""
    with pytest.raises(FeedTrouble) as raised:
        asking()
    return raised.value


def test_it_works(feeds: FeedsStandin) -> None:
    url = feeds.has("/rss", GOOD, ETag='W/"a, b"', Last_Modified="Sat, 21 Nov 2026 10:00:00 GMT")
    assert fetch(url) == Fetched(
        body=GOOD,
        content_type="application/rss+xml; charset=utf-8",
        url=url,
        etag='W/"a, b"',
        modified="Sat, 21 Nov 2026 10:00:00 GMT",
    )


def test_who_asks_says_so_and_nothing_else(feeds: FeedsStandin, settings: Settings) -> None:
    settings.SITE_URL = "https://give.newscafe.example"
    fetch(feeds.has("/rss", GOOD))
    (asked,) = feeds.asked["/rss"]
    assert asked["user-agent"] == "Footnote (+https://give.newscafe.example)"
    assert asked["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "if-none-match", "if-modified-since"} & asked.keys()


def test_what_is_known_is_not_sent_again(feeds: FeedsStandin) -> None:
    url = feeds.has("/rss", GOOD, ETag='"é;v=1"', Last_Modified="yesterday, more or less")
    first = fetch(url)
    again = fetch(url, etag=first.etag, modified=first.modified)
    assert again.body is None
    assert feeds.asked["/rss"][1]["if-none-match"] == '"é;v=1"'
    assert feeds.asked["/rss"][1]["if-modified-since"] == "yesterday, more or less"


def test_packed_as_most_servers_do(feeds: FeedsStandin) -> None:
    assert fetch(feeds.behaves("/rss", manners.packed(GOOD))).body == GOOD


@pytest.mark.parametrize(
    ("manner", "kind"),
    [
        (manners.hang, Trouble.SLOW),
        (manners.drip, Trouble.SLOW),
        (manners.drip_headers, Trouble.SLOW),
        (manners.hang_up, Trouble.UNREACHABLE),
        (manners.garble, Trouble.BROKEN),
        (manners.cut_off(GOOD), Trouble.BROKEN),
    ],
)
def test_servers_that_do_not_answer(feeds: FeedsStandin, manner: Manner, kind: Trouble) -> None:
    url = feeds.behaves("/bad", manner)
    assert trouble(lambda: fetch(url, limits=SOON)).trouble == kind


@pytest.mark.parametrize(
    "manner", [manners.send(50), manners.bomb("gzip"), manners.bomb("deflate")]
)
def test_too_much_is_not_taken_in(feeds: FeedsStandin, manner: Manner) -> None:
    url = feeds.behaves("/large", manner)
    assert trouble(lambda: fetch(url)).trouble == Trouble.LARGE
    assert feeds.sent["/large"] < 50 * 1024 * 1024


def test_nobody_there() -> None:
    assert trouble(lambda: fetch("http://127.0.0.1:9/rss")).trouble == Trouble.UNREACHABLE


def test_no_such_name() -> None:
    url = "http://feeds.invalid/rss"
    assert trouble(lambda: fetch(url)).trouble == Trouble.UNREACHABLE


def test_a_certificate_that_proves_nothing(feeds: FeedsStandin) -> None:
    url = feeds.has("/rss", GOOD).replace("http:", "https:")
    assert trouble(lambda: fetch(url)).trouble == Trouble.CERTIFICATE


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/rss", "file:///etc/passwd", "http://", "http://[::1", "http://a:b/"]
)
def test_addresses_that_are_none(url: str) -> None:
    assert trouble(lambda: fetch(url)).trouble == Trouble.ADDRESS


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Trouble.FORBIDDEN),
        (403, Trouble.FORBIDDEN),
        (404, Trouble.MISSING),
        (410, Trouble.GONE),
        (429, Trouble.BUSY),
        (503, Trouble.BUSY),
        (500, Trouble.STATUS),
        (204, Trouble.STATUS),
        (418, Trouble.STATUS),
    ],
)
def test_other_answers_are_named(feeds: FeedsStandin, status: int, kind: Trouble) -> None:
    url = feeds.has("/rss", b"", status=status, Retry_After="120")
    raised = trouble(lambda: fetch(url))
    assert (raised.trouble, raised.detail, raised.retry_after) == (kind, str(status), "120")


def test_redirects_are_followed_three_times(feeds: FeedsStandin) -> None:
    feeds.behaves("/1", manners.set_cookie("/2"))
    feeds.behaves("/2", manners.redirect(feeds.url("/3"), 308))
    feeds.behaves("/3", manners.redirect("rss?a=b"))
    url = feeds.has("/rss?a=b", GOOD)
    fetched = fetch(feeds.url("/1"))
    assert (fetched.body, fetched.url) == (GOOD, url)
    assert "cookie" not in feeds.asked["/2"][0]


def test_and_no_further(feeds: FeedsStandin) -> None:
    url = feeds.behaves("/round", manners.redirect("/round"))
    assert trouble(lambda: fetch(url)).trouble == Trouble.REDIRECTS
    assert len(feeds.asked["/round"]) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://[", "data:,x"])
def test_redirects_to_what_is_no_place_on_the_web(feeds: FeedsStandin, target: str) -> None:
    url = feeds.behaves("/rss", manners.redirect(target))
    assert trouble(lambda: fetch(url)).trouble == Trouble.ADDRESS


def test_redirects_into_the_machine_itself(feeds: FeedsStandin) -> None:
    inside = feeds.has("/secret", GOOD).replace("127.0.0.1", "localhost")
    url = feeds.behaves("/rss", manners.redirect(inside))
    visited = iter([True, False])
    limits = Limits(may_reach=lambda _address: next(visited))
    assert trouble(lambda: fetch(url, limits=limits)).trouble == Trouble.INSIDE
    assert "/secret" not in feeds.asked


def test_in_production_nothing_inside_is_asked(feeds: FeedsStandin, settings: Settings) -> None:
    url = feeds.has("/rss", GOOD)
    settings.TRIAL = settings.DEBUG = False
    assert trouble(lambda: fetch(url)).trouble == Trouble.INSIDE
    assert "/rss" not in feeds.asked


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe"),
        *("2002:7f00:1::", "ff02::1", "fec0::1", "::7f00:1", "64:ff9b:1::1"),
    ],
)
def test_inside(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_outside(address: str) -> None:
    assert is_public(ip_address(address))
