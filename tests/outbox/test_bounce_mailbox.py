"""The mailbox itself: each message is read once and put aside, whatever the server is like."""

import logging
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import pytest
from pytest_django import Settings

from donations import tasks
from donations.outbox import bounces
from donations.outbox.bounces import mailbox
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.models.sending import State
from tests.outbox.bouncing import ADDRESS, READER, bounce, verp
from tests.standins.imap import ImapStandin

pytestmark = pytest.mark.django_db


def address_of(imap: ImapStandin, password: str = ImapStandin.password) -> str:
    user, word = quote(imap.user, safe=""), quote(password, safe="")
    return f"imap://{user}:{word}@127.0.0.1:{imap.port}/INBOX"


@pytest.fixture
def imap(settings: Settings) -> Iterator[ImapStandin]:
    with ImapStandin() as standin:
        settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX_URL = ADDRESS, address_of(standin)
        yield standin


def test_it_works(imap: ImapStandin, at: datetime) -> None:
    imap.put(bounce("postfix_unknown_user"))
    assert bounces.read(at=at) == {"kept": 1}
    event = MailEvent.objects.get()
    assert (event.provider, event.kind, event.mail) == ("mailbox", "bounced", "message:7")
    assert (event.email, event.at) == (READER, at)
    assert (imap.count(), imap.count("Processed")) == (0, 1)


def test_nothing_is_read_the_second_time(imap: ImapStandin, at: datetime) -> None:
    imap.put(bounce("qmail"))
    assert [bounces.read(at=at), bounces.read(at=at)] == [{"kept": 1}, {}]


def test_what_a_killed_run_left_is_kept_once(imap: ImapStandin, at: datetime) -> None:
    imap.put(bounce("gmail_unknown_user"))
    bounces.read(at=at)
    imap.put(bounce("gmail_unknown_user"))
    assert bounces.read(at=at) == {"known": 1}
    assert MailEvent.objects.count() == 1


def test_each_message_is_counted_by_what_it_is(imap: ImapStandin, at: datetime) -> None:
    for name in ("qmail", "mailbox_full", "autoreply_ro", "spam", "yahoo_complaint"):
        imap.put(bounce(name))
    imap.put(bounce("qmail", to=ADDRESS))
    assert bounces.read(at=at) == {
        "kept": 3,
        "answering machines": 1,
        "no reports": 1,
        "about no mail of ours": 1,
    }
    assert (imap.count(), imap.count("Processed")) == (0, 6)


def test_what_cannot_be_read_stays_for_a_person(imap: ImapStandin, at: datetime) -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n"
        for depth in range(2000)
    )
    imap.put(f"Delivered-To: {verp()}\r\n{nested}".encode())
    imap.put(bounce("qmail"))
    assert bounces.read(at=at) == {"unreadable": 1, "kept": 1}
    assert [kept.flags for kept in imap.folders["INBOX"]] == [{"\\Flagged"}]
    assert bounces.read(at=at) == {}, "it is not tried again"


def test_of_a_huge_message_only_the_beginning_is_fetched(
    imap: ImapStandin, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MAX_BYTES", 4096)
    imap.put(bounce("postfix_unknown_user") + b"x" * 5_000_000)
    assert bounces.read(at=at) == {"kept": 1}


def test_a_run_has_an_end(imap: ImapStandin, at: datetime) -> None:
    for _each in range(5):
        imap.put(bounce("spam"))
    assert bounces.read(at=at, limit=3) == {"no reports": 3}
    assert bounces.read(at=at, seconds=-1) == {}
    assert bounces.read(at=at) == {"no reports": 2}


def test_a_server_that_cannot_move(settings: Settings, at: datetime) -> None:
    with ImapStandin(can_move=False) as imap:
        settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX_URL = ADDRESS, address_of(imap)
        imap.put(bounce("qmail"))
        assert bounces.read(at=at) == {"kept": 1}
        assert (imap.count(), imap.count("Processed")) == (0, 1)


def test_a_server_with_all_folders_below_inbox(settings: Settings, at: datetime) -> None:
    with ImapStandin(only_below_inbox=True) as imap:
        settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX_URL = ADDRESS, address_of(imap)
        for _round in range(2):
            imap.put(bounce("spam"))
            assert bounces.read(at=at) == {"no reports": 1}
        assert (imap.count(), imap.count("INBOX.Processed")) == (0, 2)


@pytest.mark.parametrize("command", ["LOGIN", "SELECT", "SEARCH", "FETCH", "MOVE", "LOGOUT"])
def test_a_server_that_hangs_up_loses_nothing(
    command: str, settings: Settings, at: datetime
) -> None:
    with ImapStandin(hangs_up_at=command) as imap:
        settings.BOUNCE_ADDRESS, settings.BOUNCE_MAILBOX_URL = ADDRESS, address_of(imap)
        imap.put(bounce("qmail"))
        bounces.read(at=at)
        imap.hangs_up_at = ""
        bounces.read(at=at)
    assert MailEvent.objects.count() == 1
    assert (imap.count(), imap.count("Processed")) == (0, 1)


def test_a_wrong_password_is_logged_and_not_told(
    imap: ImapStandin, settings: Settings, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.BOUNCE_MAILBOX_URL = address_of(imap, "wrong-word")
    assert bounces.read(at=at) == {}
    assert "the bounce mailbox cannot be read: MailboxLoginError" in caplog.text
    assert "wrong-word" not in caplog.text


def test_a_server_that_is_away(
    settings: Settings, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BOUNCE_ADDRESS = ADDRESS
    settings.BOUNCE_MAILBOX_URL = "imap://bounces:word@127.0.0.1:1/INBOX"
    assert bounces.read(at=at) == {}
    assert "ConnectionRefusedError" in caplog.text


def test_without_a_mailbox_nothing_is_read(settings: Settings, at: datetime) -> None:
    settings.BOUNCE_MAILBOX_URL = ""
    assert bounces.read(at=at) == {}


def test_no_address_gets_into_the_log(
    imap: ImapStandin, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("qmail", "autoreply_ro", "spam", "yahoo_complaint"):
        imap.put(bounce(name))
    bounces.read(at=at)
    assert "2 kept" in caplog.text
    assert READER not in caplog.text
    assert "bounces+" not in caplog.text


def test_from_the_mailbox_to_an_address_that_is_left_alone(imap: ImapStandin, at: datetime) -> None:
    message = Message.objects.create(
        key="thanks:1",
        kind=Message.Kind.THANKS,
        to=READER,
        language="en",
        next_attempt_at=at,
        created_at=at,
        state=State.SENT,
        sent_at=at,
    )
    imap.put(bounce("postfix_unknown_user", to=verp(message.pk)))
    tasks.read_bounces()
    tasks.note_returns()
    left_alone = Suppression.objects.get()
    assert (left_alone.email, left_alone.source) == (READER, "mailbox")
