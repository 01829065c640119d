"""A supporter at their own page, whatever language it speaks: found by addresses and fields."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.reader import Reader
from tests.journeys.test_keyboard import tab_to
from tests.journeys.waiting import until

CODE = re.compile(r"^\s*(\d{4}-?\d{4})\s*$", re.MULTILINE)


@dataclass
class Owner:
    """Ana, who gives every month."""

    reader: Reader
    language: str

    def gives(self) -> None:
        """On a small phone."""
        self.reader.page.set_viewport_size({"width": 360, "height": 740})
        self.reader.opens(self.language)
        self.reader.fills("5", "month")
        self.reader.sends()
        self.reader.pays()
        self.reader.trial.letters.wait_for(self.reader.email)

    def comes_in(self) -> None:
        self.reader.goes_to(f"/{self.language}/account/")
        self.reader.page.locator("#email").fill(self.reader.email)
        self.reader.page.locator("main form .go").click()
        self.reader.page.locator("#code").fill(self.code())
        self.reader.page.locator("main form .go").first.click()
        self.is_home()

    def code(self) -> str:
        """Out of the last letter that has one."""

        def come() -> list[str]:
            letters = self.reader.trial.letters.to(self.reader.email)
            return [found[1] for each in letters if (found := CODE.search(each.text))]

        return until(come, "no code came")[-1]

    def is_home(self) -> None:
        expect(self.reader.page).to_have_url(re.compile(rf"/{self.language}/account/$"))

    def opens(self, deed: str) -> None:
        """Press the link of the page that leads there."""
        self.reader.page.locator(f"main a[href$='/{deed}/']").first.click()

    def presses(self) -> None:
        self.reader.page.locator("main form.card .go").click()

    def letters(self) -> int:
        return len(self.reader.trial.letters.to(self.reader.email))


@dataclass
class ByKeyboard(Owner):
    """The same without a mouse: Tab until it has the focus, then Enter or Space."""

    def comes_in(self) -> None:
        self.reader.goes_to(f"/{self.language}/account/")
        self.types("#email", self.reader.email)
        self.reader.page.keyboard.press("Enter")
        self.types("#code", self.code())
        self.reader.page.keyboard.press("Enter")
        self.is_home()

    def opens(self, deed: str) -> None:
        self.enters(f"main a[href$='/{deed}/']")

    def presses(self) -> None:
        self.enters("main form.card .go")

    def enters(self, selector: str) -> None:
        """Press Enter on it, and wait for what comes."""
        target = self.reader.page.locator(selector).first
        target.wait_for()
        tab_to(self.reader, target)
        with self.reader.page.expect_navigation():
            self.reader.page.keyboard.press("Enter")

    def types(self, selector: str, text: str) -> None:
        """Over what stands there."""
        target = self.reader.page.locator(selector)
        target.wait_for()
        tab_to(self.reader, target)
        self.reader.page.keyboard.press("ControlOrMeta+a")
        self.reader.page.keyboard.type(text)

    def ticks(self, selector: str) -> None:
        """Space ticks a box and chooses a button."""
        tab_to(self.reader, self.reader.page.locator(selector))
        self.reader.page.keyboard.press("Space")
