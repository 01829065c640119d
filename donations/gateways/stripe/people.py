"""People in Stripe's notifications: found, or taken out of them.

What is understood of a notification is read again from Stripe by the ids that stay in it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from donations.gateways.people import NOBODY, People, walked
from donations.gateways.stripe.client import NotThere, checked, client, our_errors

CUSTOMER = re.compile(r"(?:cus|gcus)_[A-Za-z0-9_]+", re.ASCII)
EMAILS = frozenset(("email", "customer_email", "receipt_email"))
# Names of fields that hold people, their cards, or pages that show them.
PERSONAL = EMAILS | {
    *("name", "individual_name", "business_name", "phone", "address", "shipping", "ip"),
    *("customer_details", "customer_name", "customer_phone", "customer_address"),
    *("customer_shipping", "customer_tax_ids", "collected_information", "custom_fields"),
    *("billing_details", "payment_method_details", "default_payment_method", "payment_method"),
    *("default_source", "source", "sources", "card", "owner", "evidence"),
    *("hosted_invoice_url", "invoice_pdf", "receipt_url", "url", "client_secret"),
}


def people_in(body: bytes) -> People:
    """Every address and customer in it."""
    addresses: set[str] = set()
    customers: set[str] = set()

    def look(name: str, value: Any) -> Any:
        if isinstance(value, str):
            if name in EMAILS:
                addresses.add(value)
            elif CUSTOMER.fullmatch(value):
                customers.add(value)
        return value

    told = read(body)
    if told is None:
        return NOBODY
    walked(told, look)
    return People(addresses=addresses, customers=customers)


def without_people(body: bytes) -> bytes:
    """The same with nothing in those fields, and no customer's id."""

    def blank(name: str, value: Any) -> Any:
        if name in PERSONAL:
            return None
        is_customer = isinstance(value, str) and CUSTOMER.fullmatch(value)
        return "" if is_customer else value

    told = read(body)
    return b"{}" if told is None else json.dumps(walked(told, blank)).encode()


def read(body: bytes) -> Mapping[str, Any] | None:
    """None for what is no notification."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def forget_customer(ref: str, *, idempotency_key: str) -> None:
    """Delete the customer. One that Stripe does not know any more is deleted."""
    try:
        with our_errors():
            client().v1.customers.delete(checked(ref), {}, {"idempotency_key": idempotency_key})
    except NotThere:
        return
