"""Rules that more than one endpoint shares."""

import re

from .. import money
from ..errors import invalid
from ..obj import Obj

_LONGEST = {"day": 3 * 365, "week": 3 * 52, "month": 36, "year": 3}


def check_metadata(owner: Obj, path: str) -> None:
    """At most 50 keys of 40 characters without brackets, values of at most 500."""
    metadata = owner.get("metadata") or {}
    param = f"{path}[metadata]" if path else "metadata"
    if len(metadata) > 50:
        raise invalid("Metadata can have up to 50 keys", param=param)
    for key, value in metadata.items():
        if len(key) > 40:
            raise invalid(f"Metadata keys can be up to 40 characters long: {key}", param=param)
        if len(value) > 500:
            raise invalid(
                f"Metadata values can be up to 500 characters long: {key}", param=f"{param}[{key}]"
            )


def check_currency(currency: str, param: str) -> None:
    if currency.lower() not in money.EURO_PER_UNIT:
        known = ", ".join(money.EURO_PER_UNIT)
        raise invalid(
            f"Invalid currency: {currency}. The stand-in knows these: {known}", param=param
        )
    if currency != currency.lower():
        raise invalid(f"Invalid currency: {currency} must be lowercase", param=param)


def check_email(email: str, param: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", email) or len(email) > 512:
        raise invalid(f"Invalid email address: {email}", param=param, code="email_invalid")


def check_recurring(recurring: Obj | None, param: str) -> None:
    """An interval may be three years in all."""
    if recurring is None:
        return
    count = recurring.get("interval_count", 1)
    if not 1 <= count <= _LONGEST[recurring["interval"]]:
        raise invalid("The interval can be at most three years", param=f"{param}[interval_count]")
