"""Tokens that name a row and cannot be made up: letters and figures only, always of one length.

They stay whole in addresses of mail (RFC 5321, 4.5.3.1.1: a local part of 64), in folded headers
and in quoted-printable, and they do not expire: a link to unsubscribe has to work for long
(RFC 8058, 3.1). What may expire is signed by `django.core.signing` instead.
"""

import base64
import hmac
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

NUMBER_BYTES, PROOF_BYTES = 5, 10
LENGTH = 24


def seal(number: int, *, purpose: str) -> str:
    """The token of a row's number (below 2**40) for one purpose: 24 characters."""
    plain = number.to_bytes(NUMBER_BYTES, "big")
    return _written(plain + _proof(plain, purpose, settings.SECRET_KEY))


def unseal(token: str, *, purpose: str) -> int | None:
    """The number in a token; None when it is not one of ours for this purpose."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b32decode(token.upper())
    except ValueError:
        return None
    plain, proof = raw[:NUMBER_BYTES], raw[NUMBER_BYTES:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if any(constant_time_compare(proof, _proof(plain, purpose, key)) for key in keys):
        return int.from_bytes(plain, "big")
    return None


def _written(raw: bytes) -> str:
    return base64.b32encode(raw).decode().lower()


def _proof(plain: bytes, purpose: str, key: str | bytes) -> bytes:
    mac = _keyed(purpose, key).copy()
    mac.update(plain)
    return mac.digest()[:PROOF_BYTES]


@lru_cache(maxsize=16)
def _keyed(purpose: str, key: str | bytes) -> hmac.HMAC:
    """Before the first byte; a mailing makes a token for every mail, and deriving a key is slow."""
    return salted_hmac(f"donations.seals.{purpose}", b"", secret=key, algorithm="sha256")
