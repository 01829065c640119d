"""Where bounces go and are read."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.config.conftest import Start
from tests.deploy_check import PRODUCTION

ADDRESS = "bounces@news.example.org"
MAILBOX = "imaps://bounces:p%40ss@imap.example.org/INBOX"


def test_it_works(start: Start) -> None:
    settings = start(**PRODUCTION, BOUNCE_ADDRESS=ADDRESS, BOUNCE_MAILBOX_URL=MAILBOX)
    assert settings["BOUNCE_ADDRESS"] == ADDRESS
    assert settings["BOUNCE_MAILBOX_URL"] == MAILBOX


def test_nothing_is_needed(start: Start) -> None:
    settings = start(**PRODUCTION)
    assert (settings["BOUNCE_ADDRESS"], settings["BOUNCE_MAILBOX_URL"]) == ("", "")


def test_on_this_machine_it_need_not_be_encrypted(start: Start) -> None:
    url = "imap://bounces:word@127.0.0.1:1143/INBOX"
    assert start(DEBUG="on", BOUNCE_ADDRESS=ADDRESS, BOUNCE_MAILBOX_URL=url)


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "@news.example.org",
        "bounces@localhost",
        "boun+ces@news.example.org",
        "Bounces <bounces@news.example.org>",
        "bouncés@news.example.org",
        "x" * 40 + "@news.example.org",
    ],
)
def test_a_malformed_address_stops_the_start(start: Start, address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
        start(**PRODUCTION, BOUNCE_ADDRESS=address)


@pytest.mark.parametrize(
    "url",
    [
        "pop3://bounces:secret-word@host",
        "imap://bounces:secret-word@imap.example.org",
        "imaps://imap.example.org/INBOX",
        "imaps://bounces@imap.example.org",
        "imaps://bounces:secret-word@/INBOX",
        "imaps://bounces:secret-word@host:port/INBOX",
        "imaps://bounces:secret-word@[host/INBOX",
    ],
)
def test_a_malformed_mailbox_stops_the_start(start: Start, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_MAILBOX_URL") as refused:
        start(**PRODUCTION, BOUNCE_ADDRESS=ADDRESS, BOUNCE_MAILBOX_URL=url)
    assert "secret-word" not in str(refused.value)


def test_a_mailbox_without_an_address_stops_the_start(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_MAILBOX_URL needs the BOUNCE_ADDRESS"):
        start(**PRODUCTION, BOUNCE_MAILBOX_URL=MAILBOX)


def test_a_provider_needs_no_bounce_address(start: Start) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS goes with a mail server"):
        start(**PRODUCTION | {"EMAIL_URL": "postmark://token@", "BOUNCE_ADDRESS": ADDRESS})


def test_the_mailbox_may_stand_in_a_file(start: Start, tmp_path: Path) -> None:
    secret = tmp_path / "mailbox"
    secret.write_text(MAILBOX + "\n")
    settings = start(**PRODUCTION, BOUNCE_ADDRESS=ADDRESS, BOUNCE_MAILBOX_URL_FILE=str(secret))
    assert settings["BOUNCE_MAILBOX_URL"] == MAILBOX
