"""A topic is told to those who asked, watched while it leaves, and stopped with one click."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader
from tests.journeys.desk import STAFF, sign_in
from tests.journeys.letterbox import Letter
from tests.journeys.reader import TIMEOUT, Reader
from tests.journeys.test_keyboard import IS_FOCUSED
from tests.journeys.trial import Trial
from tests.journeys.waiting import until
from tests.journeys.watch import Watch

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)
CONFIRM = re.compile(r"http://\S+/topics/confirm/\S+")


@dataclass
class Editor:
    """At the desk, in one browser window."""

    page: Page
    trial: Trial

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def publishes(self, title: str) -> None:
        """A topic about politics, in English alone."""
        self.page.goto(f"{self.trial.url}/staff/topics/new/")
        self.page.locator("#title_en").fill(title)
        self.page.locator("#body_en").fill("It began with a **toll**.")
        self.press("Save and publish…")
        self.press("Publish")
        expect(self.page.get_by_role("link", name="Tell followers")).to_be_visible()

    def drafts(self) -> None:
        """A broadcast about the topic that was just published."""
        self.page.get_by_role("link", name="Tell followers").click()
        self.press(re.compile("^Write about it"))
        expect(self.page.get_by_role("heading", name="Audience")).to_be_visible()

    def sends(self) -> None:
        """Now, and waits until everybody has it."""
        self.page.get_by_role("link", name="3. Send").click()
        self.press("What will happen?")
        self.press("Send it now")
        self.sees(re.compile("^Finished: "))

    def sees(self, sentence: re.Pattern[str]) -> None:
        """Without loading the page: it looks by itself."""
        expect(self.page.locator("[data-part=sentence]")).to_have_text(sentence, timeout=TIMEOUT)

    def checks(self, heading: str) -> None:
        """Axe finds nothing, light or dark, and nothing sticks out on a desk or on a phone."""
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        self.page.wait_for_load_state()
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 800})
            assert complaints(self.page) == []
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not self.page.evaluate(wide), width
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 800})


@pytest.fixture
def editor(browser: Browser, trial: Trial) -> Iterator[Editor]:
    """What a page did wrong fails the journey at its end."""
    page, watch = sign_in(browser, trial, "/staff/broadcasts/"), Watch()
    page.context.set_default_timeout(TIMEOUT)
    watch.over(page.context)
    yield Editor(page, trial)
    page.context.close()
    assert watch.wrong == []


@pytest.fixture
def title() -> str:
    """One that no other journey has."""
    return f"Who owns the bridges {uuid4().hex[:8]}?"


def a_follower(new_reader: NewReader) -> Reader:
    """Somebody who asks for Politics, and confirms from the mailbox."""
    reader = new_reader()
    reader.goes_to("/en/topics/follow/")
    form = reader.page.locator("#follow")
    form.get_by_label("Politics").check()
    form.get_by_label("E-mail").fill(reader.email)
    form.locator("#consent").check()
    form.get_by_role("button", name="Send me a mail to confirm").click()
    reader.sees("Look into your mailbox.")
    link = CONFIRM.search(reader.trial.letters.wait_for(reader.email).text)
    assert link is not None
    reader.page.goto(link[0])
    reader.page.locator("main button[type=submit]").first.click()
    reader.page.wait_for_load_state()
    return reader


def letters_about(reader: Reader, title: str) -> list[Letter]:
    return [each for each in reader.trial.letters.to(reader.email) if each.subject == title]


def opens(reader: Reader, letter: Letter) -> None:
    """As a mail program shows it."""
    reader.page.goto("about:blank")
    reader.page.set_content(letter.html)


def as_a_mail_program_does(letter: Letter) -> None:
    """RFC 8058: one POST to the header's address, without cookies."""
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.headers["List-Unsubscribe"].strip("<>")
    with urlopen(Request(address, data=b"List-Unsubscribe=One-Click"), timeout=10) as answer:
        assert (answer.status, answer.url) == (200, address)


def test_from_a_topic_to_those_who_stay(editor: Editor, new_reader: NewReader, title: str) -> None:
    one_click, by_the_page, stays = (a_follower(new_reader) for _each in range(3))
    editor.publishes(title)
    editor.drafts()
    editor.checks(title)
    editor.sends()
    editor.checks(title)

    for reader in (one_click, by_the_page, stays):
        (letter,) = letters_about(reader, title)
        assert "It began with a toll." in letter.text
        assert "<strong>toll</strong>" in letter.html
    as_a_mail_program_does(letters_about(one_click, title)[0])
    opens(by_the_page, letters_about(by_the_page, title)[0])
    by_the_page.page.get_by_role("link", name="Stop this mail").click()
    by_the_page.sees("Too much mail?")
    by_the_page.page.get_by_role("button", name="Stop all topic mail").click()
    by_the_page.sees("No more mail about topics.")

    second = f"{title} The second"
    editor.publishes(second)
    editor.drafts()
    editor.sends()

    assert len(letters_about(stays, second)) == 1
    assert letters_about(one_click, second) == letters_about(by_the_page, second) == []
    editor.page.get_by_role("link", name="Everybody on the list, and what became").click()
    editor.page.get_by_role("searchbox").fill(one_click.email)
    editor.page.get_by_role("button", name="Find").click()
    row = editor.page.get_by_role("row").filter(has_text=one_click.email)
    expect(row).to_contain_text("stopped this mail")
    editor.checks("Everybody on the list")


