"""A browser, a trial to look at with it, and a reader who does."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.reader import Reader
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

# Nothing leaves this machine, whatever a page may ask for.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
TIMEOUT = 10_000


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys come last: Django refuses its database beside Playwright's event loop."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without one there is nothing to see, unless it is required."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is not None:
        return found
    missing = f"no Chromium on PATH (looked for {', '.join(names)})"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{missing}, and REQUIRE_BROWSER=1 asks for it")
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, object]:
    return {"executable_path": chromium, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"}


@pytest.fixture(scope="session")
def trial(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """One service for all journeys, each with a reader of its own."""
    with Trial(tmp_path_factory.mktemp("trial")) as running:
        yield running


@pytest.fixture
def watch(context: BrowserContext) -> Iterator[Watch]:
    """What a page did wrong fails the journey at its end."""
    context.set_default_timeout(TIMEOUT)
    watch = Watch()
    watch.over(context)
    yield watch
    assert watch.wrong == []


@pytest.fixture
def reader(trial: Trial, watch: Watch, page: Page) -> Reader:
    return Reader(page, trial)
