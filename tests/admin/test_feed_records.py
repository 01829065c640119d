"""Feeds and their entries are found and looked at; they are changed at the desk."""

import pytest
from django.test import Client

from donations.models import FeedEntry, User
from tests.topics.feeds import NOON, a_feed


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["feed", "feedentry"])
def test_a_list_and_a_record(client: Client, name: str) -> None:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    feed = a_feed("https://newscafe.example/feed/")
    entry = FeedEntry.objects.create(feed=feed, entry_id="a" * 64, seen_at=NOON)
    record = feed if name == "feed" else entry
    assert client.get(f"/admin/donations/{name}/", {"q": "a"}).status_code == 200
    page = client.get(f"/admin/donations/{name}/{record.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/admin/donations/{name}/{record.pk}/delete/").status_code == 403
