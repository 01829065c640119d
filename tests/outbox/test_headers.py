"""What a mail says about itself, and that nobody can make it say more."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from pytest_django import Settings

from donations.outbox import letters, operations
from donations.outbox.models import Message
from donations.outlet import queries as outlet
from donations.outlet.models import Outlet
from tests.outbox.conftest import Queue
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db
SNEAKY = "Ana\r\nBcc: everyone@example.org\n\x0bX: y\u2028Z"


@pytest.fixture(autouse=True)
def _sender(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Anything <support@news.example.org>"


def parsed(body: bytes) -> EmailMessage:
    message = message_from_bytes(body, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def sent(smtp: SmtpStandin, at: datetime) -> EmailMessage:
    assert operations.send_due(at=at) == 1
    return parsed(smtp.received[-1].body)


def test_it_works(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = queue()
    letter = sent(smtp, at)
    assert letter["Subject"] == "Thank you for supporting NewsCafe"
    assert letter["From"] == "NewsCafe <support@news.example.org>"
    assert letter["To"] == "reader1@example.org"
    assert letter["Reply-To"] == "office@rudeana.com"
    assert letter["Message-ID"] == f"<thanks.{message.token.hex}@news.example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert parsedate_to_datetime(letter["Date"]).tzinfo is not None
    assert letter.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert smtp.received[0].sender == "support@news.example.org"


def test_it_is_no_mailing(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    queue()
    letter = sent(smtp, at)
    assert not {"Precedence", "List-Unsubscribe", "List-ID", "Bcc", "Cc"} & set(letter.keys())


def test_each_header_once(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    queue()
    names = [name.lower() for name in sent(smtp, at).keys()]  # noqa: SIM118  a mail repeats names
    assert len(names) == len(set(names))


def test_the_message_id_stays_the_same(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    message = queue()
    first = sent(smtp, at)["Message-ID"]
    Message.objects.mark_uncertain(next_attempt_at=at)
    operations.send_again(message_id=message.pk, at=at)
    assert sent(smtp, at + timedelta(hours=1))["Message-ID"] == first


@pytest.mark.parametrize("name", [SNEAKY, "Ana <b>&\x00", "ș" * 300])
def test_no_name_breaks_out(name: str, queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    Outlet.objects.update(name=name[:100].replace("\x00", ""))
    queue(context={"name": name.replace("\x00", "\x01")})
    letter = sent(smtp, at)
    assert "Bcc" not in letter
    assert "X" not in letter
    assert not any(c < " " for value in letter.values() for c in value)
    assert smtp.addresses() == ["reader1@example.org"]


def test_a_sender_with_a_comma(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    Outlet.objects.update(name='Ziarul "Țara", Chișinău')
    queue()
    letter = sent(smtp, at)
    assert letter["From"].addresses[0].display_name == 'Ziarul "Țara", Chișinău'
    assert letter["From"].addresses[0].addr_spec == "support@news.example.org"


@pytest.mark.parametrize(
    "address",
    [
        f"{'a' * 64}@{'.'.join(['b' * 60] * 3)}.org",
        "o'reilly+news@example.org",
        "reader@пример.рф",
    ],
)
def test_addresses_survive(address: str, queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    queue(to=address)
    assert sent(smtp, at)["To"].addresses[0].username == address.partition("@")[0]
    assert smtp.addresses() == [address.replace("пример.рф", "xn--e1afmkfd.xn--p1ai")]


def test_the_longest_address(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 57}.org"
    assert len(address) == 254
    queue(to=address)
    sent(smtp, at)
    assert smtp.addresses() == [address]


@pytest.mark.parametrize("name", ["Ana", "Țîșu", "Анна", "שרה", "🌻", "x" * 2000])
def test_our_bytes_are_those_of_django(name: str, queue: Queue, at: datetime) -> None:
    Outlet.objects.update(name=name[:100])
    message = queue(context={"name": name, "manage_url": f"https://example.org/{name}"})
    letter = letters.write(message=message, outlet=outlet.current(), at=at)
    djangos = letter.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    assert same(letter.wire_bytes()) == same(djangos)


def same(message: bytes) -> list[bytes]:
    """Without the boundary, the order of the headers and how they are folded."""
    boundary = re.findall(rb'boundary="([^"]+)"', message)[0]
    head, _, body = message.replace(boundary, b"=").partition(b"\r\n\r\n")
    return [*sorted(re.sub(rb"\r\n ", b" ", head).split(b"\r\n")), body]


def test_no_line_is_too_long_for_smtp(queue: Queue, smtp: SmtpStandin, at: datetime) -> None:
    queue(context={"name": "ș" * 1000})
    operations.send_due(at=at)
    assert max(len(line) for line in smtp.received[0].body.split(b"\r\n")) <= 998
