"""Who follows what is looked at here, and an address is given back its mail."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.test import Client

from donations.models import Section, Supporter, Suppression, User
from donations.sections import operations

AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


@pytest.fixture
def _rows(db: None) -> None:
    ana = Supporter.objects.create(email="ana@example.org", language="ro", created_at=AT)
    section = Section.objects.get(slug="economy")
    operations.choose(
        supporter=ana, sections=[section], language="ro", wording="Yes.", source="x", at=AT
    )
    Suppression.objects.create(email="ion@example.org", reason="complained", source="smtp", at=AT)


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("name", ["section", "follow", "suppression"])
def test_a_list_and_a_record(staff: Client, name: str) -> None:
    path = f"/admin/donations/{name}/"
    row = apps.get_model("donations", name)._default_manager.first()
    assert staff.get(path, {"q": "econ" if name == "section" else "ana"}).status_code == 200
    page = staff.get(f"{path}{row.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert staff.get(f"{path}add/").status_code == 403


@pytest.mark.usefixtures("_rows")
def test_an_address_may_be_written_to_again(staff: Client) -> None:
    row = Suppression.objects.get()
    staff.post(f"/admin/donations/suppression/{row.pk}/delete/", {"post": "yes"})
    assert not Suppression.objects.exists()
