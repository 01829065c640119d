"""Whoever was erased stays away: what a provider tells of them later loses who it was.

Unless they have begun anew since: then a pledge of theirs that is younger than the erasure is
among what is told, and a new supporter stands for them, without the old history.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, Value, When

from donations.codes import find_code
from donations.gateways.events import (
    Fact,
    InstalmentFailed,
    PaymentReceived,
    SubscriptionObserved,
    facts_from_json,
    facts_to_json,
)
from donations.giving.models import Donation, Pledge, Subscription, new_token
from donations.supporters.forgetting import Who, forgotten, people_of
from donations.supporters.operations import mailbox
from donations.supporters.traces import Gathering

PledgeName = tuple[str, str]


def who_is_told_of(facts: Iterable[Fact]) -> list[Who]:
    """Addresses and customers in facts."""
    addresses, customers = [], []
    for fact in facts:
        match fact:
            case PaymentReceived():
                addresses.append(mailbox(fact.payer_email))
            case SubscriptionObserved():
                customers.append((fact.gateway, fact.customer_ref))
    return people_of(addresses, customers)


def forget(told: Sequence[list[Fact]], also: Sequence[Sequence[Who]] = ()) -> list[bool]:
    """Take erased people out of these lists of facts. Answers which lists were about one.

    `also` are people that the notifications themselves name. One query while nobody is concerned.
    """
    named = [
        [*who_is_told_of(facts), *(also[place] if also else ())] for place, facts in enumerate(told)
    ]
    known = forgotten({who for each in named for who in each})
    answers = []
    for facts, people in zip(told, named, strict=True):
        erased_at = max((known[who] for who in people if who in known), default=None)
        is_gone = erased_at is not None and not began_anew(facts, since=erased_at)
        if is_gone:
            facts[:] = [stripped(fact) for fact in facts]
        answers.append(is_gone)
    return answers


def began_anew(facts: Iterable[Fact], *, since: datetime) -> bool:
    """Whether they sent a form of ours after they were erased, and this is what came of it."""
    tokens = {getattr(fact, "pledge_token", "") for fact in facts} - {""}
    codes = {getattr(fact, "pledge_code", "") for fact in facts} - {""}
    named = Q(token__in=tokens) | Q(code__in=codes)
    return bool(tokens or codes) and Pledge.objects.filter(named, created_at__gt=since).exists()


def stripped(fact: Fact) -> Fact:
    """A fact without the person in it. What the books are made of stays."""
    match fact:
        case PaymentReceived():
            return replace(
                fact,
                payer_email="",
                payer_name="",
                payer_country="",
                note=find_code(fact.note),
                is_forgotten=True,
            )
        case SubscriptionObserved():
            return replace(fact, customer_ref="")
        case InstalmentFailed():
            return replace(fact, pay_url="")
    return fact


def stripped_json(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same of facts that are kept beside an event."""
    return facts_to_json([stripped(fact) for fact in facts_from_json(stored)])


def trace_giving(ids: Collection[int], found: Gathering) -> None:
    """What providers call their gifts, and what they said of who paid them."""
    for name, email, payer, payment in Donation.objects.filter(supporter__in=ids).values_list(
        "gateway_ref", "payer_email", "payer_name", "payment_ref"
    ):
        found.take("refs", (name, payment))
        found.take("addresses", (mailbox(email),))
        found.take("names", (payer,))
    for token, page, name in Pledge.objects.filter(supporter__in=ids).values_list(
        "token", "checkout_ref", "name"
    ):
        found.take("refs", (token, page))
        found.take("names", (name,))
    for gateway, ref, old, customer in Subscription.objects.filter(supporter__in=ids).values_list(
        "gateway", "gateway_ref", "old_ref", "customer_ref"
    ):
        found.take("refs", (ref, old))
        found.take("customers", ((gateway, customer),) if customer else ())


def forget_giving(*, ids: Collection[int], addresses: Collection[str]) -> Mapping[str, int]:
    """Pledges, agreements and gifts are nobody's from now on. Answers how many.

    So are gifts of nobody known that were paid from one of the addresses.
    """
    pledges = Pledge.objects.filter(supporter__in=ids)
    agreements = Subscription.objects.filter(supporter__in=ids)
    of_theirs = Q(supporter__in=ids)
    for address in addresses:
        of_theirs |= Q(supporter=None, payer_email__iexact=address)
    numbers = {
        "pledges": pledges.update(
            supporter=None,
            name="",
            message="",
            public=False,
            consents={},
            checkout_url="",
            fingerprint="",
            status=over(),
        ),
        "gifts": Donation.objects.filter(of_theirs).update(
            supporter=None, payer_email="", payer_name="", note="", is_left_alone=True
        ),
        "agreements": 0,
    }
    # Their page was reached by the token, so that changes too.
    for agreement in agreements.order_by("pk"):
        agreement.mark_forgotten(token=new_token())
        numbers["agreements"] += 1
    return numbers


def over() -> Any:
    """What was paid stays so; what was not is expired."""
    is_open = When(status=Pledge.Status.OPEN, then=Value(Pledge.Status.EXPIRED.value))
    return Case(is_open, default=F("status"))
