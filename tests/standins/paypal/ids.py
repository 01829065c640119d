"""Identifiers that look like the real ones.

They are random and not counted: a restarted stand-in must not hand out an id that the
application under development already has in its database.
"""

import hashlib
import secrets
import string

_ALPHABET = string.ascii_uppercase + string.digits
_SIGNS = string.ascii_letters + string.digits + "-."


def _random(length: int, alphabet: str = _ALPHABET) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


def txn_id() -> str:
    return _random(17)


def subscription_id(*, old: bool = False) -> str:
    """Years ago they began with S-."""
    return f"S-{_random(17)}" if old else f"I-{_random(12)}"


def case_id() -> str:
    return f"PP-R-{_random(3, string.ascii_uppercase)}-{_random(9, string.digits)}"


def track_id() -> str:
    return secrets.token_hex(7)[:13]


def signature() -> str:
    return f"A{_random(55, _SIGNS)}"


def account_id(email: str) -> str:
    """The 13 characters that PayPal knows somebody by; the same for the same e-mail."""
    digest = hashlib.sha256(email.lower().encode()).digest()
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:13])
