"""Links that we mail: for one purpose, for a while, and never made up."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from donations.supporters import links
from donations.supporters.models import Supporter
from tests.supporters.links import aged

pytestmark = pytest.mark.django_db
PURPOSES = [links.CONFIRM, links.CHOICES]


@pytest.fixture
def ana() -> Supporter:
    return Supporter.objects.create(
        email="ana@example.org", language="ro", created_at=datetime(2026, 11, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize("purpose", PURPOSES)
def test_it_works(ana: Supporter, purpose: str) -> None:
    token = links.token_of(ana, purpose=purpose)
    assert links.supporter_of(token, purpose=purpose) == ana
    assert token.split(":")[0] == str(ana.pk), "no name and no address in it"


@pytest.mark.parametrize(("purpose", "days"), [(links.CONFIRM, 30), (links.CHOICES, 90)])
def test_it_works_for_a_while(
    ana: Supporter, purpose: str, days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    young = aged(monkeypatch, ana, purpose, days - 0.1)
    old = aged(monkeypatch, ana, purpose, days + 0.1)
    assert links.supporter_of(young, purpose=purpose) == ana
    with pytest.raises(links.LinkExpired) as caught:
        links.supporter_of(old, purpose=purpose)
    assert caught.value.supporter == ana


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("token", ["", "x", "1", "1:2:3", "\x00", "é:é:é", "9" * 5000])
def test_what_we_did_not_sign_is_unknown(ana: Supporter, purpose: str, token: str) -> None:
    with pytest.raises(links.LinkUnknown):
        links.supporter_of(token, purpose=purpose)


def test_one_purpose_is_not_another(ana: Supporter) -> None:
    token = links.token_of(ana, purpose=links.CONFIRM)
    with pytest.raises(links.LinkUnknown):
        links.supporter_of(token, purpose=links.CHOICES)


def test_another_number_does_not_fit_the_signature(ana: Supporter) -> None:
    number, rest = links.token_of(ana, purpose=links.CHOICES).split(":", 1)
    with pytest.raises(links.LinkUnknown):
        links.supporter_of(f"{int(number) + 1}:{rest}", purpose=links.CHOICES)


def test_somebody_who_is_gone_is_unknown(ana: Supporter) -> None:
    token = links.token_of(ana, purpose=links.CHOICES)
    ana.delete()
    with pytest.raises(links.LinkUnknown):
        links.supporter_of(token, purpose=links.CHOICES)


def test_it_survives_a_change_of_keys(ana: Supporter, settings: Settings) -> None:
    token = links.token_of(ana, purpose=links.CHOICES)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of sufficient length for a test of the house"
    assert links.supporter_of(token, purpose=links.CHOICES) == ana


def test_addresses_of_the_pages(ana: Supporter) -> None:
    assert "/ro/topics/confirm/?token=" in links.confirm_url(ana, "ro")
    assert "/ru/choices/?token=" in links.choices_url(ana, "ru")
