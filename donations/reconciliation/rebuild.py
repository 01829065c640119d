"""Proving the books: every posting computed again from the stored facts, and compared."""

from collections.abc import Iterator

from donations.gateways.events import Fact, PaymentReceived, facts_from_json
from donations.giving.models import Donation
from donations.giving.operations.bookkeeping import drafts
from donations.ledger.models import Line
from donations.ledger.operations import Draft, sorted_lines
from donations.ledger.queries import unbalanced_postings
from donations.webhooks.models import InboundEvent

Lines = list[tuple[str, str, int]]


def differences() -> list[str]:
    """One sentence for each posting that is missing, unexplained or different: none is right."""
    computed, found = computed_postings(), written_postings()
    texts = [
        f"{reference} is missing: {computed[reference]}"
        for reference in sorted(computed.keys() - found.keys())
    ]
    texts += [
        f"{reference} is in the books with no fact behind it: {found[reference]}"
        for reference in sorted(found.keys() - computed.keys())
    ]
    texts += [
        f"{reference} differs: books {found[reference]}, facts {computed[reference]}"
        for reference in sorted(computed.keys() & found.keys())
        if computed[reference] != found[reference]
    ]
    texts += [
        f"{reference} does not sum to zero: {total} {currency}"
        for reference, currency, total in unbalanced_postings()
    ]
    return [*texts, *wrong_donations()]


def computed_postings() -> dict[str, Lines]:
    """What the stored facts call for, by reference."""
    return {draft.reference: sorted_lines(draft.lines) for draft in stored_drafts()}


def stored_drafts() -> Iterator[Draft]:
    """The drafts of every fact."""
    for fact in stored_facts():
        yield from drafts(fact)


def stored_facts() -> Iterator[Fact]:
    """The facts of every event, one event in memory at a time.

    Whatever its state is now: an event that is replayed while its provider is away waits, and
    what it said before stays said.
    """
    stored = InboundEvent.objects.exclude(facts=[])
    for facts in stored.values_list("facts", flat=True).iterator(chunk_size=500):
        yield from facts_from_json(facts)


def wrong_donations() -> Iterator[str]:
    """Donations that differ from the payments that were told, or have none behind them."""
    told = {
        f"{fact.gateway}:{fact.ref}": fact.money
        for fact in stored_facts()
        if isinstance(fact, PaymentReceived)
    }
    kept = {str(donation): donation.money for donation in Donation.objects.iterator()}
    for name in sorted(told.keys() | kept.keys()):
        if told.get(name) != kept.get(name):
            yield f"donation {name}: kept {kept.get(name)}, told {told.get(name)}"


def written_postings() -> dict[str, Lines]:
    """What stands in the books, by reference."""
    found: dict[str, Lines] = {}
    rows = Line.objects.values_list(
        "posting__reference", "account", "currency", "amount_minor"
    ).order_by("posting__reference", "account", "currency", "amount_minor")
    for reference, account, currency, amount in rows.iterator(chunk_size=2000):
        found.setdefault(reference, []).append((account, currency, amount))
    return found
