"""What may be asked about broadcasts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from os.path import commonprefix

from django.core.cache import cache
from django.db.models import Count as CountOf
from django.db.models import Max, Min
from django.db.models.functions import Left
from django.utils import timezone

from donations.broadcasts.audience import candidates, section_of
from donations.broadcasts.editions import render
from donations.broadcasts.merging import TopicLetter, merge, prepare
from donations.broadcasts.models import Broadcast, Delivery, Edition
from donations.outbox.models.sending import State
from donations.outbox.rendering import Rendered
from donations.outlet import queries as outlets
from donations.seals import unseal
from donations.supporters.models import Supporter

# A live page asks every other second, perhaps in many windows: the table is counted once for all.
CACHE_SECONDS = 2
RATE_WINDOW = timedelta(seconds=60)
SAMPLES = 40
# Before this many looks nobody can tell how fast it goes.
ENOUGH_SAMPLES = 3
TOP_FAILURES = 12
# Servers end an answer with a number of its own for each mail; what begins alike is one reason.
ALIKE = 60


@dataclass(frozen=True, kw_only=True)
class Count:
    """An audience in figures: candidates are recipients and excluded together."""

    candidates: int
    recipients: int
    excluded: dict[str, int]
    by_language: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How a broadcast stands. `done` are all who need no more attempt; None where unknown."""

    total: int
    done: int
    sent: int
    failed: int
    uncertain: int
    withdrawn: int
    waiting: int
    per_minute: int | None
    seconds_left: int | None
    failures: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What came back after mails had left, in figures."""

    delivered: int
    bounced: int
    complained: int
    unsubscribed: int


def count(broadcast: Broadcast) -> Count:
    """Who would get it now, and who would not and why."""
    recipients: Counter[str] = Counter()
    excluded: Counter[str] = Counter()
    groups = (
        candidates(broadcast)
        .order_by()
        .values_list(  # type: ignore[misc]
            "reason", "asked_language"
        )
    )
    for reason, language, number in groups.annotate(n=CountOf("pk")):
        if reason:
            excluded[reason] += number
        else:
            recipients[language] += number
    return Count(
        candidates=recipients.total() + excluded.total(),
        recipients=recipients.total(),
        excluded=dict(excluded),
        by_language=dict(recipients),
    )


def preview(broadcast: Broadcast, language: str, supporter: Supporter | None = None) -> Rendered:
    """What somebody would read. Raises NothingToSay and BrokenEdition."""
    letter = letter_for(broadcast, language, supporter)
    html = str(letter.alternatives[0][0])
    return Rendered(subject=str(letter.subject), text=str(letter.body), html=html)


def letter_for(
    broadcast: Broadcast, language: str, supporter: Supporter | None = None
) -> TopicLetter:
    """The whole mail with its headers, to a made-up person unless told; its links name nobody."""
    own = broadcast.editions.filter(language=language).first()
    edition = as_frozen(broadcast, own or Edition(broadcast=broadcast, language=language))
    prepared = prepare(broadcast=broadcast, edition=edition, outlet=outlets.current())
    now = timezone.now()
    person = Delivery(
        pk=0,
        broadcast=broadcast,
        email=supporter.email if supporter else "reader@example.org",
        name=supporter.name if supporter else "Maria Popescu",
        language=language,
        section=section_of(broadcast),
        asked_at=now,
    )
    return merge(prepared=prepared, delivery=person, at=now)


def as_frozen(broadcast: Broadcast, edition: Edition) -> Edition:
    """As it was frozen, or would be now."""
    if edition.frozen_html:
        return edition
    rendered = render(broadcast, edition)
    return Edition(
        broadcast=broadcast,
        language=edition.language,
        frozen_subject=rendered.subject,
        frozen_text=rendered.text,
        frozen_html=rendered.html,
    )


def returned(broadcast: Broadcast) -> Returned:
    """What is known of the mails that left."""
    sent = Delivery.objects.filter(broadcast=broadcast)
    return Returned(
        **sent.aggregate(
            delivered=CountOf("delivered_at"),
            bounced=CountOf("bounced_at"),
            complained=CountOf("complained_at"),
            unsubscribed=CountOf("unsubscribed_at"),
        )
    )


def progress(broadcast: Broadcast) -> Progress:
    """The table's own count, at most two seconds old."""
    key = f"broadcast-progress:{broadcast.pk}"
    found: Progress | None = cache.get(key)
    if found is None:
        found = counted(broadcast, timezone.now())
        cache.set(key, found, CACHE_SECONDS)
    return found


