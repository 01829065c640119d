"""Asking for a feed: politely, for so long, so much of it, and nowhere inside.

Call it with no transaction open.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urljoin

import requests
from django.conf import settings
from requests import codes, exceptions

from donations.topics.feeds.guarding import Guard, IPAddress, LeadsInside, adapter, is_public
from donations.topics.feeds.troubles import FeedTrouble, Trouble

MOST_REDIRECTS = 3
PIECE = 64 * 1024
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, "
    "text/xml;q=0.8, */*;q=0.1"
)
STATUSES = {
    codes.unauthorized: Trouble.FORBIDDEN,
    codes.forbidden: Trouble.FORBIDDEN,
    codes.not_found: Trouble.MISSING,
    codes.gone: Trouble.GONE,
    codes.too_many_requests: Trouble.BUSY,
    codes.service_unavailable: Trouble.BUSY,
}


def is_allowed(address: IPAddress) -> bool:
    """Public addresses; on a trial, where everything is on one machine, any."""
    return settings.TRIAL or settings.DEBUG or is_public(address)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long and how much, after whatever it was packed in; and where to."""

    connect_seconds: float = 5.0
    seconds: float = 20.0
    octets: int = 5 * 1024 * 1024
    may_reach: Callable[[IPAddress], bool] = is_allowed


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What a feed answered. `body` is None when nothing has changed since last time."""

    body: bytes | None
    content_type: str
    url: str
    etag: str
    modified: str


def fetch(url: str, *, etag: str = "", modified: str = "", limits: Limits = LIMITS) -> Fetched:
    """The feed as it is now. Raises FeedTrouble.

    `etag` and `modified` are handed back word for word, so that it need not be sent again.
    """
    guard = Guard(may_reach=limits.may_reach, deadline=time.monotonic() + limits.seconds)
    seen = {"If-None-Match": etag, "If-Modified-Since": modified}
    headers = {name: value for name, value in seen.items() if value}
    with told_plainly(guard), session(guard) as asking:
        for _hop in range(MOST_REDIRECTS + 1):
            with ask(asking, url, headers, limits) as response:
                target = asking.get_redirect_target(response)
                if target is None:
                    return understood(response, url, limits)
                url = urljoin(url, target)
    raise FeedTrouble(Trouble.REDIRECTS)


def session(guard: Guard) -> requests.Session:
    """Without cookies, the proxies of the environment, or a second try."""
    made = requests.Session()
    made.trust_env = False
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        made.mount(scheme, adapter(guard))
    made.headers.update(
        {
            "User-Agent": f"Footnote (+{settings.SITE_URL})",
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
    )
    return made


def ask(
    asking: requests.Session, url: str, headers: Mapping[str, str], limits: Limits
) -> requests.Response:
    """One request; a redirect is an answer like any other."""
    return asking.get(
        url,
        headers=headers,
        stream=True,
        allow_redirects=False,
        timeout=(limits.connect_seconds, limits.seconds),
    )


def understood(response: requests.Response, url: str, limits: Limits) -> Fetched:
    """What the last of them says. Raises FeedTrouble for all but 200 and 304."""
    is_same = response.status_code == codes.not_modified
    if not is_same and response.status_code != codes.ok:
        raise FeedTrouble(
            STATUSES.get(response.status_code, Trouble.STATUS),
            str(response.status_code),
            retry_after=response.headers.get("Retry-After", ""),
        )
    return Fetched(
        body=None if is_same else body_of(response, limits),
        content_type=response.headers.get("Content-Type", ""),
        url=url,
        etag=response.headers.get("ETag", ""),
        modified=response.headers.get("Last-Modified", ""),
    )


def body_of(response: requests.Response, limits: Limits) -> bytes:
    """As much as a feed may be, unpacked piece by piece. Raises FeedTrouble."""
    body = bytearray()
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > limits.octets:
            raise FeedTrouble(Trouble.LARGE)
    return bytes(body)


@contextmanager
def told_plainly(guard: Guard) -> Iterator[None]:
    """Whatever goes wrong on the way, as FeedTrouble."""
    try:
        yield
    except LeadsInside as error:
        raise FeedTrouble(Trouble.INSIDE) from error
    except exceptions.SSLError as error:
        raise FeedTrouble(Trouble.CERTIFICATE) from error
    except exceptions.Timeout as error:
        raise FeedTrouble(Trouble.SLOW) from error
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError) as error:
        raise FeedTrouble(Trouble.BROKEN) from error
    except exceptions.ConnectionError as error:
        # A body that does not come in time is told as a connection that is gone.
        is_late = time.monotonic() >= guard.deadline
        raise FeedTrouble(Trouble.SLOW if is_late else Trouble.UNREACHABLE) from error
    except (exceptions.RequestException, ValueError) as error:
        # No such scheme, no host, a port that is none: in our address, or in one redirected to.
        raise FeedTrouble(Trouble.ADDRESS) from error
