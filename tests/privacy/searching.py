"""Looking for a person in every column of the whole database."""

import base64
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from django.apps import apps
from django.contrib.sessions.models import Session


def found(marks: Iterable[str]) -> list[str]:
    """Where any of the marks stands, in any case, in any text, JSON or binary column."""
    wanted = [mark.lower() for mark in marks]
    return [
        f"{model._meta.label}.{column} {row['pk']}"
        for model in apps.get_models()
        for row in model._base_manager.values("pk", *columns(model))
        for column in columns(model)
        if any(mark in text for text in texts(row[column]) for mark in wanted)
    ] + [
        f"session {session.pk}"
        for session in Session.objects.all()
        if any(mark in repr(session.get_decoded()).lower() for mark in wanted)
    ]


def columns(model: Any) -> list[str]:
    """Everything that is stored of a row."""
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]


def texts(value: Any) -> Iterator[str]:
    """A value as text, as it may be read."""
    if isinstance(value, bytes | memoryview):
        raw = bytes(value)
        yield from texts(raw.decode("utf-8", "replace"))
        yield raw.replace(b"\x00", b"").decode("latin-1").lower()
        for unpack in (zlib.decompress, base64.b64decode):
            try:
                yield unpack(raw).decode("utf-8", "replace").lower()
            except (ValueError, zlib.error):
                continue
    elif value is not None:
        text = str(value)
        yield text.lower()
        yield unquote_plus(text).lower()
        yield (
            text.encode("ascii", "replace").decode("unicode_escape", "replace").lower()
            if ("\\u" in text)
            else ""
        )
