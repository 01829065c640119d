"""What is wrong is said beside the field, read aloud first, and nothing typed is lost."""

import time

import pytest
from django.core.signing import TimestampSigner, b62_encode
from playwright.sync_api import expect

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser
MISTAKES = [
    ("amount", "", "Choose an amount, or type one."),
    ("amount", "ten", "Enter the amount in figures, for example 10.50."),
    ("amount", "0.10", "The smallest gift is €0.50."),
    ("email", "", "Enter your e-mail address: the receipt goes there."),
    ("email", "ana@", "Enter an e-mail address like name@example.com."),
]


class TwoDaysAgo(TimestampSigner):
    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - 2 * 24 * 3600)


@pytest.mark.parametrize(("name", "typed", "message"), MISTAKES)
def test_a_mistake_is_named_beside_its_field(
    reader: Reader, name: str, typed: str, message: str
) -> None:
    reader.watch.expect(422)
    reader.opens()
    reader.fills()
    reader.field(name).fill(typed)
    reader.sends()
    summary = reader.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text([message])
    field = reader.field(name)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert f"error-{name}" in (field.get_attribute("aria-describedby") or "").split()
    expect(reader.page.locator(f"#error-{name}")).to_contain_text(message)
    summary.get_by_role("link").click()
    expect(field).to_be_focused()
    expect(field).to_have_value(typed)


def test_the_page_title_says_that_something_is_wrong(reader: Reader) -> None:
    reader.watch.expect(422)
    reader.opens()
    reader.sends()
    expect(reader.page).to_have_title("Please check: Support NewsCafe")


def test_a_page_that_was_open_for_days_keeps_what_was_typed(reader: Reader) -> None:
    reader.watch.expect(422)
    signer = TwoDaysAgo(key=reader.trial.secret_key, salt="donations.give")
    reader.opens()
    reader.fills()
    reader.field("token").evaluate("(field, old) => field.value = old", signer.sign("give"))
    reader.sends()
    expect(reader.page.get_by_role("status")).to_contain_text("open for a long time")
    expect(reader.field("email")).to_have_value(reader.email)
    reader.sends()
    reader.pays()
    reader.is_thanked_once((1000, "EUR"))
