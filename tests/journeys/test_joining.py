"""A new colleague: from the letter to a passkey, and in again by it; by an app's code elsewhere."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.desk import sign_in
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch
from tests.web.test_second_factor import code_of

pytestmark = pytest.mark.browser
# What a telephone with a fingerprint reader is to the browser, without anybody touching it.
FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def email() -> str:
    """Somebody whom nobody else has invited."""
    return f"nina.{uuid4().hex[:8]}@example.org"


@pytest.fixture
def invited(browser: Browser, trial: Trial, email: str) -> str:
    """The link in the letter, at a name: a passkey belongs to no number."""
    desk = sign_in(browser, trial, "/staff/team/")
    desk.get_by_label("E-mail address").fill(email)
    desk.get_by_label("Role").select_option("editor")
    desk.get_by_role("button", name="Send the invitation").click()
    expect(desk.get_by_role("status")).to_contain_text("is on its way")
    desk.context.close()
    letter = trial.letters.wait_for(email)
    link = next(word for word in letter.text.split() if "/join/" in word)
    return link.replace("127.0.0.1", "localhost")


@pytest.fixture
def nina(browser: Browser, trial: Trial) -> Iterator[Page]:
    """Her browser, on a phone that reads her finger; what a page did wrong fails at its end."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    watch = Watch()
    watch.over(context)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})
    yield page
    context.close()
    assert watch.wrong == []


def home(trial: Trial) -> str:
    return trial.url.replace("127.0.0.1", "localhost")


def test_by_a_passkey_and_never_a_password(nina: Page, trial: Trial, invited: str) -> None:
    nina.goto(invited)
    assert complaints(nina) == []
    nina.get_by_label("Your name").fill("Nina")
    nina.get_by_role("button", name="with a passkey").click()
    expect(nina.get_by_role("heading", level=1)).to_have_text("Set up a passkey")
    assert complaints(nina) == []
    nina.get_by_label("A name for it").press("Enter")
    expect(nina.get_by_role("heading", level=1)).to_have_text("Recovery Codes")
    expect(nina.locator("code")).to_have_count(10)
    assert complaints(nina) == []
    nina.get_by_role("link", name="on to the desk").click()
    expect(nina).to_have_url(f"{home(trial)}/staff/")
    expect(nina.get_by_role("link", name="Nina")).to_be_visible()

    nina.goto(f"{home(trial)}/staff/me/")
    assert complaints(nina) == []
    nina.get_by_role("button", name="Sign out").first.click()
    nina.wait_for_url("**/en/")
    nina.goto(f"{home(trial)}/accounts/login/")
    assert complaints(nina) == []
    nina.get_by_role("button", name="Sign in with a passkey").click()
    expect(nina).to_have_url(f"{home(trial)}/staff/")


def test_by_a_password_and_an_app(nina: Page, trial: Trial, invited: str, email: str) -> None:
    nina.goto(invited)
    nina.get_by_label("A password").fill("a long enough one")
    nina.get_by_role("button", name="with this password").click()
    expect(nina).to_have_url(f"{home(trial)}/staff/")
    nina.goto(f"{home(trial)}/accounts/2fa/totp/activate/")
    assert complaints(nina) == []
    nina.get_by_text("The picture cannot be read?").click()
    secret = nina.get_by_label("Type this into the app").input_value()
    nina.get_by_label("Authenticator code").fill(code_of(secret))
    nina.get_by_role("button", name="Activate").click()
    expect(nina.get_by_role("heading", level=1)).to_have_text("Recovery Codes")
    code = nina.locator("code").first.inner_text()

    nina.context.clear_cookies()
    nina.goto(f"{home(trial)}/accounts/login/")
    nina.locator("[name=login]").fill(email)
    nina.locator("[name=password]").fill("a long enough one")
    nina.get_by_role("button", name="Sign in", exact=True).click()
    expect(nina.get_by_role("heading", level=1)).to_have_text("Two-Factor Authentication")
    assert complaints(nina) == []
    nina.locator("[name=code]").fill(code)
    nina.get_by_role("button", name="Sign In").click()
    expect(nina).to_have_url(f"{home(trial)}/staff/")


def test_a_canceled_passkey_says_so(nina: Page, trial: Trial, invited: str) -> None:
    nina.goto(f"{home(trial)}/accounts/login/")
    nina.get_by_role("button", name="Sign in with a passkey").click()
    expect(nina.get_by_role("alert")).to_contain_text("That did not work, or it was canceled.")


def test_at_a_number_no_passkey_is_offered(nina: Page, trial: Trial) -> None:
    nina.goto(f"{trial.url}/accounts/login/")
    expect(nina.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(nina.get_by_text("Passkeys do not work at this address")).to_be_visible()


@pytest.mark.parametrize("page", ["team", "history", "me"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_rooms_of_colleagues(browser: Browser, trial: Trial, page: str, width: int) -> None:
    desk = sign_in(browser, trial, f"/staff/{page}/")
    desk.set_viewport_size({"width": width, "height": 800})
    assert complaints(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.context.close()
