"""What readers may do: ask for a topic, back one, take that back."""

from datetime import datetime

from django.db import transaction

from donations.giving.models import Donation
from donations.outbox.wording import one_line
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Vote

MAX_WAITING = 5
# They turn around the text of a page that stands beside them, and no suggestion needs them.
STEERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class NotASupporter(Exception):
    """Suggesting and backing is for those who have given."""


class NotOpen(Exception):
    """It cannot be backed: not shown, or decided already."""


class TooManyWaiting(Exception):
    """The newsroom has not looked at the last ones of this supporter yet."""


def plain_line(text: str) -> str:
    """As it is kept: one line, without characters that steer instead of being read."""
    return one_line(text.translate(STEERING))


def plain_lines(text: str) -> str:
    """The same for several lines, of which no two stand empty together."""
    lines = "\n".join(map(plain_line, text.splitlines()))
    while "\n\n\n" in lines:
        lines = lines.replace("\n\n\n", "\n\n")
    return lines.strip()


@transaction.atomic
def suggest(
    *, supporter: Supporter, language: str, title: str, details: str, at: datetime
) -> Suggestion:
    """Keep what a supporter asks for, and their own vote for it; readers see it once let through.

    The same text a second time is the first one. Only for somebody who followed a link that we
    mailed: it proves the address. Raises NotASupporter, TooManyWaiting.
    """
    require_gift(supporter)
    Supporter.objects.select_for_update(no_key=True).get(pk=supporter.pk)
    supporter.mark_proved(at=at)
    said = {"title": plain_line(title), "details": plain_lines(details)}
    own = Suggestion.objects.filter(supporter=supporter)
    known = own.filter(**said).order_by("pk").first()
    if known is not None:
        return known
    if own.waiting().count() >= MAX_WAITING:
        raise TooManyWaiting
    suggestion = Suggestion.objects.create(
        supporter=supporter, language=language, created_at=at, changed_at=at, **said
    )
    Vote.objects.create(suggestion=suggestion, cast_for=suggestion, supporter=supporter, at=at)
    return suggestion


@transaction.atomic
def vote(*, suggestion: Suggestion, supporter: Supporter, at: datetime) -> bool:
    """Back a suggestion; False when this supporter does already. The link proves the address.

    The row is held so that no merge takes its votes meanwhile. Raises NotASupporter, NotOpen.
    """
    require_gift(supporter)
    if not Suggestion.objects.select_for_update(no_key=True).open().filter(pk=suggestion.pk):
        raise NotOpen
    supporter.mark_proved(at=at)
    return Vote.objects.get_or_create(
        suggestion=suggestion,
        supporter=supporter,
        defaults={"cast_for": suggestion, "at": at},
    )[1]


@transaction.atomic
def unvote(*, suggestion: Suggestion, supporter: Supporter) -> bool:
    """Take it back, whatever became of the suggestion; False when there is nothing to take back.

    With it goes what was cast for others that were merged into this one.
    """
    Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    gone, _rows = Vote.objects.filter(
        cast_for__in=with_merged(suggestion), supporter=supporter
    ).delete()
    return bool(gone)


def require_gift(supporter: Supporter) -> None:
    """Raises NotASupporter for somebody who never gave."""
    if not Donation.objects.filter(supporter=supporter).exists():
        raise NotASupporter


def with_merged(suggestion: Suggestion) -> list[int]:
    """The numbers of a suggestion and of all that were merged into it, at whatever remove."""
    found, latest = [suggestion.pk], [suggestion.pk]
    while latest:
        merged = Suggestion.objects.filter(merged_into__in=latest)
        latest = list(merged.exclude(pk__in=found).values_list("pk", flat=True))
        found += latest
    return found
