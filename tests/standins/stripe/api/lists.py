"""Lists: filters, and pages that the SDK's `auto_paging_iter` can follow."""

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from ..errors import invalid, no_such, not_simulated
from ..obj import Obj
from ..shapes.billing import listing
from ..world import World

Filter = Callable[[Obj, Any], bool]

_PAGING = ("limit", "starting_after", "ending_before", "expand")


def field(name: str) -> Filter:
    return lambda obj, value: bool(obj.get(name) == value)


def created(obj: Obj, wanted: Any) -> bool:
    """An exact second, or bounds: gt, gte, lt, lte."""
    at: int = obj.get("created", 0)
    if isinstance(wanted, int):
        return at == wanted
    tests = {"gt": at.__gt__, "gte": at.__ge__, "lt": at.__lt__, "lte": at.__le__}
    return all(tests[name](bound) for name, bound in wanted.items())


def of_subscription(invoice: Obj, ident: str) -> bool:
    parent = invoice["parent"] or {}
    details = parent.get("subscription_details") or {}
    return bool(details.get("subscription") == ident)


def of_payment(invoice_payment: Obj, wanted: Obj) -> bool:
    return all(invoice_payment["payment"].get(name) == value for name, value in wanted.items())


def subscription_status(sub: Obj, wanted: str) -> bool:
    ended = sub["status"] in ("canceled", "incomplete_expired")
    return wanted == "all" or sub["status"] == wanted or (wanted == "ended" and ended)


def event_type(event: Obj, pattern: str) -> bool:
    return fnmatchcase(event["type"], pattern)


def event_types(event: Obj, types: list[str]) -> bool:
    return event["type"] in types


def delivered(event: Obj, wanted: bool) -> bool:
    return bool(event.get("pending_webhooks") == 0) is wanted


def session_email(session: Obj, wanted: Obj) -> bool:
    details = session["customer_details"] or {"email": session["customer_email"]}
    return bool(details["email"] == wanted["email"])


def of_payout(world: World) -> Filter:
    """What an automatic payout took along; of others Stripe does not know."""

    def taken(move: Obj, payout_id: str) -> bool:
        if not world.get("payout", payout_id, param="payout")["automatic"]:
            message = "Balance transaction history can only be filtered on automatic transfers."
            raise invalid(message, param="payout")
        return bool(world.hidden.get(move["id"], {}).get("payout") == payout_id)

    return taken


def page(world: World, kind: str, url: str, filters: Mapping[str, Filter], params: Obj) -> Obj:
    """One page, newest first."""
    wanted = {name: value for name, value in params.items() if name not in _PAGING}
    for name in wanted:
        if name not in filters:
            raise not_simulated(name)
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid("This value must be between 1 and 100.", param="limit")
    found = _after_cursor(world.newest_first(kind), kind, params)
    found = [obj for obj in found if all(filters[n](obj, v) for n, v in wanted.items())]
    if "ending_before" in params:
        return listing(found[-limit:], url, has_more=len(found) > limit)
    return listing(found[:limit], url, has_more=len(found) > limit)


def _after_cursor(objects: list[Obj], kind: str, params: Obj) -> list[Obj]:
    ids = [obj["id"] for obj in objects]
    for name in ("starting_after", "ending_before"):
        if name in params and params[name] not in ids:
            raise no_such(kind, params[name], param=name)
    if "starting_after" in params:
        return objects[ids.index(params["starting_after"]) + 1 :]
    if "ending_before" in params:
        return objects[: ids.index(params["ending_before"])]
    return objects
