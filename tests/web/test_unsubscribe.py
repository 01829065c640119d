"""The link in every topic mail: RFC 8058 for programs, a calm page for people."""

import logging

import pytest
from django.test import Client
from pytest_django import Settings

from config.logs import WithoutTokens, logging_config
from donations.broadcasts.models import Delivery
from donations.broadcasts.operations.leaving import ONE_CLICK
from donations.outbox.models.sending import State
from donations.seals import seal
from donations.sections import queries
from donations.supporters.models import Consent, Supporter
from tests.web.following import a_delivery, a_reader, address, follows
from tests.web.form import flat

pytestmark = pytest.mark.django_db
BOUNDARY = "x1y2"
MULTIPART = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    f"One-Click\r\n--{BOUNDARY}--\r\n"
)
BODIES = [
    ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
    (f"multipart/form-data; boundary={BOUNDARY}", MULTIPART),
    ("multipart/form-data", "broken"),
    (f"multipart/form-data; boundary={BOUNDARY}", "broken"),
    ("application/x-www-form-urlencoded", ""),
    ("text/plain", "List-Unsubscribe=One-Click"),
]


@pytest.fixture
def ana() -> Supporter:
    return a_reader()


def chosen(supporter: Supporter) -> list[str]:
    now = queries.choices(supporter)
    return ["every"] * now.every + [each.slug for each in now.sections]


class TestOneClick:
    """A mail program posts, with no cookie and no form of ours."""

    @pytest.mark.parametrize(("kind", "body"), BODIES)
    def test_it_works(self, ana: Supporter, kind: str, body: str) -> None:
        follows(ana, "economy", "politics")
        delivery = a_delivery(ana)
        strict = Client(enforce_csrf_checks=True)
        answer = strict.generic("POST", address(delivery), body.encode(), kind)

        assert (answer.status_code, answer.cookies) == (200, {})
        assert chosen(ana) == ["politics"]
        delivery.refresh_from_db()
        assert delivery.unsubscribed_at is not None

    def test_a_body_that_is_too_large(self, ana: Supporter, settings: Settings) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
        follows(ana)
        assert Client().post(address(a_delivery(ana)), {"x": "y" * 500}).status_code == 200
        assert chosen(ana) == ["politics", "war-in-ukraine"]

    def test_the_second_time(self, client: Client, ana: Supporter) -> None:
        follows(ana, "economy")
        delivery = a_delivery(ana)
        first = client.post(address(delivery), {"List-Unsubscribe": "One-Click"})
        delivery.refresh_from_db()
        when = delivery.unsubscribed_at
        second = client.post(address(delivery), {"List-Unsubscribe": "One-Click"})
        delivery.refresh_from_db()

        assert (first.status_code, second.status_code) == (200, 200)
        assert delivery.unsubscribed_at == when
        said = list(Consent.objects.order_by("pk").values_list("granted", "wording"))
        assert said == [(True, "Chosen."), (False, ONE_CLICK)]

    def test_mail_to_everybody_stops_everything(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        client.post(address(a_delivery(ana, "")), {"List-Unsubscribe": "One-Click"})
        assert chosen(ana) == []

    def test_what_waits_is_withdrawn(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        sent, other = a_delivery(ana), a_delivery(ana, "politics", state=State.PENDING)
        same, any_section = (a_delivery(ana, each, state=State.PENDING) for each in ("economy", ""))
        client.post(address(sent), {"List-Unsubscribe": "One-Click"})

        states = {each.pk: (each.state, each.reason) for each in Delivery.objects.all()}
        assert states[sent.pk] == (State.SENT, "")
        assert states[same.pk] == (State.WITHDRAWN, Delivery.Reason.STOPPED)
        assert states[other.pk] == states[any_section.pk] == (State.PENDING, "")

    def test_nothing_of_others(self, client: Client, ana: Supporter) -> None:
        ion = a_reader("ion@example.org")
        for each in (ana, ion):
            follows(each, "economy")
        his = a_delivery(ion, state=State.PENDING)
        client.post(address(a_delivery(ana)), {"stop": "all"})
        his.refresh_from_db()
        assert (his.state, chosen(ion)) == (State.PENDING, ["economy"])

    def test_somebody_who_is_gone(self, client: Client) -> None:
        delivery = a_delivery(None)
        assert client.post(address(delivery)).status_code == 200
        assert client.get(address(delivery)).status_code == 200


class TestPage:
    """People see what they stop before they do."""

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_a_look_stops_nothing(self, client: Client, ana: Supporter, method: str) -> None:
        follows(ana, "economy")
        delivery = a_delivery(ana)
        for query in ("", "?stop=all", "?List-Unsubscribe=One-Click"):
            page = getattr(client, method)(address(delivery) + query)
            assert page.status_code == 200
        delivery.refresh_from_db()
        assert (chosen(ana), delivery.unsubscribed_at) == (["economy"], None)
        assert not page.cookies
        assert "no-store" in page["Cache-Control"]

    def test_the_buttons(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        page = flat(client.get(address(a_delivery(ana))))
        assert "Stop mail about Economy" in page
        assert "Stop all topic mail" in page
        assert "/en/choices/?token=" in page
        assert ana.email not in page

    def test_mail_to_everybody_has_one_button(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        page = flat(client.get(address(a_delivery(ana, ""))))
        assert "Stop mail about" not in page
        assert "Stop all topic mail" in page

    def test_one_section(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        delivery = a_delivery(ana)
        page = flat(client.post(address(delivery), {"stop": "section"}))
        assert "No more mail about Economy." in page
        assert "Changed your mind?" in page
        assert chosen(ana) == ["politics", "war-in-ukraine"]
        assert "No more mail about Economy." in flat(client.get(address(delivery)))

    def test_everything(self, client: Client, ana: Supporter) -> None:
        follows(ana, "economy", "politics")
        page = flat(client.post(address(a_delivery(ana)), {"stop": "all"}))
        assert "No more mail about topics." in page
        assert "Changed your mind?" in page
        assert chosen(ana) == []
        assert Consent.objects.latest("pk").wording == "Stop all topic mail"

    def test_it_speaks_the_language_of_the_mail(self, client: Client, ana: Supporter) -> None:
        follows(ana)
        delivery = a_delivery(ana, language="ro")
        page = client.get(address(delivery), headers={"accept-language": "ru"})
        assert '<html lang="ro">' in flat(page)
        assert "Economie" in flat(page)
        assert "/ro/choices/?token=" in flat(page)


@pytest.mark.parametrize("token", ["x", "a" * 24, seal(7, purpose="bounce"), "é" * 24])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_we_did_not_seal(client: Client, token: str, method: str) -> None:
    answer = getattr(client, method)(f"/u/{token}/")
    assert answer.status_code == 404
    assert "This link is not complete." in flat(answer)


def test_no_other_method(client: Client, ana: Supporter) -> None:
    follows(ana)
    assert client.delete(address(a_delivery(ana))).status_code == 405
    assert chosen(ana) == ["every"]


def test_the_token_is_in_no_log() -> None:
    token = seal(7, purpose="unsubscribe")
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, "%s: %s", ("Server Error", f"/u/{token}/"), None
    )
    assert WithoutTokens().filter(record)
    assert record.getMessage() == "Server Error: /u/…/"
    assert WithoutTokens in [each["()"] for each in logging_config(trial=False)["filters"].values()]
