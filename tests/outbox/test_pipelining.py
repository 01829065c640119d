"""MAIL, RCPT and DATA in one write, and every way in which a server can answer that."""

import smtplib
from collections.abc import Callable, Iterator

import pytest

from donations.outbox.smtp import NotHandedOver, Smtp, distrusted, with_its_end
from donations.outbox.verdicts import Fate, judge
from tests.standins.smtp import Fault, Manners, SmtpStandin

SENDER, READER, OTHER = "desk@example.org", "reader@example.org", "other@example.org"
TEXT = b"Subject: s\r\n\r\n.one\r\n..two\r\n.\r\nthree"
Talk = Callable[[], Smtp]


@pytest.fixture
def server() -> Iterator[SmtpStandin]:
    """A mail server that nobody distrusts yet."""
    distrusted.clear()
    with SmtpStandin() as standin:
        yield standin
    distrusted.clear()


@pytest.fixture
def talk(server: SmtpStandin) -> Iterator[Talk]:
    """Opens connections to it, that are closed afterwards."""
    opened = []

    def connect() -> Smtp:
        opened.append(Smtp("127.0.0.1", server.port, local_hostname="me", timeout=5))
        return opened[-1]

    yield connect
    for each in opened:
        each.close()


def caught(connection: Smtp, to: str = READER) -> smtplib.SMTPException:
    """What is raised over this message."""
    with pytest.raises(smtplib.SMTPException) as error:
        connection.deliver(SENDER, to, TEXT)
    return error.value


def assert_usable(connection: Smtp, server: SmtpStandin) -> None:
    """The next message goes over the same connection, and nothing is left of the one before."""
    before = server.connections
    connection.deliver(SENDER, OTHER, TEXT)
    assert server.received[-1].to == OTHER
    assert server.received[-1].body.endswith(b"three\r\n")
    assert server.connections == before


def test_one_write_before_the_text_and_one_with_it(server: SmtpStandin, talk: Talk) -> None:
    talk().deliver(SENDER, READER, TEXT)
    _ehlo, question, text = server.heard
    assert question == (
        b"mail FROM:<desk@example.org> size=%d\r\nrcpt TO:<reader@example.org>\r\ndata\r\n"
        % len(TEXT)
    )
    assert text.endswith(b"three\r\n.\r\n")
    assert [(each.sender, each.to) for each in server.received] == [(SENDER, READER)]
    assert server.received[0].body == TEXT + b"\r\n"


def test_one_after_the_other(server: SmtpStandin, talk: Talk) -> None:
    connection = talk()
    for number in range(5):
        connection.deliver(SENDER, f"reader{number}@example.org", TEXT)
    assert server.addresses() == [f"reader{number}@example.org" for number in range(5)]
    assert server.connections == 1


def test_without_the_offer_one_command_at_a_time(server: SmtpStandin, talk: Talk) -> None:
    server.manners.offers = ("8BITMIME",)
    talk().deliver(SENDER, READER, TEXT)
    assert [heard[:4] for heard in server.heard[1:4]] == [b"mail", b"rcpt", b"data"]
    assert b"size" not in server.heard[1]
    assert server.received[0].body == TEXT + b"\r\n"


@pytest.mark.parametrize("speech", ["dribbling", "glued"])
@pytest.mark.parametrize("code", [None, 550])
def test_answers_in_pieces_or_all_at_once(
    speech: str, code: int | None, server: SmtpStandin, talk: Talk
) -> None:
    server.manners = Manners(speech=speech)  # type: ignore[arg-type]
    connection = talk()
    if code:
        server.fails(READER, Fault("rcpt", code=code))
        assert isinstance(caught(connection), smtplib.SMTPRecipientsRefused)
    assert_usable(connection, server)


@pytest.mark.parametrize("is_welcome", [False, True])
@pytest.mark.parametrize("code", [450, 550])
def test_the_sender_is_refused(
    code: int, is_welcome: bool, server: SmtpStandin, talk: Talk
) -> None:
    server.manners.data_for_nobody = is_welcome
    server.fails(SENDER, Fault("mail", code=code))
    connection = talk()
    error = caught(connection)
    assert isinstance(error, smtplib.SMTPSenderRefused)
    assert (error.smtp_code, error.sender) == (code, SENDER)
    assert_usable(connection, server)
    assert server.nothings == [b""] * is_welcome


