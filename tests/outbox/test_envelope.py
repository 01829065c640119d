"""Where a bounce goes: to an address that says of which mail it is."""

from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from donations.outbox import operations
from donations.outbox.marks import mark_of_token
from tests.outbox.conftest import Queue
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db


def test_it_works(queue: Queue, smtp: SmtpStandin, settings: Settings, at: datetime) -> None:
    settings.BOUNCE_ADDRESS = "bounces@news.example.org"
    message = queue()
    operations.send_due(at=at)
    local, _at, domain = smtp.received[0].sender.partition("@")
    name, _plus, token = local.partition("+")
    assert (name, domain) == ("bounces", "news.example.org")
    assert mark_of_token(token) == f"message:{message.pk}"
    assert b"bounces@" not in smtp.received[0].body


def test_without_a_bounce_address_it_is_the_sender(
    queue: Queue, smtp: SmtpStandin, settings: Settings, at: datetime
) -> None:
    settings.BOUNCE_ADDRESS = ""
    queue()
    operations.send_due(at=at)
    assert smtp.received[0].sender == "support@footnote.test"


def test_a_mail_of_somebody_else_keeps_its_sender(smtp: SmtpStandin, settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "bounces@news.example.org"
    EmailMessage("Sign in", "…", "desk@example.org", ["editor@example.org"]).send()
    assert smtp.received[0].sender == "desk@example.org"


@pytest.mark.parametrize("token", ["", "x" * 24, "a" * 24, "ș" * 24, "a" * 23, "2" * 24])
def test_a_made_up_token_names_no_mail(token: str) -> None:
    assert mark_of_token(token) == ""
