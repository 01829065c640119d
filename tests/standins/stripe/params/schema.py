"""Check parameters against the TypedDicts of the installed SDK, and give them their types.

Stricter than the SDK's own types: those write an enum as `Literal[...] | str` so that a newer
API can answer with a newer word. For what is sent, only the listed words are right.
"""

import re
import sys
import types
import typing
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import stripe
import typing_extensions
from stripe._request_options import RequestOptions
from stripe._stripe_object import UntypedStripeObject

from ..errors import ApiError, invalid
from ..obj import Obj

_NAMES = vars(typing) | vars(typing_extensions)
_NAMES |= {"Decimal": Decimal, "UntypedStripeObject": UntypedStripeObject}
_NAMES |= {"StripeContext": stripe.StripeContext}

# RequestOptions is a base class of some params; its keys travel as headers, never as parameters.
_OPTIONS = frozenset(RequestOptions.__annotations__)
_WRAPPERS = (typing_extensions.NotRequired, typing_extensions.Required)


def read(schema: Any, raw: Obj) -> Obj:
    """The parameters with their types, or a 400 that names the first wrong one."""
    hints = {key: hint for key, hint in _hints(schema).items() if key not in _OPTIONS}
    return _fields(hints, raw, "")


@cache
def _hints(schema: Any) -> dict[str, Any]:
    names = _NAMES | vars(sys.modules[schema.__module__])
    return typing_extensions.get_type_hints(schema, globalns=names, include_extras=True)


def _fields(hints: dict[str, Any], raw: Obj, path: str) -> Obj:
    for key in raw:
        if key not in hints:
            name = _join(path, key)
            raise invalid(
                f"Received unknown parameter: {name}", param=name, code="parameter_unknown"
            )
    for key, hint in hints.items():
        if key not in raw and get_origin(hint) is not typing_extensions.NotRequired:
            raise missing(_join(path, key))
    return {key: _value(hints[key], value, _join(path, key)) for key, value in raw.items()}


def missing(param: str) -> ApiError:
    return invalid(f"Missing required param: {param}.", param=param, code="parameter_missing")


def _join(path: str, key: str) -> str:
    return f"{path}[{key}]" if path else key


def _value(hint: Any, raw: Any, path: str) -> Any:
    choices = list(_flatten(hint))
    words = [word for choice in choices for word in _words(choice)]
    if isinstance(raw, dict):
        return _container(choices, raw, path)
    if raw in words:
        return raw
    if any(words):  # an enum: the SDK's open `str` beside it does not count
        choices = [choice for choice in choices if choice is not str]
    for choice in choices:
        reader = _SCALARS.get(choice)
        if reader is not None and (value := reader(raw)) is not None:
            return value
    raise _refuse(choices, [word for word in words if word], raw, path)


def _flatten(hint: Any) -> typing.Iterator[Any]:
    if get_origin(hint) in _WRAPPERS:
        yield from _flatten(get_args(hint)[0])
    elif get_origin(hint) in (Union, types.UnionType):
        for choice in get_args(hint):
            yield from _flatten(choice)
    else:
        yield hint


def _words(choice: Any) -> tuple[str, ...]:
    return get_args(choice) if get_origin(choice) is Literal else ()


def _container(choices: list[Any], raw: Obj, path: str) -> Any:
    for choice in choices:
        if get_origin(choice) is list and all(key.isdigit() for key in raw):
            inner = get_args(choice)[0]
            ordered = sorted(raw.items(), key=lambda pair: int(pair[0]))
            return [_value(inner, value, _join(path, key)) for key, value in ordered]
        if get_origin(choice) is dict:
            return {key: _value(str, value, _join(path, key)) for key, value in raw.items()}
        if typing_extensions.is_typeddict(choice):
            return _fields(_hints(choice), raw, path)
    if any(get_origin(choice) is list for choice in choices):
        raise invalid("Invalid array", param=path)
    raise invalid(f"Invalid value for {path}: an object was given", param=path)


def _refuse(choices: list[Any], words: list[str], raw: str, path: str) -> ApiError:
    if words:
        return invalid(f"Invalid {path}: must be one of {', '.join(words)}", param=path)
    for kind, code in ((int, "parameter_invalid_integer"), (Decimal, None), (bool, None)):
        if kind in choices:
            name = {int: "integer", Decimal: "decimal", bool: "boolean"}[kind]
            return invalid(f"Invalid {name}: {raw}", param=path, code=code)
    if any(get_origin(choice) is list for choice in choices):
        return invalid("Invalid array", param=path)
    return invalid("Invalid object", param=path)


def _integer(raw: str) -> int | None:
    return int(raw) if re.fullmatch(r"-?\d{1,18}", raw) else None


def _boolean(raw: str) -> bool | None:
    return {"true": True, "false": False}.get(raw)


def _decimal(raw: str) -> Decimal | None:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


_SCALARS: dict[Any, Callable[[str], Any]] = {
    int: _integer,
    bool: _boolean,
    float: _decimal,
    Decimal: _decimal,
    str: str,
}
