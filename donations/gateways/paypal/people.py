"""People in PayPal's messages and in rows of its files: found, or taken out of them."""

import json
from typing import Any
from urllib.parse import urlencode

from donations.codes import find_code
from donations.gateways.paypal.activity import ROW_KIND
from donations.gateways.paypal.message import fields_of
from donations.gateways.people import NOBODY, People

# Names of fields, or how they begin.
PERSONAL = (
    *("first_name", "last_name", "payer_", "address_", "contact_phone", "residence_country"),
    *("buyer_", "option_selection", "transaction_subject"),
)


def people_in(kind: str, body: bytes) -> People:
    """The payer."""
    told = read(kind, body)
    if not told:
        return NOBODY
    addresses, customers = told.get("payer_email", ""), told.get("payer_id", "")
    return People(
        addresses=[addresses] if addresses else [], customers=[customers] if customers else []
    )


def without_people(kind: str, body: bytes) -> bytes:
    """The same message without its payer. Of a note only our own code stays."""
    told = read(kind, body)
    for name in ("memo", "note"):
        if name in told:
            told[name] = find_code(str(told[name]))
    left = {name: value for name, value in told.items() if not name.startswith(PERSONAL)}
    if kind == ROW_KIND:
        return json.dumps(left, ensure_ascii=False, sort_keys=True).encode()
    return urlencode({**left, "charset": "utf-8"}).encode()


def read(kind: str, body: bytes) -> dict[str, Any]:
    """Its fields; none of what cannot be read."""
    try:
        told: dict[str, Any] = json.loads(body) if kind == ROW_KIND else fields_of(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
