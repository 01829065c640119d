"""A reader at the browser: what people do, in the words that people use for it."""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode
from uuid import uuid4

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.provider import Provider
from tests.journeys.trial import Trial
from tests.journeys.watch import Watch

GOOD_CARD = "4242 4242 4242 4242"
DECLINED_CARD = "4000 0000 0000 9995"
SECURE_CARD = "4000 0025 0000 3155"
LINK = re.compile(r"http://\S+/support/\?token=\S+")
# Long enough for a machine that is busy with something else; a journey that works does not wait.
TIMEOUT = 30_000
expect.set_options(timeout=TIMEOUT)


def new_address() -> str:
    """Nobody else's, so that a journey finds its own mail and its own donation."""
    return f"ana-{uuid4().hex[:12]}@example.org"


@dataclass
class Reader:
    """Ana, in one browser window."""

    page: Page
    trial: Trial
    watch: Watch
    email: str = field(default_factory=new_address)

    @classmethod
    def with_browser(cls, context: BrowserContext, trial: Trial) -> Self:
        context.set_default_timeout(TIMEOUT)
        watch = Watch()
        watch.over(context)
        return cls(context.new_page(), trial, watch)

    # The support page

    def opens(self, language: str = "en", **query: str) -> None:
        address = f"{self.trial.url}/{language}/"
        self.page.goto(f"{address}?{urlencode(query)}" if query else address)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.trial.url}{path}")

    def field(self, name: str) -> Locator:
        """A field of the form by the name that it is sent under."""
        return self.page.locator(f"#give [name={name}]:not([type=radio])")

    def choice(self, name: str, value: str) -> Locator:
        return self.page.locator(f"#give input[name={name}][value='{value}']")

    def fills(self, amount: str = "10", interval: str = "once", method: str = "card") -> None:
        """Fill in a whole form, rightly."""
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
        """Press the button of another language."""
        self.page.locator(f".languages button[lang={language}]").click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    # The payment page

    @property
    def provider(self) -> Provider:
        return Provider(self.trial.stripe_url)

    def is_at_payment(self) -> str:
        """Wait until there; answers the page's address."""
        expect(self.page).to_have_url(re.compile(re.escape(f"{self.trial.stripe_url}/pay/")))
        return self.page.url

    def pays(self, card: str = GOOD_CARD) -> None:
        self.is_at_payment()
        self.page.locator("[name=card_number]").fill(card)
        self.page.get_by_role("button", name="Pay").click()

    def pays_by_debit(self) -> str:
        """Pay by bank debit, which takes days; answers the payment page's id."""
        session = self.is_at_payment().rsplit("/", 1)[-1]
        self.page.get_by_label("Bank debit (delayed)").check()
        self.page.get_by_role("button", name="Pay").click()
        return session

    def pays_at_paypal(self) -> None:
        """Fill in PayPal's page; it brings the browser back by itself."""
        expect(self.page).to_have_url(re.compile(re.escape(self.trial.paypal_url)))
        self.page.locator("[name=payer_name]").fill("Ana Popescu")
        self.page.locator("[name=payer_email]").fill(self.email)
        self.page.get_by_role("button", name="Pay", exact=True).click()

    # Afterwards

    def sees(self, heading: str) -> None:
        """The page's heading, of this page or of the next that it leads to by itself."""
        expect(self.page.locator("h1")).to_have_text(heading)

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=True).first).to_be_visible()

    def is_thanked_once(self, *donations: tuple[int, str]) -> None:
        """By page, by one letter, and with exactly these donations in the books."""
        self.is_in_the_books()
        assert self.trial.books.donations(self.email) == [*donations]
        assert len(self.trial.letters.to(self.email)) == 1

    def is_in_the_books(self) -> None:
        """Thanked by page and by letter: what was given, and an agreement, stand in the books."""
        self.sees("Thank you!")
        self.trial.letters.wait_for(self.email)

    def link_for_stopping(self) -> str:
        """Look it up in the letter that came."""
        found = LINK.search(self.trial.letters.wait_for(self.email).text)
        assert found is not None
        return found[0]

    def begins(self, amount: str = "10", interval: str = "once") -> None:
        """Go from the support page to the payment, without looking around."""
        self.opens()
        self.fills(amount, interval)
        self.sends()
        self.is_at_payment()
