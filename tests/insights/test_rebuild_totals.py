"""The command that counts everything, and the one that only compares."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from donations.insights.models import DayTotal, MonthTotal, Movement, Standing, SupporterTotal
from donations.recounts.models import Recount
from tests.insights.comparing import everything
from tests.insights.rows import AT, donation, subscription, supporter

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("rebuild_totals", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def _rows() -> None:
    ana = supporter("ana")
    donation(supporter=ana)
    subscription(supporter=ana, told=((AT, "active", 1000),))
    subscription(supporter=None, told=((AT, "active", 300),))


@pytest.mark.usefixtures("_rows")
def test_everything_is_counted_from_nothing() -> None:
    run()
    assert DayTotal.objects.exists()
    assert Movement.objects.count() == 4
    assert not Recount.objects.exists()
    assert "are right" in run("--check")


@pytest.mark.usefixtures("_rows")
def test_the_second_time_nothing_is_different() -> None:
    run()
    before = everything()
    run()
    assert everything() == before


@pytest.mark.usefixtures("_rows")
def test_what_waits_to_be_counted_is_no_difference() -> None:
    run()
    donation()
    assert "are right" in run("--check")
    assert Recount.objects.exists(), "to look changes nothing"


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("model", [DayTotal, MonthTotal, Movement])
def test_a_total_that_is_missing_is_named(model: type[Movement]) -> None:
    run()
    model.objects.all().delete()
    said = StringIO()
    with pytest.raises(CommandError, match="differ"):
        call_command("rebuild_totals", "--check", stdout=said)
    assert f"{model.__name__}: missing" in said.getvalue()


@pytest.mark.usefixtures("_rows")
def test_a_total_that_is_wrong_is_named_and_put_right() -> None:
    run()
    SupporterTotal.objects.update(given_minor=1)
    Standing.objects.update(gifts=7)
    with pytest.raises(CommandError, match="4 totals"):
        run("--check")
    run()
    assert SupporterTotal.objects.get().given_minor == 1000


@pytest.mark.usefixtures("_rows")
def test_what_nobody_has_counted_is_a_difference() -> None:
    with pytest.raises(CommandError):
        run("--check")
    assert not DayTotal.objects.exists()
