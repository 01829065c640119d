"""VERIFIED for the very bytes that were sent, and all the ways in which no answer is one."""

import socket
import threading
import time
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.standins.paypal import PayPalStandin

from .paypal_asks import ask, donate, fetch, gift

PREFIX = b"cmd=_notify-validate&"


def test_the_bytes_that_were_sent(pal: PayPalStandin) -> None:
    pal.pay_link(donate(pal), payer_name="Ștefan *", note="~")
    body = pal.ipns[-1]
    assert ask(pal, body) == "VERIFIED"
    assert pal.asked[body] == 1
    assert pal.verifier.requests[0]["content-type"] == "application/x-www-form-urlencoded"


def test_the_same_fields_in_other_bytes(pal: PayPalStandin) -> None:
    pal.pay_link(donate(pal), note="a*b~c")
    body = pal.ipns[-1]
    again = urlencode(parse_qsl(body.decode(), keep_blank_values=True)).encode()
    for other in (again, body + b"&x=1", body[:-1], body.replace(b"+", b"%20"), b""):
        assert other != body
        assert ask(pal, other) == "INVALID"
    assert fetch(pal.verify_url, body + b"&cmd=_notify-validate")[2] == "INVALID"


def test_a_body_of_the_test_s_own(pal: PayPalStandin) -> None:
    body = b"txn_id=1&first_name=J%F6rg&charset=windows-1252"
    assert ask(pal, body) == "INVALID"
    assert pal.sign(body) == body
    assert ask(pal, body) == "VERIFIED"
    assert pal.asked[body] == 2
    pal.reset()
    assert ask(pal, body) == "INVALID"


@pytest.mark.parametrize(
    ("mode", "status", "body"),
    [
        ("invalid", 200, "INVALID"),
        ("error", 503, "Service Unavailable"),
        ("html", 200, "<!doctype html>"),
        ("empty", 200, ""),
        ("huge", 200, "VERIFIED VERIFIED"),
    ],
)
def test_other_answers(pal: PayPalStandin, mode: str, status: int, body: str) -> None:
    gift(pal)
    pal.verifier.mode = mode
    found = fetch(pal.verify_url, PREFIX + pal.ipns[-1])
    assert (found[0], found[2][: len(body)]) == (status, body)
    pal.verifier.mode = "compare"
    assert ask(pal, pal.ipns[-1]) == "VERIFIED"


def test_first_this_and_then_the_truth(pal: PayPalStandin) -> None:
    gift(pal)
    pal.verifier.next = ["error", "invalid"]
    assert [ask(pal, pal.ipns[-1])[:8] for _ in range(3)] == ["Service ", "INVALID", "VERIFIED"]
    assert pal.asked[pal.ipns[-1]] == 3


def test_a_redirect_to_another_host_is_noticed_when_followed(pal: PayPalStandin) -> None:
    pal.verifier.mode = "redirect"
    status, location, _ = fetch(pal.verify_url, PREFIX + b"x=1")
    assert status == 302
    assert urlsplit(location).hostname != urlsplit(pal.verify_url).hostname
    assert pal.verifier.followed == 0
    assert fetch(location)[2] == "VERIFIED"
    assert pal.verifier.followed == 1


def raw(pal: PayPalStandin, body: bytes, *headers: str) -> socket.socket:
    """A question over a socket of our own."""
    parts = urlsplit(pal.verify_url)
    connection = socket.create_connection((str(parts.hostname), parts.port or 0), timeout=5)
    head = ["POST /cgi-bin/webscr HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", *headers]
    connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
    return connection


def test_who_does_not_say_who_they_are_is_sent_away(pal: PayPalStandin) -> None:
    gift(pal)
    with raw(pal, PREFIX + pal.ipns[-1]) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 403")


def test_a_stall_ends_when_the_stand_in_is_reset(pal: PayPalStandin) -> None:
    pal.verifier.mode = "stall"
    with raw(pal, PREFIX + b"x=1", "User-Agent: test") as connection:
        connection.settimeout(0.05)
        with pytest.raises(TimeoutError):
            connection.recv(100)
        pal.reset()
        connection.settimeout(5)
        assert connection.recv(100) == b""


def test_a_stall_is_bounded(pal: PayPalStandin) -> None:
    pal.verifier.mode = "stall"
    pal.verifier.stall_seconds = 0.02
    with raw(pal, PREFIX + b"x=1", "User-Agent: test") as connection:
        assert connection.recv(100) == b""


def test_an_answer_in_drips(pal: PayPalStandin) -> None:
    pal.verifier.mode = "drip"
    pal.verifier.drip_seconds = 0.001
    pieces = []
    with raw(pal, PREFIX + b"x=1", "User-Agent: test") as connection:
        while piece := connection.recv(1000):
            pieces.append(piece)
    assert b"".join(pieces).endswith(b"\r\n\r\nINVALID")
    assert len(pieces) > 2


def test_hanging_up(pal: PayPalStandin) -> None:
    pal.verifier.mode = "hang_up"
    with raw(pal, PREFIX + b"x=1", "User-Agent: test") as connection:
        assert connection.recv(100) == b""


def test_two_questions_at_once_are_counted_as_two(pal: PayPalStandin) -> None:
    gift(pal)
    body = pal.ipns[-1]
    threads = [threading.Thread(target=ask, args=(pal, body)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pal.asked[body] == 8


def test_stopping_does_not_wait_for_a_stall() -> None:
    with PayPalStandin() as standin:
        standin.verifier.mode = "stall"
        connection = raw(standin, PREFIX + b"x=1", "User-Agent: test")
        while not standin.asked:
            time.sleep(0.001)
    with connection:
        assert connection.recv(100) == b""
