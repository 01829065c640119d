"""Nothing sticks out, nothing is too small, and axe finds nothing, in every state and language."""

from functools import partial
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from donations.giving.queries import Outcome, State
from donations.money import Money
from donations.outlet.queries import OutletFacts

pytestmark = pytest.mark.browser
Scheme = Literal["light", "dark"]


def problems(page: Page) -> list[str]:
    """What axe says, shortly."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def sticks_out(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss: controls lower or narrower than 44 pixels, links in text aside."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("button, select, summary, label:has(input), "
                + "input:not([type=hidden], [type=radio], [type=checkbox]), textarea")]
              .filter(each => each.checkVisibility() && !each.classList.contains("vh"))
              .filter(each => each.getBoundingClientRect().height < 44
                           || each.getBoundingClientRect().width < 44)
              .map(each => each.outerHTML.slice(0, 120))"""
        )
    )


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 1280, "light"), ("ro", 320, "light"), ("ru", 320, "dark")],
)
def test_the_support_page_in_all_its_states(
    chromium: Browser, server: str, outlet: OutletFacts, scheme: Scheme, language: str, width: int
) -> None:
    context = chromium.new_context(
        base_url=server, viewport={"width": width, "height": 700}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(f"/{language}/?canceled=1&amount=7")
    page.locator("summary").evaluate_all("all => all.forEach(each => each.click())")

    assert problems(page) == []
    assert not sticks_out(page)
    assert small_targets(page) == []

    page.locator("#amount").fill("0")
    page.locator("#email").fill("ana")
    page.locator("#name").fill("x" * 201)
    page.locator("#method-paypal").check()
    page.locator("#interval-month").check()
    page.locator("#currency").select_option("MDL")
    page.locator("#go").click()
    page.locator(".summary").wait_for()

    assert page.locator(".error").count() == 4
    assert problems(page) == []
    assert not sticks_out(page)
    context.close()


STATES: list[State] = ["paid", "waiting", "unpaid", "unknown"]


def thanks(outlet: OutletFacts, state: State) -> str:
    """The page that readers come back to, in one of its states."""
    outcome = Outcome(state=state, money=Money(100000, "MDL"), interval="month")
    values = {"outcome": outcome, "outlet": outlet, "language": "ru", "promise": "…", "again": "/"}
    return render_to_string("give/thanks.html", values)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_thanks_and_error_pages_in_all_their_states(
    chromium: Browser, server: str, outlet: OutletFacts, scheme: Scheme
) -> None:
    with translation.override("ru"):
        pages: dict[str, str] = {state: thanks(outlet, state) for state in STATES}
        pages |= {name: render_to_string(f"{name}.html") for name in ("400", "403", "404", "500")}
    context = chromium.new_context(
        base_url=server, viewport={"width": 320, "height": 700}, color_scheme=scheme
    )
    page = context.new_page()
    for name, html in pages.items():
        answer = partial(Route.fulfill, body=html, content_type="text/html")
        page.route(f"**/shown/{name}/", answer)
        page.goto(f"/shown/{name}/")
        assert problems(page) == [], name
        assert not sticks_out(page), name
    context.close()


def test_signing_in(chromium: Browser, server: str) -> None:
    context = chromium.new_context(base_url=server, viewport={"width": 320, "height": 700})
    page = context.new_page()
    for address in ("login", "password/reset"):
        page.goto(f"/accounts/{address}/")
        assert problems(page) == [], address
        assert not sticks_out(page), address
    context.close()
