"""Who a notification is about, and the notification without them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class People:
    """Addresses, and what the provider calls its customers."""

    addresses: Collection[str] = ()
    customers: Collection[str] = ()


NOBODY = People()
Change = Callable[[str, Any], Any]


def walked(value: Any, change: Change, name: str = "") -> Any:
    """JSON with every value changed by its name; what is in it comes after it."""
    value = change(name, value)
    if isinstance(value, Mapping):
        return {key: walked(each, change, key) for key, each in value.items()}
    if isinstance(value, list):
        return [walked(each, change, name) for each in value]
    return value
