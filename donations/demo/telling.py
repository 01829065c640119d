"""The stories told through the doors that everything else comes through."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from donations.demo.facts import of_pledge
from donations.demo.lives import WORDING, Happening, life
from donations.demo.readers import reader
from donations.gateways.events import Fact, facts_to_json
from donations.giving import operations as giving
from donations.giving.operations.pledging import open_pledge
from donations.outbox.models import Message
from donations.recounts.operations import recounting
from donations.sections.operations import confirm
from donations.supporters.models import Supporter
from donations.webhooks.models import InboundEvent

# Happenings in one transaction.
CHUNK = 200
# What their notifications are called.
KIND = "demo"
Tokens = dict[str, str]


def stories(
    *, supporters: int, seed: int, start: datetime, end: datetime
) -> list[tuple[Happening, int]]:
    """What everybody did, oldest first, with whose it is."""
    found = [
        (each, number)
        for number in range(1, supporters + 1)
        for each in life(reader(number, seed=seed, start=start, end=end), end)
    ]
    return sorted(found, key=lambda pair: (pair[0].at, pair[1]))


def tell(happenings: Sequence[tuple[Happening, int]]) -> None:
    """Keep all of it. No mail leaves: what was written then counts as sent then."""
    tokens: Tokens = {}
    for begin in range(0, len(happenings), CHUNK):
        tell_some(happenings[begin : begin + CHUNK], tokens, begin)


@recounting()
def tell_some(happenings: Sequence[tuple[Happening, int]], tokens: Tokens, begin: int) -> None:
    """Some of it, in one transaction, its letters included."""
    events, newest = [], Message.objects.order_by("-pk").values_list("pk", flat=True).first()
    for number, (happening, whose) in enumerate(happenings, begin):
        key = f"{whose}:{happening.key}"
        if happening.wish is not None:
            tokens[key] = open_pledge(wish=happening.wish, at=happening.at).token
        if happening.confirms:
            confirm_address(happening)
        told = list(of_pledge(happening.told, tokens.get(key, "")))
        for fact in told:
            giving.record(fact=fact, at=happening.at)
        if told:
            events.append(event(number, told, at=happening.at))
    InboundEvent.objects.bulk_create(events)
    waiting = Message.objects.filter(state=Message.State.PENDING, pk__gt=newest or 0)
    waiting.update(
        state=Message.State.SENT, sent_at=F("created_at"), attempted_at=F("created_at"), attempts=1
    )


def confirm_address(happening: Happening) -> None:
    """They followed the link in the mail that asks whether they want news."""
    supporter = Supporter.objects.filter(email=happening.confirms).first()
    if supporter is not None:
        confirm(supporter=supporter, at=happening.at, wording=WORDING)


def event(number: int, told: list[Fact], *, at: datetime) -> InboundEvent:
    """The message that told it, understood long ago."""
    return InboundEvent(
        gateway=told[0].gateway, event_id=f"demo_{number}", kind=KIND, body=b"{}",
        state=InboundEvent.State.DONE, facts=facts_to_json(told), attempts=1, next_attempt_at=at,
        received_at=at, confirmed_at=at, processed_at=at,
    )  # fmt: skip
