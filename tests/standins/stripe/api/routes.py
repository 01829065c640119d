"""Every endpoint: its path, the SDK's type of its parameters, and what it does."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from stripe import params as sdk
from stripe.params import billing_portal, checkout

from ..acts import checkout as sessions
from ..acts import customers, payouts, portal, refunds, subscribing
from ..errors import ApiError, invalid
from ..obj import Obj
from ..params import session_rules
from ..world import World
from . import lists
from .lists import Filter, created, field

Action = Callable[[World, str, Obj], Obj]


@dataclass(frozen=True)
class Route:
    method: str
    path: re.Pattern[str]
    schema: Any
    run: Action
    precheck: Callable[[Obj], None] = lambda raw: None


def find(method: str, path: str) -> tuple[Route, str]:
    """The route for a path, and the id in it.

    An empty id leads to the list, as it does at Stripe: the SDK does not stop `retrieve("")`.
    """
    for route in ROUTES:
        match = route.path.fullmatch(path.rstrip("/"))
        if match and route.method == method:
            return route, match.groupdict().get("id", "")
    message = f"Unrecognized request URL ({method}: {path})."
    raise ApiError(404, "invalid_request_error", message)


def _route(
    method: str,
    path: str,
    schema: Any,
    run: Action,
    precheck: Callable[[Obj], None] = lambda raw: None,
) -> Route:
    pattern = re.escape(path).replace(r"\{id\}", r"(?P<id>[A-Za-z0-9_]+)")
    return Route(method, re.compile(f"/v1/{pattern}"), schema, run, precheck)


def _resource(
    kind: str, path: str, retrieve: Any, listing: Any, filters: Mapping[str, Filter]
) -> list[Route]:
    """Retrieving one and listing them."""

    def one(world: World, ident: str, params: Obj) -> Obj:
        return world.get(kind, ident)

    def many(world: World, ident: str, params: Obj) -> Obj:
        return lists.page(world, kind, f"/v1/{path}", filters, params)

    return [_route("GET", path, listing, many), _route("GET", f"{path}/{{id}}", retrieve, one)]


def _create_session(world: World, ident: str, params: Obj) -> Obj:
    return sessions.create(world, params)


def _expire_session(world: World, ident: str, params: Obj) -> Obj:
    return sessions.expire(world, world.get("checkout.session", ident))


def _create_refund(world: World, ident: str, params: Obj) -> Obj:
    return refunds.create(world, params)


def _create_portal(world: World, ident: str, params: Obj) -> Obj:
    return portal.create(world, params)


def _list_subscriptions(world: World, ident: str, params: Obj) -> Obj:
    """Unless asked for, the canceled ones are left out."""
    filters = {"created": created, "customer": field("customer")}
    hidden = lists.subscription_status
    if "status" not in params:
        return lists.page(
            world,
            "subscription",
            "/v1/subscriptions",
            {**filters, "living": lambda sub, _: not hidden(sub, "ended")},
            {**params, "living": True},
        )
    return lists.page(
        world, "subscription", "/v1/subscriptions", {**filters, "status": hidden}, params
    )


def _list_events(world: World, ident: str, params: Obj) -> Obj:
    if "type" in params and "types" in params:
        raise invalid("You may only specify one of these parameters: type, types.")
    if len(params.get("types", [])) > 20:
        raise invalid("At most 20 types can be given.", param="types")
    filters: dict[str, Filter] = {"created": created, "type": lists.event_type}
    filters |= {"types": lists.event_types, "delivery_success": lists.delivered}
    return lists.page(world, "event", "/v1/events", filters, params)


def _list_moves(world: World, ident: str, params: Obj) -> Obj:
    filters: dict[str, Filter] = {"created": created, "payout": lists.of_payout(world)}
    filters |= {name: field(name) for name in ("currency", "source", "type")}
    return lists.page(world, "balance_transaction", "/v1/balance_transactions", filters, params)


def _balance(world: World, ident: str, params: Obj) -> Obj:
    return payouts.balance(world)


_CREATED: dict[str, Filter] = {"created": created}
_OF_CHARGE = {**_CREATED, "charge": field("charge"), "payment_intent": field("payment_intent")}

ROUTES = [
    *_resource(
        "checkout.session",
        "checkout/sessions",
        checkout.SessionRetrieveParams,
        checkout.SessionListParams,
        {
            **_CREATED,
            "customer_details": lists.session_email,
            **{n: field(n) for n in ("customer", "payment_intent", "status", "subscription")},
        },
    ),
    _route(
        "POST",
        "checkout/sessions",
        checkout.SessionCreateParams,
        _create_session,
        session_rules.check_names,
    ),
    _route("POST", "checkout/sessions/{id}/expire", checkout.SessionExpireParams, _expire_session),
    *_resource(
        "payment_intent",
        "payment_intents",
        sdk.PaymentIntentRetrieveParams,
        sdk.PaymentIntentListParams,
        {**_CREATED, "customer": field("customer")},
    ),
    *_resource(
        "charge",
        "charges",
        sdk.ChargeRetrieveParams,
        sdk.ChargeListParams,
        {**_CREATED, "customer": field("customer"), "payment_intent": field("payment_intent")},
    ),
    _route("GET", "balance_transactions", sdk.BalanceTransactionListParams, _list_moves),
    *_resource(
        "balance_transaction",
        "balance_transactions",
        sdk.BalanceTransactionRetrieveParams,
        sdk.BalanceTransactionListParams,
        {},
    )[1:],
    _route("GET", "balance", sdk.BalanceRetrieveParams, _balance),
    *_resource(
        "payout",
        "payouts",
        sdk.PayoutRetrieveParams,
        sdk.PayoutListParams,
        {**_CREATED, **{n: field(n) for n in ("destination", "status")}},
    ),
    *_resource(
        "invoice",
        "invoices",
        sdk.InvoiceRetrieveParams,
        sdk.InvoiceListParams,
        {
            **_CREATED,
            "customer": field("customer"),
            "status": field("status"),
            "subscription": lists.of_subscription,
        },
    ),
    *_resource(
        "invoice_payment",
        "invoice_payments",
        sdk.InvoicePaymentRetrieveParams,
        sdk.InvoicePaymentListParams,
        {
            **_CREATED,
            "invoice": field("invoice"),
            "status": field("status"),
            "payment": lists.of_payment,
        },
    ),
    *_resource("refund", "refunds", sdk.RefundRetrieveParams, sdk.RefundListParams, _OF_CHARGE),
    _route("POST", "refunds", sdk.RefundCreateParams, _create_refund),
    *_resource("dispute", "disputes", sdk.DisputeRetrieveParams, sdk.DisputeListParams, _OF_CHARGE),
    *_resource(
        "customer",
        "customers",
        sdk.CustomerRetrieveParams,
        sdk.CustomerListParams,
        {**_CREATED, "email": field("email")},
    ),
    _route("DELETE", "customers/{id}", sdk.CustomerDeleteParams, customers.delete),
    _route("GET", "subscriptions", sdk.SubscriptionListParams, _list_subscriptions),
    *_resource(
        "subscription",
        "subscriptions",
        sdk.SubscriptionRetrieveParams,
        sdk.SubscriptionListParams,
        {},
    )[1:],
    _route("POST", "subscriptions/{id}", sdk.SubscriptionUpdateParams, subscribing.update),
    _route("DELETE", "subscriptions/{id}", sdk.SubscriptionCancelParams, subscribing.cancel),
    _route("GET", "events", sdk.EventListParams, _list_events),
    *_resource("event", "events", sdk.EventRetrieveParams, sdk.EventListParams, {})[1:],
    _route("POST", "billing_portal/sessions", billing_portal.SessionCreateParams, _create_portal),
]
