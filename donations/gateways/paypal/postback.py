"""Asking PayPal whether it sent a message. Source: PayPal, "IPN protocol and architecture"."""

import time
from itertools import islice

import requests
from django.conf import settings

from donations.gateways.base import Disowned, GatewayUnavailable

PREFIX = b"cmd=_notify-validate&"
# Seconds to connect, and between two bytes of the answer.
PATIENCE = (5, 10)
LONGEST_ANSWER = 64
MOST_SECONDS = 20.0
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "Footnote-IPN-Verification",
}


def confirm(body: bytes) -> None:
    """Post the untouched bytes back. Raises Disowned for INVALID, GatewayUnavailable else.

    The address comes from the settings alone, and a redirect is not followed: whatever a message
    says, nobody else is asked.
    """
    answer = answer_to(PREFIX + body)
    if answer == b"INVALID":
        raise Disowned("PayPal says INVALID")
    if answer != b"VERIFIED":
        raise GatewayUnavailable("PayPal answered neither VERIFIED nor INVALID")


def answer_to(body: bytes) -> bytes:
    """The first bytes of the answer, as far as it is one. Raises GatewayUnavailable."""
    try:
        with requests.post(
            settings.PAYPAL_IPN_VERIFY_URL,
            data=body,
            headers=HEADERS,
            timeout=PATIENCE,
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code != requests.codes.ok:
                raise GatewayUnavailable(f"PayPal's verifier answered {response.status_code}")
            return first_bytes(response)
    except requests.RequestException as error:
        raise GatewayUnavailable(f"PayPal's verifier: {type(error).__name__}") from error


def first_bytes(response: requests.Response) -> bytes:
    """As much as an answer can be, and no longer than it may take. Raises GatewayUnavailable."""
    deadline, read = time.monotonic() + MOST_SECONDS, b""
    for piece in islice(response.iter_content(1), LONGEST_ANSWER):
        read += piece
        if time.monotonic() > deadline:
            raise GatewayUnavailable("PayPal's verifier is too slow")
    return read.strip()