def test_words_audience_and_proof(editor: Editor, new_reader: NewReader, title: str) -> None:
    reader = a_follower(new_reader)
    editor.publishes(title)
    editor.drafts()
    page, count = editor.page, editor.page.locator("#count")
    expect(count).to_contain_text(re.compile("(person gets|people get) it"))
    page.get_by_role("checkbox", name="Russian").check()
    expect(count).to_contain_text("· Russian")
    page.get_by_role("checkbox", name="Russian").uncheck()
    expect(count).not_to_contain_text("· Russian")
    page.get_by_label("Subject").first.fill("Bridges, told anew")
    page.get_by_label("A few words before the topic").first.fill("This took *three* weeks.")
    editor.press("Keep and look at it")

    wide = page.frame_locator("iframe").first
    expect(wide.locator("em")).to_have_text("three")
    expect(page.frame_locator("iframe").nth(1).get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("searchbox").fill(reader.email)
    editor.press("Find")
    page.get_by_role("link", name=reader.email).click()
    expect(page.get_by_text(f"As {reader.email} would get it")).to_be_visible()
    for summary in page.locator("summary").all():
        # By keyboard: the frames above may still find their height, and a click would miss it.
        summary.press("Enter")
    expect(page.get_by_text("List-Unsubscribe=One-Click")).to_be_visible()
    editor.checks(title)
    editor.press("Send it in English")
    expect(page.get_by_role("status")).to_contain_text(f"on its way to {STAFF}")
    assert "This took three weeks." in proof_about("Bridges, told anew", editor).text
    page.get_by_role("link", name="3. Send").click()
    editor.press("What will happen?")
    editor.checks(title)
    page.get_by_role("link", name="1. Write").click()
    page.get_by_text("Throw this draft away…").click()
    editor.press("Throw it away")
    expect(page.get_by_text("Canceled before anything had left.")).to_be_visible()


def proof_about(subject: str, editor: Editor) -> Letter:
    """The colleague's own copy."""
    letters = editor.trial.letters

    def come() -> list[Letter]:
        return [each for each in letters.to(STAFF) if subject in each.subject]

    [proof] = until(come, f"no proof of {subject}")
    return proof


def tab_to(page: Page, target: Locator) -> None:
    for _step in range(60):
        if target.evaluate(IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {target}")


def test_by_keyboard_with_a_limit_pause_and_end(
    editor: Editor, new_reader: NewReader, title: str
) -> None:
    """At one mail a minute there is time to think again."""
    for _each in range(3):
        a_follower(new_reader)
    page = editor.page
    limit = page.get_by_label("At most so many mails a minute")
    page.goto(f"{editor.trial.url}/staff/broadcasts/")
    limit.fill("1")
    limit.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    editor.checks("Broadcasts")
    editor.publishes(title)
    for target in (
        page.get_by_role("link", name="Tell followers"),
        page.get_by_role("button", name=re.compile("^Write about it")),
        page.get_by_role("link", name="3. Send"),
        page.get_by_role("button", name="What will happen?"),
        page.get_by_role("button", name="Send it now"),
        page.get_by_role("button", name="Pause"),
    ):
        expect(target).to_be_visible()
        tab_to(page, target)
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    editor.sees(re.compile(r"^Paused: \d+ of \d+ mails have left\."))
    editor.checks(title)
    for name in ("Cancel it…", "Cancel it for good"):
        target = page.get_by_text(name, exact=True)
        tab_to(page, target)
        page.keyboard.press("Enter")
    editor.sees(re.compile(r"^Canceled: "))

    page.goto(f"{editor.trial.url}/staff/broadcasts/")
    limit.fill("")
    limit.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Kept.")


def test_without_script_it_loads_again_by_itself(
    browser: Browser, editor: Editor, new_reader: NewReader, title: str
) -> None:
    a_follower(new_reader)
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.context.add_cookies(editor.page.context.cookies())  # type: ignore[arg-type]
    editor.publishes(title)
    editor.drafts()
    plain.goto(editor.page.url)
    plain.get_by_role("checkbox", name="Russian").check()
    plain.get_by_label("Subject").first.fill("Kept while counting")
    plain.get_by_role("button", name="Count again").click()
    expect(plain.locator("#count")).to_contain_text("· Russian")
    expect(plain.get_by_label("Subject").first).to_have_value("Kept while counting")
    plain.get_by_role("checkbox", name="Russian").uncheck()
    plain.get_by_role("button", name="Keep", exact=True).last.click()
    plain.get_by_role("link", name="3. Send").click()
    plain.get_by_role("button", name="What will happen?").click()
    plain.get_by_role("button", name="Send it now").click()
    expect(plain.get_by_text(re.compile("^Finished: "))).to_be_visible(timeout=TIMEOUT)
    plain.context.close()
