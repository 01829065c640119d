"""What was sent to whom can be looked up, and not changed."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from donations.broadcasts import operations
from donations.broadcasts.models import Delivery
from donations.models import Section, Topic, User
from donations.outbox.models import Bucket, Domain

AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


@pytest.mark.parametrize("name", ["broadcast", "edition", "delivery", "bucket", "domain"])
def test_a_list_and_a_record(staff: Client, name: str) -> None:
    topic = Topic.objects.create(
        section=Section.objects.get(slug="economy"),
        slug="a",
        language="en",
        created_at=AT,
        changed_at=AT,
    )
    broadcast = operations.draft(topic=topic, by=None, at=AT)
    delivery = Delivery.objects.create(
        broadcast=broadcast, email="a@example.org", language="en", asked_at=AT, next_attempt_at=AT
    )
    rows = {
        "broadcast": broadcast.pk,
        "edition": broadcast.editions.get(language="en").pk,
        "delivery": delivery.pk,
        "bucket": Bucket.objects.create(name="broadcasts", filled_at=AT).pk,
        "domain": Domain.objects.create(name="example.org").pk,
    }
    assert staff.get(f"/admin/donations/{name}/").status_code == 200
    record = f"/admin/donations/{name}/{rows[name]}/change/"
    page = staff.get(record)
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert staff.post(record, {"state": "sent"}).status_code == 403
