"""Turning the pages of a list, forwards and backwards, through rows that are alike."""

from collections.abc import Iterator

import pytest

from donations.lists.asking import Asked
from donations.lists.keyset import Cut, Place, chunks, cut
from donations.supporters.models import Supporter
from tests.lists.crowd import a_gift, a_supporter, all_of, gifts_asked, people_asked

pytestmark = pytest.mark.django_db
SIZE = 3


def page(wanted: Asked[Supporter, object], way: str = "first", key: str = "") -> Cut[Supporter]:
    return cut(wanted.rows(), wanted.sort, Place(way=way, key=key), SIZE)  # type: ignore[arg-type]


def forwards(wanted: Asked[Supporter, object]) -> Iterator[Cut[Supporter]]:
    at = page(wanted)
    yield at
    while at.after:
        at = page(wanted, "after", at.after)
        yield at


def backwards(wanted: Asked[Supporter, object]) -> Iterator[Cut[Supporter]]:
    at = page(wanted, "last")
    yield at
    while at.before:
        at = page(wanted, "before", at.before)
        yield at


@pytest.mark.parametrize("sort", ["latest", "new", "name", "most-EUR"])
@pytest.mark.parametrize("many", [1, 3, 4, 8, 9])
def test_every_row_once_there_and_back(sort: str, many: int) -> None:
    for number in range(many):
        # Ties in every order: moments, names and amounts come twice.
        a_supporter(f"Ana {number // 2}", days=number // 2, given={"EUR": 100 * (number // 2 + 1)})
    wanted = people_asked(f"sort={sort}")
    every = all_of(wanted)
    there = list(forwards(wanted))
    back = list(backwards(wanted))
    assert [row for at in there for row in at.rows] == every
    assert [row for at in reversed(back) for row in at.rows] == every
    assert there[0].before == back[0].after == ""


def test_the_page_before_the_second_is_the_first() -> None:
    for number in range(7):
        a_supporter(days=number)
    wanted = people_asked()
    first = page(wanted)
    second = page(wanted, "after", first.after)
    assert page(wanted, "before", second.before) == first


def test_no_rows() -> None:
    assert page(people_asked()) == Cut(rows=[], before="", after="")
    assert page(people_asked(), "last").rows == []


@pytest.mark.parametrize(
    "key", ["", "x", "1", "1-", "-1-1", "1-2-3", "9" * 19 + "-1", "9" * 18 + "-1", "٣-٣", "1'-1"]
)
def test_a_key_that_leads_nowhere_leads_to_the_beginning(key: str) -> None:
    a_supporter()
    assert page(people_asked(), "after", key) == page(people_asked())


def test_the_name_that_a_key_stood_for_is_gone() -> None:
    a_supporter("Ana")
    key = page(people_asked("sort=name"), "after", "999999")
    assert [row.name for row in key.rows] == ["Ana"]


def test_no_name_stands_in_a_key() -> None:
    for _each in range(4):
        a_supporter("Ana")
    after = page(people_asked("sort=name")).after
    assert after.isdigit()


def test_those_without_a_name_are_sorted_by_address() -> None:
    a_supporter("Zoe")
    a_supporter("", email="mia@example.org")
    a_supporter("ana")
    shown = [str(each) for each in all_of(people_asked("sort=name"))]
    assert shown == ["ana", "mia@example.org", "Zoe"]


@pytest.mark.parametrize("many", [0, 1, 3, 6, 7])
def test_chunks_are_the_whole_list(many: int) -> None:
    for number in range(many):
        a_gift(days=number // 2)
    wanted = gifts_asked()
    found = [row for chunk in chunks(wanted.rows(), wanted.sort, SIZE) for row in chunk]
    assert found == all_of(wanted)
