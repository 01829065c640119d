"""A notification as it came: bytes to fields, and a name for it. Nothing here is trusted yet."""

import hashlib
from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.conf import settings

from donations.gateways.base import InvalidSignature, Notification

# Every message carries one of these (PayPal, "IPN and PDT variables").
MARKS = ("txn_id", "txn_type", "payment_status", "ipn_track_id", "verify_sign", "case_id")
# The longest of them, about a mass payment, has eight or more for each of 250 people.
MOST_FIELDS = 5000
DEFAULT_CHARSET = "windows-1252"
# What an account may choose as its "language encoding". Python would look for any other name in
# vain, remember it for ever, and knows codecs that are none of text.
CHARSETS = frozenset(
    (
        *("utf-8", "iso-8859-1", "us-ascii", "iso-8859-15", "koi8-r", "koi8-u", "tis-620"),
        *(f"windows-{page}" for page in range(1250, 1259)),
        *(f"iso-8859-{part}" for part in range(2, 10)),
        *("gb2312", "gbk", "gb18030", "big5", "shift-jis", "euc-jp", "iso-2022-jp", "euc-kr"),
    )
)
# Bytes that should have been quoted, each as the character of its number.
QUOTED = {number: f"%{number:02X}" for number in range(0x80, 0x100)}


def fields_of(body: bytes) -> dict[str, str]:
    """The message in its own charset; one that PayPal does not have is read as windows-1252.

    Bytes that should have been quoted are. Raises ValueError for too many fields.
    """
    quoted = body.decode("latin-1").translate(QUOTED)
    named = dict(parse_qsl(quoted, max_num_fields=MOST_FIELDS)).get("charset", "")
    pairs = parse_qsl(quoted, keep_blank_values=True, encoding=known_charset(named))
    return {name: value.replace("\x00", "") for name, value in pairs}


def known_charset(name: str) -> str:
    """The charset if PayPal has it, else its default."""
    written = name.strip().lower().replace("_", "-")
    return written if written in CHARSETS else DEFAULT_CHARSET


def verify(body: bytes) -> Notification:
    """What it claims to be; PayPal has to be asked. Raises InvalidSignature for no message at all.

    The same bytes are the same message, so that a forged one can never stand in a true one's way.
    """
    try:
        fields = fields_of(body)
    except ValueError as error:
        raise InvalidSignature("not a form") from error
    if not any(fields.get(mark) for mark in MARKS):
        raise InvalidSignature("not a notification of PayPal")
    said = fields.get("txn_type") or fields.get("payment_status", "")
    kind = "".join(each for each in said if each.isalnum() or each == "_") or "message"
    return Notification(
        event_id=f"ipn:{hashlib.sha256(body).hexdigest()}",
        kind=kind[:100],
        set_aside=set_aside_reason(fields),
        is_confirmed=False,
    )


def set_aside_reason(fields: Mapping[str, str]) -> str:
    """Anybody with a sandbox account can send a test message that PayPal will confirm."""
    if fields.get("test_ipn") and not takes_tests():
        return "a message of PayPal's sandbox"
    return ""


def takes_tests() -> bool:
    """A trial, or an installation that asks the sandbox: never one that asks PayPal itself."""
    return settings.TRIAL or ".sandbox." in settings.PAYPAL_IPN_VERIFY_URL
