"""A list as a file: exactly what the page shows, whole or not at all, and gone after a week."""

import csv
import io
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from donations.history.models import Change
from donations.lists import exporting
from donations.lists.asking import asked
from donations.lists.exporting import KEPT, LEASE, MOST_TRIES, Incomplete
from donations.lists.models import Export, ExportPart
from donations.lists.rooms import LISTINGS
from donations.models import User
from tests.lists.crowd import a_gift, a_supporter

pytestmark = pytest.mark.django_db
State = Export.State


@pytest.fixture
def treasurer() -> User:
    return User.objects.create_user("t@example.org", is_staff=True, role="treasurer")


def wanted(by: User, query: str = "", **changes: Any) -> Export:
    told: dict[str, Any] = {
        "room": "supporters",
        "file_format": "csv",
        "language": "en",
        "at": timezone.now(),
        **changes,
    }
    return exporting.ask(by=by, query=query, **told)


def run(export: Export) -> Export:
    exporting.run_next(clock=timezone.now)
    export.refresh_from_db()
    return export


def rows(export: Export) -> list[list[str]]:
    text = b"".join(exporting.content(export)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_works(treasurer: User) -> None:
    ana = a_supporter("=Ana", email="ana@example.org", given={"EUR": 1050, "MDL": 20_000})
    mia = a_supporter("Mia", email="mia@example.org", given={}, days=1)
    export = run(wanted(treasurer))
    assert (export.state, export.done, export.total) == (State.DONE, 2, 2)
    heads, *lines = rows(export)
    assert heads[:6] == ["Number", "Name", "Address", "Support", "Given", "Returned"]
    assert [dict(zip(heads, line, strict=True)) for line in lines] == [
        {
            "Number": str(number),
            "Name": name,
            "Address": email,
            "Support": kind,
            "Given": given,
            "Returned": returned,
            "Currency": currency,
            "Gifts": gifts,
            "Latest gift": latest,
            "Language": "ro",
        }
        for number, name, email, kind, given, returned, currency, gifts, latest in (
            *(
                (
                    *(ana.pk, "'=Ana", "ana@example.org", "gave once or now and then"),
                    *(given, "0.00", currency, "1", "2026-11-20T12:00:00+00:00"),
                )
                for given, currency in (("10.50", "EUR"), ("200.00", "MDL"))
            ),
            (mia.pk, "Mia", "mia@example.org", "has not given yet", "", "", "", "0", ""),
        )
    ]


@pytest.mark.parametrize("query", ["", "sort=name&cols=name", "q=ana&language=ro&sort=most-EUR"])
def test_the_rows_the_order_and_the_columns_are_those_of_the_page(
    treasurer: User, query: str
) -> None:
    for number in range(5):
        a_supporter(f"Ana {number % 3}", days=number, given={"EUR": 100 * (number % 2 + 1)})
    a_supporter("Ion", language="ru")
    shown = asked(LISTINGS["supporters"], QueryDict(query))
    listed = [str(each.pk) for each in shown.sort.ordered(shown.rows())]
    assert [line[0] for line in rows(run(wanted(treasurer, query)))[1:]] == listed


def test_donations_have_their_currency_in_a_column_of_its_own(treasurer: User) -> None:
    gift = a_gift(note="@choir", currency="JPY", amount_minor=500)
    query = "cols=amount&cols=note&cols=fee"
    export = run(wanted(treasurer, query, room="donations"))
    assert rows(export) == [
        ["Number", "Received", "Amount", "Currency", "Fee", "Currency of the fee", "Note"],
        [str(gift.pk), "2026-11-20T12:00:00+00:00", "500", "JPY", "0.50", "EUR", "'@choir"],
    ]


def test_more_than_a_chunk(treasurer: User) -> None:
    for number in range(5):
        a_gift(days=number)
    export = wanted(treasurer, room="donations")
    exporting.run_next(clock=timezone.now, chunk=2)
    export.refresh_from_db()
    assert len(rows(export)) == 6


def test_in_the_language_of_whoever_asked(treasurer: User) -> None:
    export = run(wanted(treasurer, language="ro"))
    assert export.state == State.DONE
    assert export.language == "ro"


def test_asking_the_second_time_before_it_is_there(treasurer: User) -> None:
    first = wanted(treasurer)
    assert wanted(treasurer) == first
    assert wanted(treasurer, file_format="xlsx") != first
    run(first)
    assert wanted(treasurer) != first


def test_running_the_second_time_writes_nothing_more(treasurer: User) -> None:
    export = run(wanted(treasurer))
    assert not exporting.run_next(clock=timezone.now)
    assert export.parts.count() == 1


def test_the_history_says_who_took_what_away_and_not_who_was_searched_for(
    treasurer: User,
) -> None:
    wanted(treasurer, "q=ana@example.org&kind=regular")
    change = Change.objects.get()
    assert (change.what, change.by) == ("export.asked", treasurer)
    assert change.after == {
        "list": "supporters",
        "format": "csv",
        "filters": {"kind": ["regular"]},
        "search": True,
    }


def test_a_worker_that_died_loses_its_file_to_another(treasurer: User) -> None:
    a_supporter("Ana")
    export, now = wanted(treasurer), timezone.now()
    dead = "00000000-0000-0000-0000-00000000dead"
    Export.objects.filter(pk=export.pk).mark_taken(claim=dead, at=now, lease=LEASE)  # type: ignore[arg-type]
    ExportPart.objects.create(export=export, claim=dead, number=0, data=b"half")
    assert not exporting.is_anything_due(at=now)
    assert not exporting.run_next(clock=lambda: now)

    late = now + LEASE
    assert exporting.is_anything_due(at=late)
    assert exporting.run_next(clock=lambda: late)
    export.refresh_from_db()
    assert (export.state, export.tries) == (State.DONE, 2)
    assert rows(export)[1][1] == "Ana"
    assert export.parts.count() == 1


def test_a_file_that_every_worker_dies_of_fails(treasurer: User) -> None:
    export, now = wanted(treasurer), timezone.now()
    for tried in range(MOST_TRIES):
        Export.objects.filter(pk=export.pk).mark_taken(
            claim="00000000-0000-0000-0000-00000000dead",  # type: ignore[arg-type]
            at=now + tried * LEASE,
            lease=LEASE,
        )
    exporting.run_next(clock=lambda: now + MOST_TRIES * LEASE)
    export.refresh_from_db()
    assert export.state == State.FAILED


def test_one_at_a_time(treasurer: User) -> None:
    first, second, now = wanted(treasurer), wanted(treasurer, file_format="xlsx"), timezone.now()
    Export.objects.filter(pk=first.pk).mark_taken(
        claim="00000000-0000-0000-0000-000000000001",  # type: ignore[arg-type]
        at=now,
        lease=LEASE,
    )
    assert not exporting.run_next(clock=lambda: now)
    second.refresh_from_db()
    assert second.state == State.NEW


def interrupting(export: Export, how: str) -> Iterator[datetime]:
    """A clock at whose third look somebody steps in."""
    for look in count():
        if look == 3:
            if how == "canceled":
                exporting.cancel(export=export, at=timezone.now())
            else:
                Export.objects.filter(pk=export.pk).update(
                    claim="00000000-0000-0000-0000-000000000002"
                )
        yield timezone.now()


@pytest.mark.parametrize("how", ["canceled", "taken"])
def test_a_worker_whose_file_is_not_its_own_any_more_stops(treasurer: User, how: str) -> None:
    for _each in range(3):
        a_supporter()
    export = wanted(treasurer)
    clock = interrupting(export, how)
    exporting.run_next(clock=lambda: next(clock))
    export.refresh_from_db()
    assert export.state == (State.CANCELED if how == "canceled" else State.RUNNING)
    assert not export.parts.exists()


def test_canceled(treasurer: User) -> None:
    export = wanted(treasurer)
    assert exporting.cancel(export=export, at=timezone.now())
    assert not exporting.run_next(clock=timezone.now)


def test_canceled_the_second_time_or_too_late(treasurer: User) -> None:
    export = wanted(treasurer)
    exporting.cancel(export=export, at=timezone.now())
    assert not exporting.cancel(export=export, at=timezone.now())
    late = run(wanted(treasurer, "sort=name"))
    assert not exporting.cancel(export=late, at=timezone.now())
    assert late.parts.exists()


def test_a_failure_leaves_nothing_behind_and_names_nobody(
    treasurer: User, caplog: pytest.LogCaptureFixture
) -> None:
    export = wanted(treasurer, "q=ana@example.org")
    Export.objects.filter(pk=export.pk).update(room="nowhere")
    with caplog.at_level(logging.DEBUG):
        run(export)
    assert export.state == State.FAILED
    assert not export.parts.exists()
    assert f"export {export.pk} failed: KeyError" in caplog.text
    assert "ana@example.org" not in caplog.text


def test_deleted_after_a_week(treasurer: User) -> None:
    export = run(wanted(treasurer, "q=ana"))
    finished = export.finished_at or timezone.now()
    exporting.expire(at=finished + KEPT - timedelta(seconds=1))
    assert export.parts.exists()
    exporting.expire(at=finished + KEPT)
    export.refresh_from_db()
    assert (export.state, export.query) == (State.EXPIRED, "")
    assert not export.parts.exists()


def test_deleted_the_second_time(treasurer: User) -> None:
    run(wanted(treasurer))
    later = timezone.now() + KEPT
    exporting.expire(at=later)
    exporting.expire(at=later)
    assert Export.objects.get().state == State.EXPIRED


def test_a_file_that_is_deleted_while_it_is_fetched_is_no_whole_file(treasurer: User) -> None:
    export = run(wanted(treasurer))
    export.parts.all().delete()
    with pytest.raises(Incomplete):
        list(exporting.content(export))


def test_whose_they_are(treasurer: User) -> None:
    boss = User.objects.create_user("b@example.org", is_staff=True, role="administrator")
    other = User.objects.create_user("o@example.org", is_staff=True, role="treasurer")
    export = wanted(treasurer)
    assert list(exporting.exports_of(treasurer)) == [export]
    assert list(exporting.exports_of(boss)) == [export]
    assert not exporting.exports_of(other).exists()
