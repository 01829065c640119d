"""A supporter's own pages, as a supporter uses them. Found by what things do, in any language."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.journeys.reader import Reader

CODE = re.compile(r"^\d{4}-\d{4}$", re.MULTILINE)


@dataclass
class Account:
    """Ana, who has given and wants to see it."""

    reader: Reader
    language: str

    @property
    def page(self) -> Page:
        return self.reader.page

    def holds_a_phone(self) -> None:
        """The smallest."""
        self.page.set_viewport_size({"width": 360, "height": 740})

    def fits_on_it(self) -> bool:
        """Nothing is cut off at the side."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def gives(self, amount: str = "5", interval: str = "month") -> None:
        """In this language, by card, and thanked by letter."""
        self.reader.opens(self.language)
        self.reader.fills(amount, interval)
        self.reader.sends()
        self.reader.pays()
        self.reader.trial.letters.wait_for(self.reader.email)

    def asks_for_a_code(self) -> None:
        self.reader.goes_to(f"/{self.language}/account/")
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        self.page.locator("#email").fill(self.reader.email.upper())
        self.page.locator("form.card button[type=submit]").click()
        expect(self.page.locator("#code")).to_be_visible()

    def code(self, *, letters: int = 2) -> str:
        """Out of the letterbox."""
        letter = self.reader.trial.letters.wait_for(self.reader.email, number=letters)
        found = CODE.search(letter.text)
        assert found is not None, letter.text
        return found[0]

    def signs_in(self, *, letters: int = 2) -> None:
        self.asks_for_a_code()
        self.page.locator("#code").fill(self.code(letters=letters))
        self.page.locator("form.card button[type=submit]").click()
        expect(self.page).to_have_url(re.compile(rf"/{self.language}/account/$"))

    @property
    def stop_link(self) -> Locator:
        return self.page.locator(".agreement a[href$='/stop/']")

    @property
    def receipts(self) -> Locator:
        return self.page.locator(".gifts a")

    def opens_a_receipt(self) -> bytes:
        """As the browser would get it, with its cookies."""
        address = self.receipts.first.get_attribute("href")
        answer = self.page.request.get(f"{self.reader.trial.url}{address}")
        assert answer.ok
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()
