"""What axe finds wrong with a page, in daylight and in the dark."""

from functools import cache
from typing import Literal, Protocol, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Found(Protocol):
    """What of axe's answer matters here; the package carries no types."""

    violations_count: int

    def generate_report(self) -> str: ...


@cache
def axe() -> Axe:
    return Axe()


def complaints(page: Page) -> list[str]:
    """Every violation that axe knows of, best practices too."""
    page.wait_for_load_state()
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        result = cast("Found", axe().run(page))
        if result.violations_count:
            found.append(f"{scheme}: {result.generate_report()}")
    return found
