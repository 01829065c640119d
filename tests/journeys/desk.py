"""A member of staff at the desk."""

from playwright.sync_api import Browser, Locator, Page

from tests.journeys.trial import Trial
from tests.journeys.waiting import until

STAFF = "staff@footnote.test"


def sign_in(browser: Browser, trial: Trial, path: str) -> Page:
    """The demo login, led to a page of the desk."""
    page = browser.new_context().new_page()
    page.goto(f"{trial.url}/accounts/login/?next={path}")
    page.locator("[name=login]").fill(STAFF)
    page.locator("[name=password]").fill((trial.folder / "var/staff_password").read_text())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{trial.url}{path}")
    return page


def shows(desk: Page, what: Locator) -> Locator:
    """What the open page shows by now or in a minute: figures are counted after the gift."""

    def there() -> bool:
        desk.reload()
        return what.count() > 0

    until(there, f"{desk.url} does not show {what}", seconds=60)
    return what
