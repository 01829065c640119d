"""`expand[]`: ids replaced by the objects behind them."""

import copy
from typing import Any

from ..errors import ApiError, invalid
from ..obj import Obj
from ..shapes.billing import listing
from ..world import World


def check_depth(paths: list[str], limit: int) -> None:
    """Four levels at most, where `data` is one: Stripe refuses deeper paths.

    So an invoice cannot be expanded down to its balance transaction in one call.
    """
    for path in paths:
        if len(path.split(".")) > limit:
            message = f"You cannot expand more than {limit} levels of a property. Property: {path}"
            raise invalid(message, param="expand", code="property_expansion_max_depth")


def expand(world: World, obj: Obj, paths: list[str]) -> Obj:
    """A copy of the object with every path expanded."""
    result = copy.deepcopy(obj)
    for path in paths:
        _walk(world, result, path.split("."))
    return result


def _walk(world: World, node: Any, parts: list[str]) -> None:
    if isinstance(node, list):
        for each in node:
            _walk(world, each, parts)
        return
    if not parts or node is None:
        return
    head, rest = parts[0], parts[1:]
    if not isinstance(node, dict):
        raise _not_expandable(head)
    if head not in node:
        node[head] = _included(world, node, head)
    elif isinstance(node[head], str):
        target = world.objects.get(node[head])
        if target is None:
            raise _not_expandable(head)
        node[head] = copy.deepcopy(target)
    elif node[head] is not None and not isinstance(node[head], dict | list):
        raise _not_expandable(head)
    _walk(world, node[head], rest)


def _included(world: World, node: Obj, name: str) -> Obj:
    """Lists that an object carries only when asked for."""
    match node.get("object"), name:
        case "invoice", "payments":
            found = _belonging(world, "invoice_payment", "invoice", node)
            return listing(found, f"/v1/invoice_payments?invoice={node['id']}")
        case "charge", "refunds":
            found = _belonging(world, "refund", "charge", node)
            return listing(found, f"/v1/charges/{node['id']}/refunds")
        case _:
            raise _not_expandable(name)


def _belonging(world: World, kind: str, field: str, owner: Obj) -> list[Obj]:
    return [copy.deepcopy(one) for one in world.newest_first(kind) if one[field] == owner["id"]]


def _not_expandable(name: str) -> ApiError:
    return invalid(f"This property cannot be expanded ({name}).", param="expand")
