"""What holds on every page from the first day: policy, headers, health, quiet logs."""

import json
import logging
import logging.config

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.logs import logging_config
from donations import readiness
from donations.outbox.models import Message
from donations.web.warm import WarmPages, key_of
from tests.newsroom import Newsroom

PAGES = ["/en/", "/ro/thanks/", "/ru/support/?token=x", "/accounts/login/", "/en/nowhere/", "/xx/",
         "/accounts/password/reset/"]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_strict_policy(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    rules = {rule.strip() for rule in policy.split(";")}
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= rules
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_secure_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers
    assert "Cross-Origin-Opener-Policy" in headers


@pytest.mark.django_db
def test_only_the_support_page_may_stand_in_a_frame(client: Client) -> None:
    assert "frame-ancestors *" in client.get("/en/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in client.get("/en/thanks/").headers["Content-Security-Policy"]


def test_the_process_lives(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_not_ready_without_workers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "SECONDS", 0.1)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["workers"] == "no answer"
    assert answer.json()["database"] == "ok"


def test_letters_and_gifts_leave_no_person_in_the_log(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        newsroom.subscribe()
        newsroom.stripe.fail_next("card_error")
        newsroom.client.get("/ro/support/", {"token": newsroom.subscription().token})
    assert Message.objects.exists()
    for secret in ("ana@example.org", "Ana Ș.", newsroom.subscription().token, "whsec_", "sk_test"):
        ours = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
        assert not [line for line in ours if secret in line]


def test_production_logs_json_without_the_address_of_a_request() -> None:
    formatter = logging.config.DictConfigurator({"version": 1}).configure_formatter(
        dict(logging_config(trial=False)["formatters"]["json"])
    )
    record = logging.LogRecord("django.request", 40, "", 1, "Not Found: /en/support/", None, None)
    record.request = RequestFactory().get("/en/support/?token=of-a-supporter")
    line = formatter.format(record)
    assert json.loads(line)["message"] == "Not Found: /en/support/"
    assert "of-a-supporter" not in line


def test_a_kept_page_depends_on_host_address_and_compression() -> None:
    ask = RequestFactory()
    keys = {
        key_of(ask.get("/en/")),
        key_of(ask.get("/en/?amount=5")),
        key_of(ask.get("/ro/")),
        key_of(ask.get("/en/", headers={"Accept-Encoding": "gzip"})),
        key_of(ask.get("/en/", headers={"Host": "other.example"})),
    }
    assert len(keys) == 5


@pytest.mark.django_db
def test_a_page_for_one_person_is_not_kept(client: Client) -> None:
    first = client.get("/en/thanks/?session_id=cs_1")
    assert "no-store" in first.headers["Cache-Control"]
    assert WarmPages.__name__ == "WarmPages"


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["give.example.org"]
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/en/", headers={"Host": "give.example.org"}).status_code == 200


def test_a_database_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "ensure_connection", gone)
    assert readiness.database_answers() is False
