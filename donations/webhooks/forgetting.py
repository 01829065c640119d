"""One person goes out of everything that providers told."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from donations.gateways.registry import gateway_named
from donations.giving.operations.forgetting import stripped_json
from donations.supporters.moving import MANY
from donations.supporters.traces import Traces
from donations.webhooks.models import InboundEvent

TEXTS_AT_ONCE = 50
# An index knows the events of a payment. Those of agreements, pages and people are found by
# reading them all, which is as slow as it sounds, and as rare.
CONTAINS = {
    "postgresql": "position(%s::bytea in body) > 0 OR position(%s in facts::text) > 0",
    "sqlite": "instr(body, %s) > 0 OR instr(facts, %s) > 0",
}


def forget_in_events(traces: Traces) -> int:
    """Their bodies and facts without the person; the books follow from them as before.

    One that its provider has yet to be asked about keeps its bytes until then, and loses them
    when it is understood. Answers how many.
    """
    done = 0
    for event in events_of(traces):
        stripped: dict[str, Any] = {"facts": stripped_json(event.facts), "error": ""}
        is_asked = event.confirmed_at is not None or event.state != InboundEvent.State.PENDING
        if is_asked:
            gateway = gateway_named(event.gateway)
            stripped["body"] = gateway.without_people(kind=event.kind, body=bytes(event.body))
        InboundEvent.objects.filter(pk=event.pk).update(**stripped)
        done += 1
    return done


def events_of(traces: Traces) -> Iterator[InboundEvent]:
    """Each of them, locked."""
    for pk in sorted(numbers_of(traces)):
        yield InboundEvent.objects.select_for_update().get(pk=pk)


def numbers_of(traces: Traces) -> set[int]:
    """Everything that names them, or what is theirs."""
    numbers: set[int] = set()
    for some in batches(sorted(traces.refs), MANY):
        numbers |= set(InboundEvent.objects.filter(about__in=some).values_list("pk", flat=True))
    for some in batches(written(traces), TEXTS_AT_ONCE):
        numbers |= events_with(some)
    return numbers


def batches(texts: Sequence[str], many: int) -> Iterator[Sequence[str]]:
    """As many as a statement takes."""
    return (texts[start : start + many] for start in range(0, len(texts), many))


def written(traces: Traces) -> Sequence[str]:
    """How they may be written in a body: an address also as a form has it."""
    encoded = {each.replace("@", "%40") for each in traces.addresses}
    return sorted({*traces.marks, *traces.refs, *encoded})


def events_with(texts: Sequence[str]) -> set[int]:
    """Those that have one of them in their body or their facts."""
    conditions = " OR ".join([CONTAINS[connection.vendor]] * len(texts))
    values = [each for text in texts for each in (text.encode(), text)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM donations_inboundevent WHERE {conditions}", values)  # noqa: S608  ours
        return {row[0] for row in cursor.fetchall()}
