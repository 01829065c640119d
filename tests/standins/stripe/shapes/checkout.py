"""Checkout Sessions, customers and portal sessions."""

from typing import Any

from ..ids import new_id
from ..obj import Obj

_ADDRESS = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))


def session(
    params: Obj, *, now: int, expires_at: int, amount: int, currency: str, base_url: str
) -> Obj:
    ident = new_id("cs_test_")
    obj: Obj = {"id": ident, "object": "checkout.session"}
    obj |= {"adaptive_pricing": params.get("adaptive_pricing", {"enabled": False})}
    obj |= {"after_expiration": None, "allow_promotion_codes": None}
    obj |= {"amount_subtotal": amount, "amount_total": amount}
    obj |= {
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None}
    }
    obj |= {"billing_address_collection": params.get("billing_address_collection")}
    obj |= {
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
    }
    obj |= {"client_secret": None, "consent": None, "consent_collection": None}
    obj |= {"created": now, "currency": currency, "custom_fields": []}
    obj |= {"customer": params.get("customer"), "customer_creation": _customer_creation(params)}
    email = params.get("customer_email")
    obj |= {"customer_details": customer_details(email, None) if email else None}
    obj |= {"customer_email": email}
    obj |= {"expires_at": expires_at, "invoice": None, "livemode": False}
    obj |= {"locale": params.get("locale"), "metadata": params.get("metadata") or {}}
    obj |= {"mode": params["mode"], "payment_intent": None, "payment_link": None}
    obj |= {"payment_method_collection": "if_required" if params["mode"] == "payment" else "always"}
    obj |= {"payment_method_types": ["card", "sepa_debit"], "payment_status": "unpaid"}
    obj |= {"recovered_from": None, "setup_intent": None, "status": "open"}
    obj |= {"submit_type": params.get("submit_type"), "subscription": None}
    obj |= {"success_url": params["success_url"]}
    obj |= {"total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0}}
    obj |= {"ui_mode": "hosted_page", "url": f"{base_url}/pay/{ident}"}
    return obj


def _customer_creation(params: Obj) -> Any:
    return (
        "always"
        if params["mode"] == "subscription"
        else params.get("customer_creation", "if_required")
    )


def customer_details(email: str, name: str | None) -> Obj:
    details: Obj = {"address": dict(_ADDRESS), "business_name": None, "email": email}
    details |= {"individual_name": None, "name": name, "phone": None}
    return details | {"tax_exempt": "none", "tax_ids": []}


def customer(email: str, name: str | None, now: int) -> Obj:
    obj: Obj = {"id": new_id("cus_"), "object": "customer", "address": None, "balance": 0}
    obj |= {"created": now, "currency": None, "default_source": None, "delinquent": False}
    obj |= {
        "description": None,
        "email": email,
        "invoice_settings": {"default_payment_method": None},
    }
    return obj | {
        "livemode": False,
        "metadata": {},
        "name": name,
        "phone": None,
        "preferred_locales": [],
    }


def portal_session(params: Obj, *, now: int, base_url: str) -> Obj:
    ident = new_id("bps_")
    obj: Obj = {"id": ident, "object": "billing_portal.session", "configuration": "bpc_standin"}
    obj |= {"created": now, "customer": params["customer"], "flow": params.get("flow_data")}
    obj |= {"livemode": False, "locale": params.get("locale"), "on_behalf_of": None}
    return obj | {"return_url": params.get("return_url"), "url": f"{base_url}/portal/{ident}"}
