"""What the newsroom may do with a suggestion. Readers see its answer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from donations.sections.models import Section
from donations.supporters.models import User
from donations.topics.models import Suggestion, Topic, Vote
from donations.topics.models.suggestion import SuggestionQuerySet
from donations.topics.operations.suggestions import plain_lines, with_merged
from donations.topics.operations.topics import Content, Text, create


class NeedsAnswer(Exception):
    """Who asked deserves to be told why not."""


class CannotMerge(Exception):
    """Into itself, in a circle, or something that is a topic already."""


class IsMerged(Exception):
    """What happens to it happens to the one that it was merged into."""


def let_through(*, suggestion: Suggestion, at: datetime) -> bool:
    """Show it and open it for votes, also when it had been decided; False when it is open."""
    return bool(_one(suggestion).mark_open(at=at))


def answer(*, suggestion: Suggestion, text: str) -> None:
    """Say something to it in public; blank takes back what was said."""
    _one(suggestion).mark_answered(answer=plain_lines(text))


def decline(*, suggestion: Suggestion, text: str, at: datetime) -> None:
    """Say no, and why. Raises NeedsAnswer, IsMerged."""
    said = plain_lines(text)
    if not said:
        raise NeedsAnswer
    if not _one(suggestion).mark_declined(answer=said, at=at):
        raise IsMerged


@transaction.atomic
def take_up(*, suggestion: Suggestion, topic: Topic, at: datetime) -> bool:
    """It becomes this topic, whose publishing its backers hear of; False when it is it already.

    Raises IsMerged.
    """
    held = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    if held.state == Suggestion.State.MERGED:
        raise IsMerged
    return bool(_one(suggestion).mark_taken_up(topic=topic, at=at))


@transaction.atomic
def take_up_anew(*, suggestion: Suggestion, section: Section, by: User, at: datetime) -> Topic:
    """It becomes a draft of its own name; the one that it is already, the second time.

    Raises IsMerged.
    """
    held = Suggestion.objects.select_for_update(no_key=True).get(pk=suggestion.pk)
    if held.topic is not None:
        return held.topic
    words = {held.language: Text(title=held.title)}
    topic = create(content=Content(section=section, texts=words), by=by, at=at)
    take_up(suggestion=held, topic=topic, at=at)
    return topic


def hide(*, suggestion: Suggestion, is_hidden: bool) -> None:
    """Off the pages, or back on them as it stood."""
    _one(suggestion).mark_hidden(is_hidden=is_hidden)


@transaction.atomic
def merge(*, suggestion: Suggestion, into: Suggestion, at: datetime) -> Suggestion:
    """The same as another: its votes count there from now on, and of two by one person one.

    What was merged itself leads to where it went. A second time changes nothing.
    Raises CannotMerge.
    """
    target = root_of(into)
    held = {each.pk: each for each in _held(suggestion.pk, target.pk)}
    moving, target = held[suggestion.pk], held[target.pk]
    if moving.state == Suggestion.State.MERGED and root_of(moving) == target:
        return target
    is_gone = target.state == Suggestion.State.MERGED
    if is_gone or moving == target or not _one(moving).mark_merged(into=target, at=at):
        raise CannotMerge
    _gather(target)
    if target.told_at is not None:
        _one(target).mark_untold()
    return target


@transaction.atomic
def unmerge(*, suggestion: Suggestion, at: datetime) -> bool:
    """By itself again as it stood before, with the votes that it brought; False if it was not."""
    if suggestion.merged_into_id is None:
        return False
    target = root_of(suggestion)
    list(_held(suggestion.pk, target.pk))
    if not _one(suggestion).mark_unmerged(at=at):
        return False
    _gather(suggestion)
    _gather(target)
    return True


def root_of(suggestion: Suggestion) -> Suggestion:
    """Where its votes count: itself, or what it was merged into in the end."""
    seen = set()
    while suggestion.merged_into is not None and suggestion.pk not in seen:
        seen.add(suggestion.pk)
        suggestion = suggestion.merged_into
    return suggestion


def _gather(suggestion: Suggestion) -> None:
    """All that was cast for it, or for what is merged into it, counts here: one of each person."""
    there = Vote.objects.filter(suggestion=suggestion).values("supporter")
    cast = Vote.objects.filter(cast_for__in=with_merged(suggestion)).exclude(supporter__in=there)
    first = cast.values("supporter").annotate(first=Min("pk")).values_list("first", flat=True)
    Vote.objects.filter(pk__in=first).update(suggestion=suggestion)


def _held(*numbers: int) -> SuggestionQuerySet:
    """Locked in one order, so that two merges the other way round do not wait for each other."""
    return Suggestion.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk")


def _one(suggestion: Suggestion) -> SuggestionQuerySet:
    return Suggestion.objects.filter(pk=suggestion.pk)