def counted(broadcast: Broadcast, at: datetime) -> Progress:
    """Count now."""
    rows = Delivery.objects.filter(broadcast=broadcast).recipients()
    states: Counter[str] = Counter(
        dict(rows.values_list("state").annotate(n=CountOf("pk")).order_by())
    )
    waiting = states[State.PENDING] + states[State.CLAIMED]
    done = states.total() - waiting
    per_minute = measured(broadcast, done, at)
    return Progress(
        total=states.total(),
        done=done,
        sent=states[State.SENT],
        failed=states[State.FAILED],
        uncertain=states[State.UNCERTAIN],
        withdrawn=states[State.WITHDRAWN],
        waiting=waiting,
        per_minute=per_minute,
        seconds_left=round(waiting / per_minute * 60) if per_minute and waiting else None,
        failures=failures(broadcast) if states[State.FAILED] else [],
    )


def under_way() -> list[tuple[Broadcast, int]]:
    """Those that are being sent or were paused, and how many of each wait: by an index."""
    states = (Broadcast.State.FREEZING, Broadcast.State.SENDING, Broadcast.State.PAUSED)
    rows = Broadcast.objects.filter(state__in=states).order_by("pk")
    found = list(rows.select_related("topic").prefetch_related("topic__texts"))
    pending = Delivery.objects.filter(broadcast__in=found, state=State.PENDING).order_by()
    waiting = dict(
        pending.values("broadcast").annotate(n=CountOf("pk")).values_list("broadcast", "n")
    )
    return [(each, waiting.get(each.pk, 0)) for each in found]


def measured(broadcast: Broadcast, done: int, at: datetime) -> int | None:
    """Mails a minute over the last minute; None before three looks at it."""
    key = f"broadcast-samples:{broadcast.pk}"
    samples: list[tuple[datetime, int]] = cache.get(key) or []
    samples = [each for each in samples if at - each[0] <= RATE_WINDOW][-SAMPLES:]
    samples.append((at, done))
    cache.set(key, samples, RATE_WINDOW.seconds)
    if len(samples) < ENOUGH_SAMPLES:
        return None
    (begun, before), (now, after) = samples[0], samples[-1]
    seconds = (now - begun).total_seconds()
    return round((after - before) / seconds * 60) if seconds > 0 else None


def failures(broadcast: Broadcast) -> list[tuple[str, int]]:
    """Why mails were refused, the most frequent first, in the servers' words."""
    failed = Delivery.objects.filter(broadcast=broadcast, state=State.FAILED)
    alike = failed.values(begins=Left("error", ALIKE)).annotate(
        n=CountOf("pk"), first=Min("error"), last=Max("error")
    )
    most = alike.order_by("-n", "begins")[:TOP_FAILURES]
    return [(in_common(each["first"], each["last"]), each["n"]) for each in most]


def in_common(first: str, last: str) -> str:
    """What all answers say that stand between these two in the alphabet."""
    same = commonprefix([first, last])  # noqa: RUF071  of letters, not of a path
    return first if first == last else f"{same.rstrip()} …"


def delivery_of_token(token: str) -> Delivery | None:
    """The delivery that a link to unsubscribe names."""
    number = unseal(token, purpose="unsubscribe")
    if number is None:
        return None
    known = Delivery.objects.select_related("broadcast__topic__section", "section", "supporter")
    return known.filter(pk=number).first()
