"""The link in the letter stops a monthly gift, with one button and for good."""

import pytest

from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


def supporter_at_the_link(reader: Reader) -> None:
    reader.begins("5", "month")
    reader.pays()
    reader.page.goto(reader.link_for_stopping())


def what_stripe_told(reader: Reader) -> list[str]:
    (page,) = reader.provider.pages(reader.email)
    return reader.provider.told_of(page["subscription"])


def test_one_button_stops_it_and_a_reload_stops_nothing_twice(either_reader: Reader) -> None:
    reader = either_reader
    supporter_at_the_link(reader)
    reader.sees("Your support")
    reader.reads("€5 every month")
    before = what_stripe_told(reader)
    reader.page.get_by_role("button", name="Stop my support").click()
    reader.sees("Your support is stopped.")
    after = what_stripe_told(reader)
    assert len(after) == len(before) + 1
    reader.page.reload()
    reader.sees("Your support is stopped.")
    assert what_stripe_told(reader) == after
    assert reader.trial.books.donations(reader.email) == [(500, "EUR")]


def test_a_link_that_is_not_ours_finds_nothing(reader: Reader) -> None:
    reader.watch.expect(404)
    answer = reader.page.goto(f"{reader.trial.url}/en/support/?token=someone-elses")
    assert answer is not None
    assert answer.status == 404