@pytest.mark.parametrize("said", [b"554 nobody to give it to\r\n", b"250 fine\r\n"])
@pytest.mark.parametrize("is_welcome", [False, True])
@pytest.mark.parametrize("code", [450, 550])
def test_the_reader_is_refused(
    code: int, is_welcome: bool, said: bytes, server: SmtpStandin, talk: Talk
) -> None:
    """Also by a server that asks for the text all the same: it gets an empty one."""
    server.manners = Manners(data_for_nobody=is_welcome, said_to_nothing=said)
    server.fails(READER, Fault("rcpt", code=code))
    connection = talk()
    error = caught(connection)
    assert isinstance(error, smtplib.SMTPRecipientsRefused)
    assert error.recipients[READER][0] == code
    assert_usable(connection, server)
    assert server.nothings == [b""] * is_welcome
    assert server.addresses() == [OTHER]


def test_a_server_that_leaves_over_the_empty_text(server: SmtpStandin, talk: Talk) -> None:
    """The refusal is what counts."""
    server.manners = Manners(data_for_nobody=True, said_to_nothing=b"421 enough\r\n")
    server.fails(READER, Fault("rcpt", code=550))
    connection = talk()
    assert judge(caught(connection)).fate is Fate.REFUSED
    assert connection.sock is None


@pytest.mark.parametrize("stage", ["data", "dot"])
@pytest.mark.parametrize("code", [451, 554])
def test_the_text_is_refused(stage: str, code: int, server: SmtpStandin, talk: Talk) -> None:
    server.fails(READER, Fault(stage, code=code))  # type: ignore[arg-type]
    connection = talk()
    error = caught(connection)
    assert isinstance(error, smtplib.SMTPDataError)
    assert error.smtp_code == code
    assert_usable(connection, server)


def test_an_answer_to_data_that_is_none(server: SmtpStandin, talk: Talk) -> None:
    """Nobody knows what it waits for, but no text was sent."""
    server.fails(READER, Fault("data", code=250))
    connection = talk()
    assert isinstance(caught(connection), NotHandedOver)
    assert connection.sock is None


@pytest.mark.parametrize("offers", [("PIPELINING",), ()])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "dot"])
def test_the_server_says_that_it_leaves(
    stage: str, offers: tuple[str, ...], server: SmtpStandin, talk: Talk
) -> None:
    server.manners.offers = offers
    whose = SENDER if stage == "mail" else READER
    server.fails(whose, Fault(stage, code=421))  # type: ignore[arg-type]
    connection = talk()
    verdict = judge(caught(connection))
    assert (verdict.fate, verdict.code, verdict.is_trouble) == (Fate.LATER, 421, True)
    assert connection.sock is None
    assert_usable(talk(), server)
    assert connection.peer not in distrusted, "it said so"


@pytest.mark.parametrize("offers", [("PIPELINING",), ()])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "body"])
def test_the_line_drops_before_the_final_dot(
    stage: str, offers: tuple[str, ...], server: SmtpStandin, talk: Talk
) -> None:
    server.manners.offers = offers
    whose = SENDER if stage == "mail" else READER
    server.fails(whose, Fault(stage))  # type: ignore[arg-type]
    connection = talk()
    text = TEXT + b"\r\nand so on" * 2_000_000
    with pytest.raises(smtplib.SMTPServerDisconnected):
        connection.deliver(SENDER, READER, text)
    assert not connection.awaits_final_reply
    assert connection.sock is None
    assert server.taken == 0
    assert_usable(talk(), server)


@pytest.mark.parametrize("offers", [("PIPELINING",), ()])
def test_the_line_drops_after_the_final_dot(
    offers: tuple[str, ...], server: SmtpStandin, talk: Talk
) -> None:
    server.manners.offers = offers
    server.fails(READER, Fault("dot"))
    connection = talk()
    assert judge(caught(connection)).fate is Fate.UNCERTAIN
    assert connection.awaits_final_reply
    assert server.taken == 1
    assert connection.peer not in distrusted


