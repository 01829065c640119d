"""People in what colleagues entered: found, or taken out of it."""

import json
from typing import Any

from donations.gateways.people import NOBODY, People


def people_in(body: bytes) -> People:
    """Who paid, if that was entered."""
    address = read(body).get("payer_email")
    return People(addresses=[address]) if address else NOBODY


def without_people(body: bytes) -> bytes:
    """The entry with nobody in it."""
    told = read(body)
    blank = {name: "" for name in ("payer_email", "payer_name", "note") if name in told}
    return json.dumps({**told, **blank}, ensure_ascii=False).encode()


def read(body: bytes) -> dict[str, Any]:
    """As it was written."""
    told: dict[str, Any] = json.loads(body)
    return told
