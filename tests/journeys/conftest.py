"""A browser, a trial to look at with it, and readers who do."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.journeys import chromium as browsers
from tests.journeys.desk import sign_in
from tests.journeys.newspaper import Newspaper
from tests.journeys.reader import Reader
from tests.journeys.trial import Trial

NewReader = Callable[..., Reader]
Snippets = Callable[..., str]
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: Django refuses its database beside Playwright's event loop.

    Of those, journeys come first: they stop their Playwright, and there cannot be two at a time.
    """
    items.sort(
        key=lambda item: (bool(item.get_closest_marker("browser")), HERE not in item.path.parents)
    )


@pytest.fixture(scope="package")
def chromium() -> str:
    """Without a browser there is nothing to see, which only matters where one is required."""
    found = browsers.find()
    if found is not None:
        return found
    missing = f"no Chromium on PATH (looked for {', '.join(browsers.NAMES)})"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{missing}, and REQUIRE_BROWSER=1 asks for it")
    pytest.skip(missing)


@pytest.fixture(scope="package")
def playwright(chromium: str) -> Iterator[Playwright]:
    with sync_playwright() as playing:
        yield playing


@pytest.fixture(scope="package")
def browser(
    playwright: Playwright, chromium: str, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """One for all journeys; `--headed` and `--slowmo` of pytest-playwright hold for it too."""
    options = {**browser_type_launch_args, "executable_path": chromium, "args": browsers.ARGUMENTS}
    with playwright.chromium.launch(**options) as browser:
        yield browser


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """A phone."""
    return {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}


@pytest.fixture(scope="package")
def trial(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """One service for all journeys, each with readers of its own."""
    with Trial(tmp_path_factory.mktemp("trial")) as running:
        yield running


@pytest.fixture(scope="package")
def snippets(browser: Browser, trial: Trial) -> Snippets:
    """What an editor copies from the desk, by language and kind."""
    desk = sign_in(browser, trial, "/staff/footer/")

    @cache
    def copied(language: str, kind: str = "script") -> str:
        desk.goto(f"{trial.url}/staff/footer/?lang={language}")
        return desk.locator(f"textarea#{kind}").input_value()

    return copied


@pytest.fixture
def paper(trial: Trial) -> Iterator[Newspaper]:
    """Somebody else's site, which lets our script and our frame in and nothing else."""
    with Newspaper(trusts=trial.url) as printing:
        yield printing


@pytest.fixture
def new_reader(trial: Trial, new_context: Callable[..., BrowserContext]) -> Iterator[NewReader]:
    """Readers, each with a browser; what a page did wrong fails the journey at its end."""
    readers = []

    def come(**browser: object) -> Reader:
        readers.append(Reader.with_browser(new_context(**browser), trial))
        return readers[-1]

    yield come
    assert [wrong for reader in readers for wrong in reader.watch.wrong] == []


@pytest.fixture
def reader(new_reader: NewReader) -> Reader:
    """Ana."""
    return new_reader()


@pytest.fixture
def scriptless(new_reader: NewReader) -> Reader:
    """Ana with JavaScript off."""
    return new_reader(java_script_enabled=False)


@pytest.fixture(params=["with script", "without script"])
def either_reader(request: pytest.FixtureRequest, new_reader: NewReader) -> Reader:
    """Ana with JavaScript, and again without."""
    return new_reader(java_script_enabled=request.param == "with script")
