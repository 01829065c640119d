"""From an address that is typed in to a vote that counts: by way of the mailbox."""

import re

import pytest
from django.test import Client

from donations.outbox.models import Message
from tests.topics.asking import a_giver, opened, voters
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db


def hidden(page: str, name: str, *, after: str) -> str:
    """What a form carries along."""
    found = re.search(rf'name="{name}"\s+value="([^"]+)"', page.split(after, 1)[1])
    assert found
    return found[1]


def ask_for_link(client: Client, email: str) -> str:
    """The small form on the page of suggestions."""
    page = client.get("/en/suggestions/").content.decode()
    token = hidden(page, "token", after='id="link"')
    return text_of(client.post("/en/choices/", {"token": token, "email": email}))


def test_the_answer_is_the_same_for_everybody(client: Client) -> None:
    a_giver("ana@example.org")
    known, stranger = (ask_for_link(client, f"{name}@example.org") for name in ("ana", "eve"))
    assert known == stranger
    assert [each.to for each in Message.objects.all()] == ["ana@example.org"]


def test_by_way_of_the_mailbox(client: Client) -> None:
    ana, suggestion = a_giver("ana@example.org"), opened("Bread")
    ask_for_link(client, "ana@example.org")
    choices = client.get(Message.objects.get().context["choices_url"]).content.decode()

    address = re.search(r'href="(/en/suggestions/\?token=[^"]+)"', choices)
    assert address
    page = client.get(address[1]).content.decode()
    token = hidden(page, "token", after=f'id="s{suggestion.pk}"')
    said = {"token": token, "suggestion": suggestion.pk, "back": 1}
    answer = client.post("/en/suggestions/vote/", said, follow=True)

    assert "Your vote counts." in text_of(answer)
    assert ana in voters(suggestion)
