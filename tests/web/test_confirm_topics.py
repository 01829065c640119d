"""The link in the mail that asks: a look changes nothing, a click confirms."""

import pytest
from django.test import Client

from donations.outbox.models import Message
from donations.sections.models import Follow
from donations.supporters import links
from donations.supporters.models import Consent, Supporter
from tests.supporters.links import aged
from tests.web.following import a_reader, asks, follows
from tests.web.form import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Supporter:
    return a_reader()


def address(supporter: Supporter, purpose: str = links.CONFIRM) -> str:
    return f"/en/topics/confirm/?token={links.token_of(supporter, purpose=purpose)}"


@pytest.fixture
def old(ana: Supporter, monkeypatch: pytest.MonkeyPatch) -> str:
    """A link of long ago."""
    return f"/en/topics/confirm/?token={aged(monkeypatch, ana, links.CONFIRM, 31)}"


def test_a_look_changes_nothing(client: Client, ana: Supporter) -> None:
    asks(ana, "economy", "politics")
    for _time in range(2):
        page = client.get(address(ana))
        client.head(address(ana))
    assert "<li>Economy</li>" in flat(page)
    assert "<li>Politics</li>" in flat(page)
    assert "Shall we write to you?" in flat(page)
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert not Follow.objects.active().exists()
    ana.refresh_from_db()
    assert ana.proved_at is None


def test_a_click_confirms(client: Client, ana: Supporter) -> None:
    asks(ana, "economy")
    response = client.post(address(ana), follow=True)

    assert "Thank you, that is settled." in flat(response)
    assert "<li>Economy</li>" in flat(response)
    assert "/en/choices/?token=" in flat(response)
    assert Follow.objects.active().count() == 1
    ana.refresh_from_db()
    assert ana.proved_at is not None
    said = Consent.objects.latest("pk")
    assert said.wording == "Yes, write to me about new topics (Economy)"


def test_a_click_the_second_time(client: Client, ana: Supporter) -> None:
    asks(ana)
    for _time in range(2):
        assert client.post(address(ana)).status_code == 302
    page = flat(client.get(address(ana)))
    assert "You will hear from us when there is a new topic." in page
    assert Consent.objects.count() == 2


def test_nothing_waits(client: Client, ana: Supporter) -> None:
    assert "There is nothing to confirm." in flat(client.get(address(ana)))
    client.post(address(ana))
    assert not Follow.objects.exists()


def test_what_is_followed_already(client: Client, ana: Supporter) -> None:
    follows(ana)
    assert "that is settled" in flat(client.get(address(ana)))


def test_a_link_that_is_too_old_offers_a_new_one(client: Client, ana: Supporter, old: str) -> None:
    asks(ana)
    Message.objects.all().delete()
    shown = client.get(old)
    assert shown.status_code == 410
    assert "This link is too old." in flat(shown)
    assert not Message.objects.exists()

    for _time in range(2):
        sent = client.post(old)
        assert (sent.status_code, "Look into your mailbox." in flat(sent)) == (200, True)
    assert Message.objects.get().to == ana.email
    assert not Follow.objects.active().exists()


def test_nothing_to_send_the_same_answer(client: Client, old: str) -> None:
    assert "Look into your mailbox." in flat(client.post(old))
    assert not Message.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "1:2:3", "%00"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_we_did_not_sign(client: Client, token: str, method: str) -> None:
    response = getattr(client, method)(f"/en/topics/confirm/?token={token}")
    assert response.status_code == 404
    assert "This link is not complete." in flat(response)


def test_a_link_for_choices_confirms_nothing(client: Client, ana: Supporter) -> None:
    asks(ana)
    assert client.post(address(ana, links.CHOICES)).status_code == 404
    assert not Follow.objects.active().exists()


def test_the_address_is_not_shown(client: Client, ana: Supporter) -> None:
    asks(ana)
    for page in (client.get(address(ana)), client.post(address(ana), follow=True)):
        assert ana.email not in flat(page)
