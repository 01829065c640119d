"""Decode `a[0][b]=c` into nested dicts of strings.

Lists stay dicts with digit keys here: only the schema knows that `items` is a list and that
metadata with the keys "0" and "1" is not.
"""

import re
from urllib.parse import parse_qsl

from ..errors import invalid
from ..obj import Obj

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_PART = re.compile(r"\[([^\[\]]*)\]")


def decode(body: str) -> Obj:
    tree: Obj = {}
    for key, value in parse_qsl(body, keep_blank_values=True):
        _put(tree, _path(key), value)
    return tree


def _path(key: str) -> list[str]:
    match = _KEY.fullmatch(key)
    if match is None:
        raise invalid(f"Invalid parameter name: {key}", param=key)
    return [match[1], *_PART.findall(match[2])]


def _put(tree: Obj, path: list[str], value: str) -> None:
    node = tree
    for part, following in zip(path, [*path[1:], None], strict=True):
        name = part or str(len(node))
        if following is None:
            node[name] = value
            return
        node = node.setdefault(name, {})
        if not isinstance(node, dict):
            raise invalid(f"Invalid object: {path[0]} is given twice", param=path[0])
