"""An activity file at the desk: handed in, and moved on by buttons."""

from io import BytesIO

from django.test import Client
from django.utils import timezone

from donations.models import ActivityFile
from donations.reconciliation import importing
from tests.web.desk import text_of


def hand_in(desk: Client, body: bytes, name: str = "activity.csv") -> ActivityFile:
    """Upload a file and let a worker look into it."""
    upload = BytesIO(body)
    upload.name = name
    response = desk.post("/staff/paypal/", {"file": upload})
    assert response.status_code == 302
    work()
    file = ActivityFile.objects.latest("pk")
    assert response.headers["Location"] == address(file)
    return file


def work() -> None:
    """What the task does."""
    importing.run_due(at=timezone.now())


def address(file: ActivityFile, what: str = "") -> str:
    return f"/staff/paypal/{file.pk}/{what}"


def page(desk: Client, file: ActivityFile) -> str:
    return text_of(desk.get(address(file))).replace("\xa0", " ")


def act(desk: Client, file: ActivityFile, what: str, **data: str) -> str:
    """Press a button, let the worker do its work, and read the page."""
    desk.post(address(file, f"{what}/"), data)
    work()
    return page(desk, file)
