"""The same stories of many more readers, copied inside the database, the books included.

A copy's numbers are shifted by a stride and its names get a mark, so nothing collides and every
copy refers to its own rows. Articles, sections and stored notifications are not copied.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Max, Model

from donations.demo.aside import indexes_aside
from donations.giving.models import (
    Dispute,
    Donation,
    Pledge,
    Reading,
    Refund,
    Subscription,
)
from donations.ledger.models import Line, Posting
from donations.outbox.models import Message
from donations.sections.models import Follow
from donations.supporters.models import Consent, Supporter

# In this order, because of what refers to what.
COPIED: tuple[type[Model], ...] = (
    Supporter, Consent, Follow, Pledge, Subscription, Reading, Donation, Refund, Dispute,
    Posting, Line, Message,
)  # fmt: skip
# What there must be only one of: how a copy is called.
AFTER, BEFORE = "{column} || '-' || k", "'c' || k || '.' || {column}"
NAMES = {
    (Supporter, "email"): BEFORE,
    (Supporter, "user_id"): "NULL",
    (Pledge, "token"): AFTER,
    (Pledge, "fingerprint"): "SUBSTR({column}, 1, 50) || '-' || k",
    (Pledge, "checkout_ref"): AFTER,
    (Subscription, "gateway_ref"): AFTER,
    (Subscription, "customer_ref"): AFTER,
    (Subscription, "token"): AFTER,
    (Donation, "gateway_ref"): AFTER,
    (Donation, "payment_ref"): "CASE {column} WHEN '' THEN '' ELSE {column} || '-' || k END",
    (Donation, "payer_email"): "CASE {column} WHEN '' THEN '' ELSE 'c' || k || '.' || {column} END",
    (Refund, "gateway_ref"): AFTER,
    (Dispute, "gateway_ref"): AFTER,
    (Posting, "reference"): AFTER,
    (Message, "key"): AFTER,
    (Message, "to"): BEFORE,
}


COPY = """
    WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < %s)
    INSERT INTO {table} ({into}) SELECT {what} FROM copies, {table} base
    WHERE base.id > %s AND base.id <= %s {some}
"""


@dataclass(frozen=True, kw_only=True)
class Base:
    """The rows of a table that are copied: those above `low`, and how far apart copies are."""

    model: type[Model]
    low: int
    stride: int


def newest() -> dict[type[Model], int]:
    """The highest number in each table that would be copied."""
    return {model: highest(model) for model in COPIED}


def highest(model: type[Model]) -> int:
    """The highest number; none is 0."""
    found: int | None = model._default_manager.aggregate(n=Max("pk"))["n"]  # noqa: SLF001
    return found or 0


@transaction.atomic
def multiply(*, copies: int, before: dict[type[Model], int], say: Callable[[str], object]) -> None:
    """Copy what came after `before` so many times."""
    bases = {
        model: Base(model=model, low=before[model], stride=highest(model) - before[model])
        for model in COPIED
    }
    tables = [model._meta.db_table for model in COPIED]  # noqa: SLF001
    with indexes_aside(tables, say=say):
        for base in bases.values():
            if base.stride:
                say(f"copying {base.model.__name__}")
                copy(base, bases, copies)
    reset = connection.ops.sequence_reset_sql(no_style(), list(COPIED))
    with connection.cursor() as cursor:
        for statement in reset:
            cursor.execute(statement)


def copy(base: Base, bases: dict[type[Model], Base], copies: int) -> None:
    """All copies of one table in one statement. Its text is ours alone."""
    quote = connection.ops.quote_name
    fields = base.model._meta.concrete_fields  # noqa: SLF001  public by Django's docs
    into = ", ".join(quote(str(field.column)) for field in fields)
    what = ", ".join(value_of(field, base, bases) for field in fields)
    table = quote(base.model._meta.db_table)  # noqa: SLF001
    some = " AND kind <> 'receipt'" if base.model is Message else ""
    with connection.cursor() as cursor:
        cursor.execute(
            COPY.format(table=table, into=into, what=what, some=some),
            [copies, base.low, base.low + base.stride],
        )


def value_of(field: "Field[object, object]", base: Base, bases: dict[type[Model], Base]) -> str:
    """A column of a copy."""
    name = str(field.column)
    column = f"base.{connection.ops.quote_name(name)}"
    if field.primary_key:
        return f"{column} + k * {base.stride}"
    if isinstance(field, ForeignKey) and field.related_model in bases:
        return f"{column} + k * {bases[field.related_model].stride}"
    if (base.model, name) == (Pledge, "code"):
        return code(base)
    if (base.model, name) == (Message, "token"):
        return new_uuid()
    pattern = NAMES.get((base.model, name), "{column}")
    return pattern.format(column=column)


def code(base: Base) -> str:
    """A reference code from the row's number: none that `find_code` would take for a real one."""
    number = f"(base.id + k * {base.stride})"
    if connection.vendor == "postgresql":
        return f"'0' || lpad(upper(to_hex({number})), 8, '0')"
    return f"printf('0%08X', {number})"


def new_uuid() -> str:
    """A name for a message."""
    return (
        "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    )
