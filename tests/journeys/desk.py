"""A member of staff at the desk."""

from playwright.sync_api import Browser, Page

from tests.journeys.trial import Trial

STAFF = "staff@footnote.test"


def sign_in(browser: Browser, trial: Trial, path: str) -> Page:
    """The demo login, led to a page of the desk."""
    page = browser.new_context().new_page()
    page.goto(f"{trial.url}/accounts/login/?next={path}")
    page.locator("[name=login]").fill(STAFF)
    page.locator("[name=password]").fill((trial.folder / "var/staff_password").read_text())
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{trial.url}{path}")
    return page
