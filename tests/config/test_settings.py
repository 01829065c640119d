"""A half-configured service does not start, and says which setting is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.config.conftest import Start
from tests.deploy_check import PRODUCTION


def test_an_empty_environment_is_a_trial(start: Start, tmp_path: Path) -> None:
    settings = start()
    assert (settings["TRIAL"], settings["DEBUG"]) == (True, False)
    assert settings["STRIPE_IS_STANDIN"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["filemail:///srv/mail", "filemail:////srv/mail"])
def test_mail_into_files_lands_where_it_is_said(start: Start, url: str) -> None:
    assert start(DEBUG="on", EMAIL_URL=url)["EMAIL_FILE_PATH"] == "/srv/mail"


def test_in_a_trial_paypal_is_played_too(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYPAL_PORT", "9002")
    settings = start()
    assert settings["PAYPAL_IS_STANDIN"]
    assert settings["PAYPAL_WEBSITE_URL"] == "http://127.0.0.1:9002"
    assert settings["PAYPAL_IPN_VERIFY_URL"] == "http://127.0.0.1:9002/cgi-bin/webscr"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PAYPAL_WEBSITE_URL", "https://www.sandbox.paypal.com"),
        ("PAYPAL_IPN_VERIFY_URL", "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr"),
    ],
)
def test_a_paypal_that_is_set_is_not_played(start: Start, name: str, value: str) -> None:
    settings = start(DEBUG="on", **{name: value})
    assert not settings["PAYPAL_IS_STANDIN"]
    assert settings[name] == value
    for each in ("PAYPAL_WEBSITE_URL", "PAYPAL_IPN_VERIFY_URL"):
        assert ".paypal.com" in settings[each]


def test_in_production_paypal_is_itself(start: Start) -> None:
    settings = start(**PRODUCTION)
    assert not settings["PAYPAL_IS_STANDIN"]
    assert settings["PAYPAL_WEBSITE_URL"] == "https://www.paypal.com"
    assert settings["PAYPAL_IPN_VERIFY_URL"] == "https://ipnpb.paypal.com/cgi-bin/webscr"


def test_a_trial_keeps_its_secrets_the_second_time(start: Start) -> None:
    assert start()["SECRET_KEY"] == start()["SECRET_KEY"]


def test_production_starts(start: Start) -> None:
    settings = start(**PRODUCTION)
    assert (settings["TRIAL"], settings["DEBUG"]) == (False, False)
    assert not settings["STRIPE_IS_STANDIN"]


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL",
     "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
)  # fmt: skip
def test_what_is_missing_is_named(start: Start, name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is missing"):
        start(**{key: value for key, value in PRODUCTION.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("SECRET_KEY", "short"),
        ("SITE_URL", "give.example.org"),
        ("SITE_URL", "http://give.example.org"),
        ("DATABASE_URL", "mysql://x/y"),
        ("CELERY_BROKER_URL", "kafka://x"),
        ("CACHE_URL", "paper://x"),
        ("EMAIL_URL", "pigeon://x"),
        ("STRIPE_SECRET_KEY", "pk_test_public"),
        ("STRIPE_WEBHOOK_SECRET", "secret"),
        ("STRIPE_API_BASE", "ftp://x"),
        ("PAYPAL_WEBSITE_URL", "http://paypal.evil.example"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("TRUSTED_PROXIES", "many"),
        ("ALLOWED_HOSTS", " , "),
        ("DEFAULT_FROM_EMAIL", "nonsense"),
        ("SITE_URL", "https://user:password@give.example.org"),
        ("SITE_URL", "https://give.example.org/?a=b"),
    ],
)
def test_what_is_malformed_is_named(start: Start, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        start(**{**PRODUCTION, name: value})


@pytest.mark.parametrize(
    ("name", "value"), [("DEBUG", "on"), ("STRIPE_API_BASE", "https://x.example")]
)
def test_a_live_key_is_for_production_alone(start: Start, name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="STRIPE_SECRET_KEY is a live key"):
        start(**{**PRODUCTION, name: value})


def test_a_secret_from_a_file(start: Start, tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("from-a-file-" + "y" * 50)
    environment = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    assert start(**environment, SECRET_KEY_FILE=str(secret))["SECRET_KEY"].startswith("from-a-")


def test_a_secret_file_that_is_not_there_is_named(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL_FILE cannot be read"):
        start(**PRODUCTION, EMAIL_URL_FILE="/nowhere/at/all")


def test_no_secret_is_told_when_the_start_fails(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        start(**{**PRODUCTION, "SECRET_KEY": "tooshort"})
    assert "tooshort" not in str(refused.value)


def test_without_stripe_there_is_no_stand_in_in_production(start: Start) -> None:
    settings = start(**{k: v for k, v in PRODUCTION.items() if not k.startswith("STRIPE")})
    assert settings["STRIPE_SECRET_KEY"] == ""
    assert not settings["STRIPE_IS_STANDIN"]
