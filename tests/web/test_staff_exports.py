"""Lists as files at the desk: asked for, watched, fetched, stopped, and by nobody else."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations import tasks
from donations.lists import exporting
from donations.lists.exporting import KEPT, LEASE
from donations.models import Export, User
from tests.lists.crowd import a_supporter
from tests.web.desk import text_of

HERE = "/staff/exports/"


def a_colleague(role: str, email: str = "") -> User:
    return User.objects.create_user(email or f"{role}@example.org", is_staff=True, role=role)


@pytest.fixture
def treasurer(db: None) -> User:
    return a_colleague("treasurer")


@pytest.fixture
def office(treasurer: User, client: Client) -> Client:
    client.force_login(treasurer)
    return client


def ask(desk: Client, **changes: str) -> Export:
    told = {"room": "supporters", "query": "", "format": "csv", **changes}
    response = desk.post(f"{HERE}ask/", told)
    assert response.status_code == 302
    return Export.objects.latest("pk")


def page(desk: Client, export: Export) -> str:
    return text_of(desk.get(f"{HERE}{export.pk}/"))


def fetched(desk: Client, export: Export) -> Any:
    return desk.get(f"{HERE}{export.pk}/file/")


def test_none_yet(office: Client) -> None:
    assert "No file yet." in text_of(office.get(HERE))


def test_from_the_list_to_the_file(office: Client) -> None:
    a_supporter("Ana", language="ru")
    a_supporter("Ion")
    assert "Export as CSV" in text_of(office.get("/staff/supporters/"))
    export = ask(office, query="language=ru")

    waiting = page(office, export)
    assert "Your file waits for its turn." in waiting
    assert "Russian" in waiting
    assert '<meta http-equiv="refresh"' in office.get(f"{HERE}{export.pk}/").content.decode()
    assert fetched(office, export).status_code == 404

    tasks.write_exports()
    assert "Your file is ready." in page(office, export)
    assert "1 row." in page(office, export)
    assert "http-equiv" not in office.get(f"{HERE}{export.pk}/").content.decode()
    assert "Supporters, CSV" in text_of(office.get(HERE))

    file = fetched(office, export)
    body = b"".join(file.streaming_content)
    assert [line[1] for line in csv.reader(io.StringIO(body.decode("utf-8-sig")))] == [
        "Name",
        "Ana",
    ]
    assert file.headers["Content-Length"] == str(len(body))
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in file.headers["Cache-Control"]
    name = file.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="supporters-20')
    assert name.endswith('.csv"')


def test_for_excel(office: Client) -> None:
    export = ask(office, room="donations", format="xlsx")
    tasks.write_exports()
    body = b"".join(fetched(office, export).streaming_content)
    assert body.startswith(b"PK")


def test_how_far_it_is(office: Client) -> None:
    export = ask(office)
    now = timezone.now()
    Export.objects.filter(pk=export.pk).mark_taken(
        claim="00000000-0000-0000-0000-000000000001",  # type: ignore[arg-type]
        at=now,
        lease=LEASE,
    )
    Export.objects.filter(pk=export.pk).update(done=1200, total=3000)
    part = office.get(f"{HERE}{export.pk}/live/").content.decode()
    assert "1,200 of 3,000 rows" in text_of(office.get(f"{HERE}{export.pk}/"))
    assert '<progress max="3000"' in part
    assert "data-moves" in part
    assert "<html" not in part


def test_nobody_begins_with_it(office: Client) -> None:
    export = ask(office)
    Export.objects.update(asked_at=timezone.now() - exporting.LEASE)
    assert "No worker has begun for a minute." in page(office, export)


def test_a_double_click_is_one_file(office: Client) -> None:
    assert ask(office) == ask(office)


def test_stopped_and_stopped_the_second_time(office: Client) -> None:
    export = ask(office)
    address = f"{HERE}{export.pk}/cancel/"
    assert "Stopped. Nothing of it is kept." in text_of(office.post(address, follow=True))
    assert "It is not being written any more" in text_of(office.post(address, follow=True))


def test_the_sweep_finds_what_no_hint_told_of_and_deletes_what_is_old(office: Client) -> None:
    export = ask(office)
    exporting.run_next(clock=timezone.now)
    Export.objects.filter(pk=export.pk).update(finished_at=timezone.now() - KEPT)
    exporting.expire(at=timezone.now())
    assert "It was here for a week" in page(office, export)
    assert fetched(office, export).status_code == 404


def test_another_s_file_is_not_there(office: Client, treasurer: User) -> None:
    other = Client()
    other.force_login(a_colleague("treasurer", "other@example.org"))
    export = ask(other)
    tasks.write_exports()
    for address in ("", "live/", "file/"):
        assert office.get(f"{HERE}{export.pk}/{address}").status_code == 404
    assert office.post(f"{HERE}{export.pk}/cancel/").status_code == 404
    assert "No file yet." in text_of(office.get(HERE))


def test_an_administrator_sees_and_fetches_all_and_stops_their_own(
    office: Client, desk: Client
) -> None:
    boss = Client()
    boss.force_login(a_colleague("administrator"))
    export = ask(boss)
    other = Client()
    other.force_login(a_colleague("administrator", "chief@example.org"))
    assert other.post(f"{HERE}{export.pk}/cancel/").status_code == 404
    tasks.write_exports()
    assert fetched(other, export).status_code == 200
    assert "administrator@example.org" in text_of(other.get(HERE))


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_without_the_right(client: Client, treasurer: User, role: str) -> None:
    client.force_login(a_colleague(role))
    export = exporting.ask(
        by=treasurer,
        room="supporters",
        query="",
        file_format="csv",
        language="en",
        at=timezone.now(),
    )
    for address in ("", f"{export.pk}/", f"{export.pk}/live/", f"{export.pk}/file/"):
        assert client.get(f"{HERE}{address}").status_code == 403
    for address in ("ask/", f"{export.pk}/cancel/"):
        assert client.post(f"{HERE}{address}").status_code == 403


@pytest.mark.parametrize("changes", [{"room": "secrets"}, {"format": "exe"}, {"room": ""}])
def test_no_such_file(office: Client, changes: dict[str, str]) -> None:
    told = {"room": "supporters", "format": "csv", **changes}
    assert office.post(f"{HERE}ask/", told).status_code == 404
    assert not Export.objects.exists()


@pytest.mark.parametrize("address", ["ask/", "1/cancel/"])
def test_nothing_is_asked_for_by_looking(office: Client, address: str) -> None:
    assert office.get(f"{HERE}{address}").status_code == 405
