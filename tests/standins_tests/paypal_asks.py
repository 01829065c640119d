"""Links that an application would make, and short ways to read what came of them."""

import re
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.standins.paypal import PayPalStandin, Transaction

US = "office@rudeana.com"


def me(pal: PayPalStandin, rest: str = "/25EUR") -> str:
    return f"{pal.base_url}/paypalme/newscafeeu{rest}"


def donate(pal: PayPalStandin, **more: str) -> str:
    asked = {"business": US, "amount": "10.00", "currency_code": "EUR", "item_name": "Support"}
    return f"{pal.base_url}/donate/?{urlencode(asked | more)}"


def classic(pal: PayPalStandin, **more: str) -> str:
    asked = {"cmd": "_donations", "business": US, "amount": "10.00", "currency_code": "EUR"}
    return f"{pal.base_url}/cgi-bin/webscr?{urlencode(asked | more)}"


def monthly(pal: PayPalStandin, **more: str) -> str:
    asked = {"cmd": "_xclick-subscriptions", "business": US, "item_name": "Monthly support"}
    asked |= {"a3": "5.00", "p3": "1", "t3": "M", "src": "1", "sra": "1", "currency_code": "EUR"}
    return f"{pal.base_url}/cgi-bin/webscr?{urlencode(asked | more)}"


def gift(pal: PayPalStandin, **more: str) -> Transaction:
    """A donation of 10 euros that arrived."""
    return pal.pay_link(donate(pal, **more))


def fields(body: bytes) -> dict[str, str]:
    """As an application would read a message."""
    named = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True))
    pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding=named["charset"])
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def last(pal: PayPalStandin) -> dict[str, str]:
    return fields(pal.ipns[-1])


def kinds(pal: PayPalStandin) -> list[str]:
    """What each message calls itself: its txn_type, else its status."""
    told = [fields(body) for body in pal.ipns]
    return [each.get("txn_type") or each["payment_status"] for each in told]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def fetch(
    url: str, form: dict[str, str] | bytes | None = None, **headers: str
) -> tuple[int, str, str]:
    """Status, Location and body; redirects are not followed."""
    data = urlencode(form).encode() if isinstance(form, dict) else form
    try:
        response: HTTPResponse = build_opener(_Stay).open(Request(url, data, headers), timeout=5)
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("Location", ""), error.read().decode()
    with response:
        return response.status, "", response.read().decode()


def ask(pal: PayPalStandin, body: bytes) -> str:
    """Post a message back, as an application does."""
    return fetch(pal.verify_url, b"cmd=_notify-validate&" + body)[2]


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of the payment page, with a payer filled in."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = {name: value.replace("&amp;", "&") for name, value in found.items()}
    return sent | {"payer_name": "Ion Rusu", "payer_email": "ion@example.org"}