def test_a_server_that_drops_what_it_offered_to_take(server: SmtpStandin) -> None:
    """One message waits for answers that never come; from then on, one at a time."""
    server.manners.pipelining = "swallows"
    with Smtp("127.0.0.1", server.port, local_hostname="me", timeout=0.3) as hasty:
        with pytest.raises(smtplib.SMTPServerDisconnected):
            hasty.deliver(SENDER, READER, TEXT)
        assert not hasty.awaits_final_reply
    with Smtp("127.0.0.1", server.port, local_hostname="me", timeout=5) as again:
        again.deliver(SENDER, READER, TEXT)
    assert server.addresses() == [READER]


def test_a_server_that_is_confused_by_what_it_offered(server: SmtpStandin, talk: Talk) -> None:
    """Nothing was handed over yet, so it is asked again at once, on the same connection."""
    server.manners.pipelining = "is confused"
    connection = talk()
    connection.deliver(SENDER, READER, TEXT)
    assert_usable(connection, server)
    assert server.addresses() == [READER, OTHER]
    assert [heard[:4] for heard in server.heard[-4:-1]] == [b"mail", b"rcpt", b"data"]


def test_a_server_that_is_confused_and_leaves(server: SmtpStandin, talk: Talk) -> None:
    server.manners = Manners(data_for_nobody=True, said_to_nothing=b"421 what?\r\n")
    server.fails(READER, Fault("rcpt", code=503))
    assert isinstance(caught(talk()), NotHandedOver)


def test_a_server_that_leaves_over_what_it_offered(server: SmtpStandin, talk: Talk) -> None:
    server.manners.pipelining = "leaves"
    assert isinstance(caught(talk()), smtplib.SMTPServerDisconnected)
    assert_usable(talk(), server)


def test_a_refusal_that_only_looks_like_confusion(server: SmtpStandin, talk: Talk) -> None:
    server.fails(READER, Fault("rcpt", code=503), Fault("rcpt", code=503))
    connection = talk()
    error = caught(connection)
    assert isinstance(error, smtplib.SMTPRecipientsRefused)
    assert error.recipients[READER][0] == 503
    assert_usable(connection, server)


def test_distrust_ends(server: SmtpStandin, talk: Talk) -> None:
    connection = talk()
    distrusted[connection.peer] = 0.0
    connection.ehlo()
    assert connection.may_pipeline()


@pytest.mark.parametrize("address", ["(\r\n", "<\n", "ș@b.c"])
def test_an_address_that_cannot_be_said(address: str, server: SmtpStandin, talk: Talk) -> None:
    connection = talk()
    with pytest.raises(ValueError):  # noqa: PT011  UnicodeEncodeError and our own
        connection.deliver(SENDER, address, TEXT)
    assert_usable(connection, server)
    assert server.addresses() == [OTHER]


def test_an_answer_without_an_end(server: SmtpStandin, talk: Talk) -> None:
    """Python would call it a refusal for good."""
    server.manners.offers = ("PIPELINING", "X" * 9000)
    assert isinstance(caught(talk()), smtplib.SMTPServerDisconnected)


@pytest.mark.parametrize(
    ("text", "on_the_wire"),
    [
        (b"", b"\r\n.\r\n"),
        (b"a", b"a\r\n.\r\n"),
        (b"a\r\n", b"a\r\n.\r\n"),
        (b"a\n", b"a\n\r\n.\r\n"),
        (b".", b"..\r\n.\r\n"),
        (b".\r\n.\r\n.", b"..\r\n..\r\n..\r\n.\r\n"),
        (b"a\r\n\r\n..b", b"a\r\n\r\n...b\r\n.\r\n"),
        (b"a\n.\nb", b"a\n..\nb\r\n.\r\n"),
        (b"a.\r\nb", b"a.\r\nb\r\n.\r\n"),
    ],
)
def test_no_text_ends_early(text: bytes, on_the_wire: bytes) -> None:
    assert with_its_end(text) == on_the_wire
