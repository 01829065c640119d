"""Finding people and gifts by a part of a name, an address, a note or a provider's number.

Where a fragment is rare, PostgreSQL's trigrams find its rows at once, and those few are what the
list is made of. Where it is common ("gmail"), walking along the list finds a page of them sooner.
Which of the two it is, the database's statistics tell; a plan that would mix them up can take a
thousand times as long.
"""

import json
import re
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from donations.giving.models import Donation, Subscription
from donations.supporters.models import Supporter

MOST_WORDS = 5
# Rows that are fetched by their numbers rather than walked to.
FEW, PEOPLE = 5000, 2000
# The statistics may see so many times more of them than there are.
GENEROSITY = 2
# Three letters or figures in a row are a trigram; what has none is found by its beginning.
LONG = re.compile(r"[^\W_]{3}")
# What a provider's numbers look like: long enough, and never without a figure.
REFERENCE = re.compile(r"(?=.*\d)[\w-]{6,255}", re.ASCII)
REFERENCES = 200


def words_of(text: str) -> list[str]:
    """What has to be found, each somewhere."""
    return text.replace("\x00", "").split()[:MOST_WORDS]


def is_short(text: str) -> bool:
    """Whether it is only compared with beginnings."""
    return not any(LONG.search(word) for word in words_of(text))


def everywhere(words: Iterable[str], fields: Iterable[str], *, starts: bool) -> Q:
    """Every word in one of the fields."""
    lookup = "istartswith" if starts else "icontains"
    names = list(fields)
    return reduce(
        and_,
        (reduce(or_, (Q(**{f"{name}__{lookup}": word}) for name in names)) for word in words),
    )


def people(text: str) -> Q:
    """The supporters that a text means."""
    means = everywhere(words_of(text), ("name", "email"), starts=is_short(text))
    named = Q(pk__in=by_reference(text)) if REFERENCE.fullmatch(text) else Q()
    few = few_of(Supporter.objects.filter(means), most=PEOPLE)
    return (means if few is None else Q(pk__in=few)) | named


def gifts(text: str) -> Q:
    """The gifts that a text means: by their payer, their supporter, their note or their number."""
    words, starts = words_of(text), is_short(text)
    means = everywhere(words, ("payer_email", "payer_name", "note"), starts=starts)
    givers = Supporter.objects.filter(everywhere(words, ("name", "email"), starts=starts))
    known = few_of(givers, most=PEOPLE)
    if known is None:
        means |= everywhere(words, ("supporter__name", "supporter__email"), starts=starts)
    elif known:
        means |= Q(supporter__in=known)
    if REFERENCE.fullmatch(text):
        means |= Q(gateway_ref__startswith=text) | Q(payment_ref__startswith=text)
        means |= Q(subscription__in=agreements(text))
    few = few_of(Donation.objects.filter(means), most=FEW)
    return means if few is None else Q(pk__in=few)


def agreements(text: str) -> list[int]:
    """The subscriptions that a provider calls so."""
    called = Q(gateway_ref__startswith=text) | Q(customer_ref__startswith=text)
    return list(Subscription.objects.filter(called).values_list("pk", flat=True)[:REFERENCES])


def by_reference(text: str) -> set[int]:
    """Whose payments or subscriptions a provider calls so."""
    found: set[int] = set()
    rows: QuerySet[Any]
    for rows, field in (
        (Donation.objects.all(), "gateway_ref"),
        (Donation.objects.all(), "payment_ref"),
        (Subscription.objects.all(), "gateway_ref"),
        (Subscription.objects.all(), "customer_ref"),
    ):
        called = rows.filter(**{f"{field}__startswith": text, "supporter__isnull": False})
        found.update(called.values_list("supporter", flat=True)[:REFERENCES])
    return found


def few_of(rows: QuerySet[Any], *, most: int) -> list[int] | None:
    """The numbers of the rows where they are few; None where walking finds them sooner.

    Only PostgreSQL is asked: a list in SQLite is short enough for either.
    """
    if connection.vendor != "postgresql" or expected(rows) > GENEROSITY * most:
        return None
    found = list(rows.order_by().values_list("pk", flat=True)[: most + 1])
    return found if len(found) <= most else None


def expected(rows: QuerySet[Any]) -> int:
    """How many rows the database believes that there are."""
    plan = json.loads(rows.order_by().explain(format="json"))
    return int(plan[0]["Plan"]["Plan Rows"])
