"""A list says how many it holds without counting millions."""

import pytest
from django.db import connection

from donations.lists.counting import Count, count, of_table, rounded
from donations.supporters.models import Supporter
from tests.lists.crowd import a_supporter

pytestmark = pytest.mark.django_db


def test_few_are_counted() -> None:
    a_supporter()
    assert count(Supporter.objects.all(), is_everything=True) == Count(1, "exactly")


@pytest.mark.parametrize(("most", "found"), [(1, Count(1, "over")), (2, Count(2, "exactly"))])
def test_many_are_not(most: int, found: Count) -> None:
    a_supporter()
    a_supporter()
    assert count(Supporter.objects.all(), is_everything=False, most=most) == found


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (999, 999), (10_049, 10_000), (1_004_999, 1_000_000)]
)
def test_an_estimate_has_three_figures(number: int, shown: int) -> None:
    assert rounded(number) == shown


def test_the_database_s_own_estimate() -> None:
    """Fresh statistics: by itself the database takes them whenever it likes."""
    a_supporter()
    if connection.vendor != "postgresql":
        assert of_table(Supporter.objects.all()) == 0
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE donations_supporter")
    assert of_table(Supporter.objects.all()) == 1
