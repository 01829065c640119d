"""Looks at one newsroom's desk when told to, and says how many milliseconds a page took.

An administrator asks through Django's whole stack, without a network between. "Last" and "search"
are pages that a first page leads to, or that somebody types. `names` lists what may be asked for.
"""

import re
import sys
import time
from html import unescape

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402 - Django comes first
from django.test import Client  # noqa: E402

from donations.insights.models import Standing  # noqa: E402
from donations.models import User  # noqa: E402

HOST = "127.0.0.1"


def main() -> None:
    client = signed_in()
    pages = addresses(client)
    for order in sys.stdin:
        name = order.strip()
        answer = " ".join(pages) if name == "names" else f"{milliseconds(client, pages[name]):.3f}"
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def signed_in() -> Client:
    """An administrator with a second factor."""
    user, _ = User.objects.get_or_create(
        email="bench@example.org", defaults={"is_staff": True, "role": "administrator"}
    )
    Authenticator.objects.get_or_create(user=user, type="totp", defaults={"data": {}})
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def addresses(client: Client) -> dict[str, str]:
    """What is looked at. The supporter is one who has given often."""
    often = Standing.objects.filter(kind="regular").order_by("-latest_at")[:500]
    busiest = max(often, key=lambda standing: standing.gifts)
    return {
        "overview": "/staff/",
        "supporters_first": "/staff/supporters/",
        "supporters_last": last_of(client, "/staff/supporters/"),
        "supporters_search": f"/staff/supporters/?q={busiest.supporter.email[2:9]}",
        "donations_first": "/staff/donations/",
        "donations_last": last_of(client, "/staff/donations/"),
        "supporter": f"/staff/supporters/{busiest.pk}/",
        "articles": "/staff/articles/",
        "articles_by_gifts": "/staff/articles/?by=gifts",
    }


def last_of(client: Client, path: str) -> str:
    """Where the list's "Last" leads."""
    page = client.get(path).content.decode()
    (link,) = re.findall(r'<a href="([^"]+)">Last</a>', page)
    return unescape(link)


def milliseconds(client: Client, path: str) -> float:
    """How long a page takes. Raises RuntimeError for anything but a page."""
    begun = time.perf_counter()
    response = client.get(path)
    taken = 1000 * (time.perf_counter() - begun)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
    return taken


if __name__ == "__main__":
    main()
