"""PayPal's activity file over the web: handed in, asked about, previewed, imported."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.models import ActivityFile, Donation, Message, Outlet, User
from donations.reconciliation import importing
from donations.reconciliation.models import ActivityFilePart
from tests.gateways.activity import ENGLISH, GERMAN, made, payment
from tests.web.desk import text_of
from tests.web.filedesk import act, address, hand_in, page, work

Counted = Callable[..., Any]


def test_nothing_yet(desk: Client) -> None:
    shown = text_of(desk.get("/staff/paypal/"))
    assert "None yet." in shown
    assert "Where do I find the file?" in shown


def test_from_the_upload_to_the_books(desk: Client, editor: User) -> None:
    Outlet.objects.update(paypal_email="Gifts@example.org")
    file = hand_in(desk, ENGLISH.read_bytes())

    preview = page(desk, file)
    assert "Nothing is in the books yet." in preview
    assert "5 Gifts to be taken" in preview or "Gifts to be taken 5" in preview
    assert "Euro EUR 40.00" in preview
    assert "US Dollar USD 1,000.00" in preview
    assert "Polish Zloty PLN 100.00" in preview
    assert "1,140" not in preview
    assert "holds and their release 2" in preview
    assert "No payment in this file went to our PayPal address" not in preview
    assert not Donation.objects.exists()

    done = act(desk, file, "confirm")
    assert "Imported" in done
    assert "Gifts taken 5" in done
    assert Donation.objects.count() == 5
    assert not ActivityFilePart.objects.exists()
    assert editor.email in text_of(desk.get("/staff/paypal/"))
    assert "5 gifts came without a sign" in text_of(desk.get("/staff/gifts/"))


def test_the_same_file_adds_nothing(desk: Client) -> None:
    act(desk, hand_in(desk, ENGLISH.read_bytes()), "confirm")
    again = hand_in(desk, ENGLISH.read_bytes())
    assert "Gifts to be taken 0" in page(desk, again)
    assert "This file adds no gift" in page(desk, again)
    act(desk, again, "confirm")
    assert Donation.objects.count() == 5


def test_a_file_without_a_gift(desk: Client) -> None:
    file = hand_in(desk, made([payment(1, Status="Denied")]))
    assert "Importing it would change nothing." in page(desk, file)


def test_the_second_click_does_nothing(desk: Client) -> None:
    file = hand_in(desk, GERMAN.read_bytes())
    act(desk, file, "confirm")
    for what in ("confirm", "discard", "answer"):
        response = desk.post(address(file, f"{what}/"), follow=True)
        assert "This file has moved on in the meantime" in text_of(response)
    file.refresh_from_db()
    assert file.state == ActivityFile.State.DONE


def test_thrown_away(desk: Client) -> None:
    file = hand_in(desk, ENGLISH.read_bytes())
    assert "This file was thrown away." in act(desk, file, "discard")
    assert not ActivityFilePart.objects.exists()
    assert "thrown away" in text_of(desk.get("/staff/paypal/"))
    work()
    assert not Donation.objects.exists()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"PK\x03\x04zipped", "This is a ZIP archive or an Excel workbook."),
        (b"<html>Log in</html>", "This is a web page."),
        (b"\n", "The file is empty."),
        (b"a,b\n1,2\n", "This is not PayPal's activity as CSV."),
        ("Datum,Größe,x\n".encode("cp1252"), "The file is not in UTF-8 (near line 1)"),
    ],
)
def test_refused_with_what_to_do(desk: Client, body: bytes, says: str) -> None:
    file = hand_in(desk, body)
    shown = page(desk, file)
    assert "This file cannot be taken" in shown
    assert "Nothing of it is in the books." in shown
    assert says in shown
    assert not ActivityFilePart.objects.exists()


@pytest.mark.parametrize("data", [{}, {"file": "text"}])
def test_no_file_at_all(desk: Client, data: dict[str, str]) -> None:
    response = desk.post("/staff/paypal/", data)
    assert response.status_code == 422
    assert "Choose a file." in text_of(response)


def test_an_empty_file(desk: Client) -> None:
    assert "The file is empty." in page(desk, hand_in(desk, b""))


def test_too_large(desk: Client) -> None:
    over = b"x" * (importing.MAX_UPLOAD + 1)
    upload = BytesIO(over)
    upload.name = "large.csv"
    response = desk.post("/staff/paypal/", {"file": upload})
    assert response.status_code == 413
    assert "This file is larger than 40 MB." in text_of(response)
    assert not ActivityFile.objects.exists()


def test_far_too_large_is_not_even_read(desk: Client) -> None:
    response = desk.post(
        "/staff/paypal/",
        data=b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10 * importing.MAX_UPLOAD),
    )
    assert response.status_code == 413
    assert "This file is larger than 40 MB." in text_of(response)


def test_whose_file_is_it(desk: Client) -> None:
    Outlet.objects.update(paypal_email="office@newscafe.example")
    shown = page(desk, hand_in(desk, ENGLISH.read_bytes()))
    assert (
        "No payment in this file went to our PayPal address; they went to gifts@example.org."
        in shown
    )


def test_the_page_looks_again_while_a_worker_has_the_file(desk: Client) -> None:
    upload = BytesIO(ENGLISH.read_bytes())
    upload.name = "activity.csv"
    desk.post("/staff/paypal/", {"file": upload})
    file = ActivityFile.objects.get()
    importing.show_progress(file, 1200)

    looking = desk.get(address(file))
    assert looking.headers["Refresh"] == "2"
    assert "1,200 lines so far" in text_of(looking)

    work()
    assert "Refresh" not in desk.get(address(file))
    file.refresh_from_db()
    file.mark(ActivityFile.State.RUNNING, at=timezone.now())
    importing.show_progress(file, 4)
    assert "Line 4 of 13" in page(desk, file)

    file.mark(ActivityFile.State.CONFIRMED, at=timezone.now() - timedelta(hours=1))
    importing.show_progress(file, 0)
    assert "No task worker has begun for a minute." in page(desk, file)


def test_what_strangers_wrote_is_only_text(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    rows = [payment(1, Note="=HYPERLINK(1)", Name=evil, Type=evil), payment(2, Gross=evil)]
    file = hand_in(desk, made(rows), name=f"{evil}.csv")
    shown = desk.get(address(file)).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "<script>alert" not in desk.get("/staff/paypal/").content.decode()


def test_more_files_are_no_more_queries(
    desk: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    act(desk, hand_in(desk, ENGLISH.read_bytes()), "confirm")
    with django_assert_max_num_queries(5) as asked:
        desk.get("/staff/paypal/")
        few = len(asked)
    for _each in range(5):
        hand_in(desk, GERMAN.read_bytes())
    with django_assert_num_queries(few):
        desk.get("/staff/paypal/")


def test_an_import_thanks_nobody_for_what_is_old(desk: Client) -> None:
    act(desk, hand_in(desk, made([payment(1, Date="20.11.2025")])), "confirm")
    assert Donation.objects.exists()
    assert not Message.objects.exists()


def test_a_file_that_is_not_there(desk: Client) -> None:
    assert desk.get("/staff/paypal/99/").status_code == 404
    for what in ("answer", "confirm", "discard"):
        assert desk.post(f"/staff/paypal/99/{what}/").status_code == 404
