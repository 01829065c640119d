"""Suggestions and votes are found and looked at; they are decided at the desk."""

import pytest
from django.test import Client

from donations.models import User
from tests.topics.asking import a_giver, back, opened


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["suggestion", "vote"])
def test_a_list_and_a_record(client: Client, name: str) -> None:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    suggestion = opened("Bread")
    vote = back(suggestion, a_giver("ion@example.org")).votes.get()
    record = suggestion if name == "suggestion" else vote
    assert client.get(f"/admin/donations/{name}/", {"q": "bread"}).status_code == 200
    page = client.get(f"/admin/donations/{name}/{record.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(f"/admin/donations/{name}/{record.pk}/delete/").status_code == 403
