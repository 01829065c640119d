"""`python -m tests.journeys.screenshots OUTDIR`: the pictures for the README and for a review."""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys import chromium
from tests.journeys.desk import sign_in
from tests.journeys.newspaper import Newspaper
from tests.journeys.reader import DECLINED_CARD, Reader
from tests.journeys.trial import Trial

PHONE, DESKTOP = 360, 1100


@dataclass
class Album:
    """Pictures of one trial, each of a whole page."""

    folder: Path
    trial: Trial
    browser: Browser

    @contextmanager
    def visit(self, width: int = DESKTOP, *, dark: bool = False) -> Iterator[Reader]:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            device_scale_factor=2 if width == PHONE else 1,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        yield Reader.with_browser(context, self.trial)
        context.close()

    def take(self, reader: Reader, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        reader.page.screenshot(path=self.folder / f"{name}.png", full_page=True)


def support_pages(album: Album) -> None:
    """Every language, on a desk and on a phone, light and dark."""
    for width, size in ((DESKTOP, "desktop"), (PHONE, "phone")):
        for language in ("en", "ro", "ru"):
            for dark in (False, True):
                with album.visit(width, dark=dark) as reader:
                    reader.opens(language)
                    album.take(reader, f"support-{language}-{size}{'-dark' if dark else ''}")


def chosen(album: Album) -> None:
    """A preset is picked, and then an amount is typed over it."""
    with album.visit(PHONE) as reader:
        reader.opens()
        reader.choice("interval", "month").check()
        reader.choice("preset", "EUR:500").check()
        reader.choice("method", "card").check()
        album.take(reader, "chosen-preset-phone")
        reader.field("amount").fill("12.50")
        album.take(reader, "chosen-amount-phone")


def mistakes(album: Album) -> None:
    for dark in (False, True):
        with album.visit(PHONE, dark=dark) as reader:
            reader.opens("ro")
            reader.field("email").fill("ana@")
            reader.sends()
            expect(reader.page.get_by_role("alert")).to_be_visible()
            album.take(reader, f"mistakes-ro-phone{'-dark' if dark else ''}")


def second_thoughts(album: Album) -> None:
    """Cancelled; and the provider down."""
    with album.visit() as reader:
        reader.opens(canceled="1", amount="10", interval="month")
        album.take(reader, "canceled-desktop")
    with album.visit(PHONE) as reader:
        reader.opens()
        reader.fills()
        album.trial.stop_stripe()
        reader.sends()
        expect(reader.page.get_by_role("status")).to_be_visible()
        album.take(reader, "provider-down-phone")
        album.trial.start_stripe()


def a_gift(album: Album) -> None:
    """The stand-in's page, a declined card, the thanks and the letters."""
    with album.visit() as reader:
        reader.begins("5", "month")
        album.take(reader, "payment-desktop")
        reader.pays(DECLINED_CARD)
        expect(reader.page.get_by_role("alert")).to_be_visible()
        album.take(reader, "payment-declined-desktop")
        reader.pays()
        reader.sees("Thank you!")
        album.take(reader, "thanks-monthly-desktop")
        reader.page.goto(reader.link_for_stopping())
        album.take(reader, "support-manage-desktop")
        reader.page.get_by_role("button", name="Stop my support").click()
        reader.sees("Your support is stopped.")
        album.take(reader, "support-stopped-desktop")


def outcomes(album: Album) -> None:
    """Coming back waiting, unpaid or unknown."""
    with album.visit(PHONE) as reader:
        reader.begins()
        session = reader.pays_by_debit()
        reader.sees("One moment")
        album.take(reader, "thanks-waiting-phone")
        reader.provider.act("settle_delayed", session, "succeeded")
        reader.sees("Thank you!")
        album.take(reader, "thanks-once-phone")
    with album.visit(PHONE, dark=True) as reader:
        reader.begins("20")
        session = reader.is_at_payment().rsplit("/", 1)[-1]
        reader.provider.act("expire", session)
        reader.goes_to(f"/ru/thanks/?session_id={session}")
        album.take(reader, "thanks-unpaid-ru-phone-dark")
        reader.goes_to("/ro/thanks/?session_id=unknown")
        album.take(reader, "thanks-unknown-ro-phone-dark")


def letters(album: Album) -> None:
    """In each language, as HTML and as text, on a phone and in the dark."""
    for language in ("en", "ro", "ru"):
        for dark in (False, True):
            with album.visit(PHONE, dark=dark) as reader:
                reader.opens(language)
                reader.fills("5", "month")
                reader.sends()
                reader.pays()
                letter = album.trial.letters.wait_for(reader.email)
                reader.page.goto("about:blank")  # Our pages' policy is not a mail program's.
                reader.page.set_content(letter.html)
                album.take(reader, f"letter-{language}-phone{'-dark' if dark else ''}")
                (album.folder / f"letter-{language}.txt").write_text(letter.text)


def elsewhere(album: Album) -> None:
    with album.visit() as reader:
        reader.goes_to("/accounts/login/")
        album.take(reader, "login-desktop")
        reader.goes_to("/xx/")
        album.take(reader, "missing-desktop")


def article_footers(album: Album) -> None:
    """At the end of an article of another site, and where an editor copies it."""
    desk = sign_in(album.browser, album.trial, "/staff/footer/")
    desk.screenshot(path=album.folder / "desk-footer-desktop.png", full_page=True)
    with Newspaper(trusts=album.trial.url) as paper:
        for language in ("en", "ro", "ru"):
            desk.goto(f"{album.trial.url}/staff/footer/?lang={language}")
            for kind in ("script", "frame", "plain"):
                ask = desk.locator(f"textarea#{kind}").input_value()
                title = "Who pays for the news?"
                article = paper.prints(ask, path=f"/{kind}", title=title, lang=language)
                for width, size in ((DESKTOP, "desktop"), (PHONE, "phone")):
                    with album.visit(width, dark=width == PHONE and language == "ro") as reader:
                        reader.page.goto(article, wait_until="networkidle")
                        album.take(reader, f"article-{kind}-{language}-{size}")


PARTS: tuple[Callable[[Album], None], ...] = (
    support_pages,
    chosen,
    mistakes,
    second_thoughts,
    a_gift,
    outcomes,
    letters,
    elsewhere,
    article_footers,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.screenshots")
    parser.add_argument("folder", metavar="OUTDIR", type=Path)
    folder = parser.parse_args().folder
    executable = chromium.find()
    if executable is None:
        parser.error(f"no Chromium on PATH (looked for {', '.join(chromium.NAMES)})")
    with (
        tempfile.TemporaryDirectory() as place,
        Trial(Path(place)) as trial,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable, args=chromium.ARGUMENTS) as browser,
    ):
        for part in PARTS:
            part(Album(folder, trial, browser))


if __name__ == "__main__":
    main()
