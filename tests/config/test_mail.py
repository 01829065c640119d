"""How mail leaves is one setting, and a wrong one stops the start without telling the key."""

import traceback

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.config.conftest import Start
from tests.deploy_check import PRODUCTION

KEY = "k3y-That-must/never+be:told"
WRITTEN = "k3y-That-must%2Fnever%2Bbe%3Atold"


@pytest.mark.parametrize(
    ("url", "backend", "anymail"),
    [
        (f"brevo://{WRITTEN}@", "brevo", {"BREVO_API_KEY": KEY}),
        (
            f"mailgun://{WRITTEN}@mg.example.org",
            "mailgun",
            {"MAILGUN_API_KEY": KEY, "MAILGUN_SENDER_DOMAIN": "mg.example.org"},
        ),
        (
            f"mailgun://{WRITTEN}@mg.example.org?region=eu&webhook_key=signs",
            "mailgun",
            {
                "MAILGUN_API_KEY": KEY,
                "MAILGUN_SENDER_DOMAIN": "mg.example.org",
                "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
                "MAILGUN_WEBHOOK_SIGNING_KEY": "signs",
            },
        ),
        (
            f"mailjet://public:{WRITTEN}@",
            "mailjet",
            {"MAILJET_API_KEY": "public", "MAILJET_SECRET_KEY": KEY},
        ),
        (f"postmark://{WRITTEN}@", "postmark", {"POSTMARK_SERVER_TOKEN": KEY}),
        (f"resend://{WRITTEN}@", "resend", {"RESEND_API_KEY": KEY}),
        (f"sendgrid://{WRITTEN}@", "sendgrid", {"SENDGRID_API_KEY": KEY}),
        (
            f"sparkpost://{WRITTEN}@?region=eu",
            "sparkpost",
            {
                "SPARKPOST_API_KEY": KEY,
                "SPARKPOST_API_URL": "https://api.eu.sparkpost.com/api/v1",
            },
        ),
    ],
)
def test_a_provider(start: Start, url: str, backend: str, anymail: dict[str, str]) -> None:
    settings = start(**{**PRODUCTION, "EMAIL_URL": url})
    assert settings["EMAIL_BACKEND"] == f"anymail.backends.{backend}.EmailBackend"
    assert settings["EMAIL_PROVIDER"] == backend
    assert settings["ANYMAIL"] == {**anymail, "WEBHOOK_SECRET": ""}


def test_a_mail_server_is_no_provider(start: Start) -> None:
    settings = start(**PRODUCTION)
    assert settings["EMAIL_BACKEND"] == "donations.outbox.backends.SmtpBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_USE_TLS"]) == ("user", True)
    assert (settings["EMAIL_PROVIDER"], settings["ANYMAIL"]) == ("", {})


@pytest.mark.parametrize(
    "url",
    [
        "postmark://",
        "postmark://@",
        f"postmark:{WRITTEN}",
        f"postmark://{WRITTEN}",
        f"postmark://{WRITTEN}:{WRITTEN}@",
        f"postmark://{WRITTEN}@host.example.org",
        f"postmark://{WRITTEN}@/path",
        f"postmark://{WRITTEN}@#part",
        f"postmark://{WRITTEN}@[",
        f"postmark://{WRITTEN}@:port",
        f"mailgun://{WRITTEN}@",
        f"mailjet://{WRITTEN}@",
        f"mailgun://{WRITTEN}@mg.example.org?region=mars",
        f"resend://{WRITTEN}@?region=eu",
        f"resend://{WRITTEN}@?webhook_key={WRITTEN}",
        f"mailgun://{WRITTEN}@mg.example.org?webhook_key=",
        f"mailgun://{WRITTEN}@mg.example.org?{WRITTEN}",
        f"pigeon://{WRITTEN}@",
    ],
)
def test_a_malformed_provider_stops_the_start(start: Start, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refused:
        start(**{**PRODUCTION, "EMAIL_URL": url})
    told = "".join(traceback.format_exception_only(refused.value))
    assert KEY not in told
    assert WRITTEN not in told


def test_the_webhook_secret(start: Start) -> None:
    secret = "footnote:Zq8vT2mXZq8vT2mX"
    settings = start(
        **PRODUCTION | {"EMAIL_URL": "postmark://token@", "EMAIL_WEBHOOK_SECRET": secret}
    )
    assert settings["ANYMAIL"]["WEBHOOK_SECRET"] == secret


@pytest.mark.parametrize(
    "secret", ["letmein", ":Zq8vT2mXZq8vT2mX", "user:short", "user:Ț" + "x" * 20]
)
def test_a_weak_webhook_secret_stops_the_start(start: Start, secret: str) -> None:
    changes = {"EMAIL_URL": "postmark://token@", "EMAIL_WEBHOOK_SECRET": secret}
    with pytest.raises(ImproperlyConfigured, match="EMAIL_WEBHOOK_SECRET") as refused:
        start(**PRODUCTION | changes)
    assert secret not in str(refused.value)


def test_a_webhook_secret_without_a_provider_stops_the_start(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_WEBHOOK_SECRET needs a provider"):
        start(**PRODUCTION, EMAIL_WEBHOOK_SECRET="footnote:Zq8vT2mXZq8vT2mX")


def test_a_sender_of_topics_that_is_none_stops_the_start(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="TOPICS_FROM_EMAIL"):
        start(**PRODUCTION, TOPICS_FROM_EMAIL="nobody")
