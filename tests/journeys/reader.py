"""A reader at the browser: what people do, in the words that people use for it."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.journeys.trial import Trial

GOOD_CARD = "4242 4242 4242 4242"
DECLINED_CARD = "4000 0000 0000 9995"
SECURE_CARD = "4000 0025 0000 3155"


def new_address() -> str:
    """Nobody else's, so that a journey finds its own mail and its own donation."""
    return f"ana-{uuid4().hex[:12]}@example.org"


@dataclass
class Reader:
    """Ana, in one browser window."""

    page: Page
    trial: Trial
    email: str = field(default_factory=new_address)

    # The support page

    def opens(self, language: str = "en", **query: str) -> None:
        address = f"{self.trial.url}/{language}/"
        self.page.goto(f"{address}?{urlencode(query)}" if query else address)

    def field(self, name: str) -> Locator:
        """A field of the form by the name that it is sent under."""
        return self.page.locator(f"#give [name={name}]:not([type=radio], [type=hidden])")

    def choice(self, name: str, value: str) -> Locator:
        return self.page.locator(f"#give input[name={name}][value='{value}']")

    def value(self, name: str) -> str:
        return self.field(name).input_value()

    def fills(self, amount: str = "10", interval: str = "once", method: str = "card") -> None:
        """A whole form, rightly filled."""
        self.choice("interval", interval).check()
        self.field("amount").fill(amount)
        self.choice("method", method).check()
        self.field("email").fill(self.email)
        self.field("name").fill("Ana")

    @property
    def button(self) -> Locator:
        return self.page.locator("#go")

    def sends(self) -> None:
        self.button.click()

    def speaks(self, language: str) -> None:
        """Presses the button of another language."""
        self.page.locator(f".languages button[lang={language}]").click()

    # The payment page

    def is_at_payment(self) -> str:
        """Waits until there; answers the page's address."""
        expect(self.page).to_have_url(re.compile(re.escape(f"{self.trial.stripe_url}/pay/")))
        return self.page.url

    def pays(self, card: str = GOOD_CARD) -> None:
        self.is_at_payment()
        self.page.locator("[name=card_number]").fill(card)
        self.page.get_by_role("button", name="Pay").click()

    # Afterwards

    def sees(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)

    def gives(self, amount: str = "10", interval: str = "once", language: str = "en") -> None:
        """From the support page to the card's payment, without looking around."""
        self.opens(language)
        self.fills(amount, interval)
        self.sends()
        self.pays()
