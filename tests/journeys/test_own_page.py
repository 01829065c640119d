"""Each thing that supporters do with their own, in two clicks, on a small phone, without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import NewReader
from tests.journeys.owning import ByKeyboard, Owner
from tests.journeys.waiting import until

pytestmark = pytest.mark.browser
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(params=["ro", "ru"])
def owner(request: pytest.FixtureRequest, new_reader: NewReader) -> Owner:
    """A new supporter, without script."""
    ana = Owner(new_reader(java_script_enabled=False), request.param)
    ana.gives()
    ana.comes_in()
    return ana


def test_changed_paused_resumed_stopped_and_taken_back(owner: Owner) -> None:
    page, before = owner.reader.page, owner.letters()
    owner.opens("change")
    page.locator("#id_money").fill("7")
    owner.presses()
    owner.is_home()
    expect(page.locator(".agreement h2")).to_contain_text("7")
    owner.opens("pause")
    page.locator("#id_months").select_option("2")
    owner.presses()
    owner.is_home()
    for deed in ("resume", "stop", "keep"):
        owner.opens(deed)
        owner.presses()
        owner.is_home()
    expect(page.locator("main a[href$='/stop/']")).to_be_visible()
    until(lambda: owner.letters() >= before + 5, "five letters, one for each")


def test_another_card_at_the_provider(owner: Owner) -> None:
    page = owner.reader.page
    owner.opens("card")
    owner.presses()
    expect(page).to_have_url(re.compile("/portal/"))
    page.locator("[name=card_number]").fill("5555 5555 5555 4444")
    page.get_by_role("button", name="Use this card").click()
    owner.is_home()
    expect(page.locator(".note")).to_be_visible()


def test_a_name_among_the_supporters(owner: Owner) -> None:
    page = owner.reader.page
    owner.opens("name")
    page.locator("#shown").check()
    page.locator("#name").fill(f"Ana {owner.reader.email[4:10]}")
    owner.presses()
    owner.is_home()
    owner.opens("name")
    expect(page.locator("#shown")).to_be_checked()


def test_another_address(owner: Owner) -> None:
    reader, new = owner.reader, f"new-{owner.reader.email}"
    owner.opens("address")
    reader.page.locator("#email").fill(new)
    owner.presses()
    owner.is_home()
    letter = reader.trial.letters.wait_for(new)
    found = re.search(r"http://\S+/address/confirm/\?token=\S+", letter.text)
    assert found is not None
    reader.page.goto(found[0])
    owner.presses()
    expect(reader.page.locator("main form")).to_have_count(0)
    reader.goes_to(f"/{owner.language}/account/")
    expect(reader.page.locator("footer bdi").first).to_have_text(new)


def test_taken_along_and_erased(owner: Owner) -> None:
    page = owner.reader.page
    owner.opens("data")
    page.locator("form[action$='/data/read/'] button").click()
    expect(page.locator(".copy")).to_contain_text(owner.reader.email)
    page.go_back()
    owner.opens("erase")
    page.locator("#sure").check()
    owner.presses()
    expect(page).to_have_url(re.compile(r"/account/erased/$"))
    assert owner.reader.trial.books.donations(owner.reader.email) == []


@pytest.fixture(params=["ro", "ru"])
def typist(request: pytest.FixtureRequest, new_reader: NewReader) -> ByKeyboard:
    """A new supporter without a mouse."""
    ana = ByKeyboard(new_reader(), request.param)
    ana.gives()
    ana.comes_in()
    return ana


def test_the_agreement_by_keyboard_alone(typist: ByKeyboard) -> None:
    page = typist.reader.page
    typist.opens("change")
    typist.types("#id_money", "8")
    typist.presses()
    typist.is_home()
    expect(page.locator(".agreement h2")).to_contain_text("8")
    for deed in ("pause", "resume", "stop", "keep"):
        typist.opens(deed)
        typist.presses()
        typist.is_home()
    expect(page.locator("main a[href$='/stop/']")).to_be_visible()
    typist.opens("card")
    typist.presses()
    typist.types("[name=card_number]", "5555 5555 5555 4444")
    page.keyboard.press("Enter")
    typist.is_home()


def test_choices_and_data_by_keyboard_alone(typist: ByKeyboard) -> None:
    page = typist.reader.page
    typist.opens("name")
    typist.ticks("#shown")
    typist.presses()
    typist.is_home()
    typist.opens("address")
    typist.types("#email", f"new-{typist.reader.email}")
    typist.presses()
    typist.is_home()
    typist.opens("data")
    typist.enters("form[action$='/data/read/'] button")
    expect(page.locator(".copy")).to_contain_text(typist.reader.email)
    typist.reader.goes_to(f"/{typist.language}/account/data/")
    typist.opens("erase")
    typist.ticks("#sure")
    typist.presses()
    expect(page).to_have_url(re.compile(r"/account/erased/$"))


@pytest.mark.parametrize("language", ["ro", "ru"])
def test_axe_finds_nothing_and_nothing_is_too_wide(new_reader: NewReader, language: str) -> None:
    owner = Owner(new_reader(), language)
    owner.gives()
    owner.comes_in()
    page = owner.reader.page
    deeds = [str(each.get_attribute("href")) for each in page.locator(".deeds a").all()]
    own = [f"/{language}/account/{path}" for path in ("name/", "address/", "data/", "data/erase/")]
    for path in (*deeds, *own, f"/{language}/supporters/", f"/{language}/account/erased/"):
        owner.reader.goes_to(path)
        assert complaints(page) == [], path
        assert not page.evaluate(IS_TOO_WIDE), path
    owner.reader.goes_to(f"/{language}/account/data/")
    page.locator("form[action$='/data/read/'] button").click()
    expect(page.locator(".copy")).to_be_visible()
    assert complaints(page) == []
    assert not page.evaluate(IS_TOO_WIDE)
