"""What tests of pages share: a language that does not leak, and a browser."""

import importlib
import os
import shutil
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.utils import timezone, translation
from playwright.sync_api import Browser, Page, sync_playwright

from donations.models import Heartbeat
from donations.outlet.queries import CACHE_KEY, OutletFacts
from donations.supporters.models import User
from donations.topics.queries import Shown
from donations.topics.queries.topics import CACHE_KEY as TOPICS_KEY

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOPICS = (
    Shown(
        slug="bread",
        titles={"en": "Who pays for the bread?", "ro": "Cine plătește pâinea?"},
        language="en",
    ),
    Shown(slug="topic", titles={"ru": "Куда ушли деньги на мост через Прут"}, language="ru"),
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page leaves its language active, as Django's own middleware does."""
    with translation.override("en"):
        yield


@pytest.fixture
def editor(db: None) -> User:
    """A member of staff without further rights."""
    return User.objects.create_user("editor@example.org", is_staff=True, role="administrator")


@pytest.fixture
def desk(editor: User, client: Client) -> Client:
    """Their browser, signed in."""
    client.force_login(editor)
    return client


@pytest.fixture
def everything_runs(db: None) -> None:
    """Each queue and each task has done its work a moment ago."""
    now = timezone.now()
    names = [f"queue:{name}" for name in ("celery", "broadcasts", "outside")]
    Heartbeat.objects.bulk_create(
        Heartbeat(name=name, first_at=now, started_at=now, ended_at=now)
        for name in (*names, "sweep", "watch", "poll_feeds", "send_digest", "reconcile")
    )


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the workers are told."""
    told: list[str] = []
    monkeypatch.setattr(
        "donations.web.staff.health.replaying.process_soon", lambda: told.append("process")
    )
    return told


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the run. With REQUIRE_BROWSER=1 its absence is a failure."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is not installed, and REQUIRE_BROWSER=1 asks for it.")
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request, and none left behind."""

    daemon_threads = False


class QuietHandler(WSGIRequestHandler):
    """Lets go of connections that a browser opens in advance and never uses."""

    timeout = 2

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The service without a database: what a reader sees before giving needs none when warm."""
    with make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=QuietHandler
    ) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


@pytest.fixture
def outlet() -> OutletFacts:
    """The default newsroom, as if just read."""
    default = importlib.import_module("donations.migrations.0002_default_outlet")
    facts = OutletFacts(
        name="NewsCafe",
        website="https://newscafe.example",
        contact_email="office@newscafe.example",
        postal_address="",
        paypal_email="office@newscafe.example",
        paypal_handle="newscafe",
        paypal_merchant_id="",
        paypal_links={},
        card_currencies=("EUR", "USD", "MDL", "RON", "GBP"),
        paypal_currencies=("EUR", "USD", "GBP"),
        presets=default.PRESETS,
        minimums={},
        needs_four_eyes=False,
        missions={language: texts[0] for language, texts in default.TEXTS.items()},
        promises={language: texts[1] for language, texts in default.TEXTS.items()},
        abouts={language: texts[2] for language, texts in default.TEXTS.items()},
    )
    cache.set(CACHE_KEY, facts)
    cache.set(TOPICS_KEY, TOPICS)
    return facts


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phone(
    request: pytest.FixtureRequest, chromium: Browser, server: str, outlet: OutletFacts
) -> Iterator[Page]:
    """A phone, with and without script; whatever leaves the site fails the test."""
    context = chromium.new_context(
        base_url=server, viewport={"width": 360, "height": 740}, java_script_enabled=request.param
    )
    opened = context.new_page()
    outside: list[str] = []
    opened.on(
        "request", lambda made: None if made.url.startswith(server) else outside.append(made.url)
    )
    yield opened
    context.close()
    assert outside == []
