"""The one letter to those who backed what has become a topic."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from donations import links
from donations.outbox import operations as outbox
from donations.outbox.models import Message, Suppression
from donations.supporters.links import choices_url
from donations.supporters.models import Consent, Supporter
from donations.topics.models import Suggestion, Topic

BATCH = 500


def tell_backers(*, at: datetime) -> int:
    """Queue a letter to everybody who backed what readers can open now, and say how many.

    Only to proved addresses that may be written to. Each hears once of a suggestion and once of
    a topic, whatever was merged, taken up anew or told by another process meanwhile.
    """
    untold = Suggestion.objects.untold().select_related("topic")
    return sum(tell(each, at=at) for each in untold.prefetch_related("topic__texts"))


@transaction.atomic
def tell(suggestion: Suggestion, *, at: datetime) -> int:
    """Of one suggestion; whoever marks it first tells all of them."""
    held = Suggestion.objects.select_for_update(no_key=True, of=("self",)).untold()
    if not held.filter(pk=suggestion.pk):
        return 0
    Suggestion.objects.filter(pk=suggestion.pk).mark_told(at=at)
    return sum(queue(suggestion, people, at=at) for people in backers(suggestion))


def queue(suggestion: Suggestion, people: Sequence[Supporter], *, at: datetime) -> int:
    """Letters to some of them; not to those who heard of the topic by another suggestion."""
    heard = told_of_topic(suggestion, people)
    letters = [letter(suggestion, each, at=at) for each in people if each.pk not in heard]
    outbox.queue_many(letters=letters)
    return len(letters)


def backers(suggestion: Suggestion) -> Iterator[Sequence[Supporter]]:
    """Those who may be written to, a few hundred at a time."""
    silent = Suppression.objects.filter(email=OuterRef("email"))
    said = Consent.objects.filter(supporter=OuterRef("pk"), purpose=Consent.Purpose.TOPICS)
    latest = said.order_by("-at", "-pk")[:1]
    people = Supporter.objects.filter(votes__suggestion=suggestion, proved_at__isnull=False)
    asked = people.annotate(is_yes=Subquery(latest.values("granted"))).annotate(
        said_at=Subquery(latest.values("at"))
    )
    # A no to all mail about topics is one to this letter too, unless it was backed after that.
    wanted = Q(is_yes=True) | Q(is_yes=None) | Q(said_at__lte=F("votes__at"))
    willing = asked.filter(wanted, ~Exists(silent)).order_by("pk")
    last = 0
    while found := list(willing.filter(pk__gt=last)[:BATCH]):
        yield found
        last = found[-1].pk


def told_of_topic(suggestion: Suggestion, people: Sequence[Supporter]) -> set[int]:
    """Who of them has a letter about the same topic, as backers of another suggestion."""
    others = Suggestion.objects.filter(topic=suggestion.topic_id).exclude(pk=suggestion.pk)
    keys = {
        key_of(other, each.pk): each.pk
        for other in others.exclude(told_at=None).values_list("pk", flat=True)
        for each in people
    }
    known = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in known}


def key_of(suggestion: int, supporter: int) -> str:
    """One letter for one suggestion and one person."""
    return f"{Message.Kind.SUGGESTION_TAKEN_UP}:{suggestion}:{supporter}"


def letter(suggestion: Suggestion, supporter: Supporter, *, at: datetime) -> Message:
    """In the supporter's language, as far as the topic is told in it."""
    language = outbox.spoken(supporter.language)
    title, topic_url = named(suggestion.topic, language)
    return Message(
        key=key_of(suggestion.pk, supporter.pk),
        kind=Message.Kind.SUGGESTION_TAKEN_UP,
        to=supporter.email,
        language=language,
        context={
            "name": supporter.name,
            "suggestion": suggestion.title,
            "topic": title,
            "topic_url": topic_url,
            "choices_url": choices_url(supporter, language),
        },
        next_attempt_at=at,
        created_at=at,
    )


def named(topic: Topic | None, language: str) -> tuple[str, str]:
    """What a topic is called in a language, and the address of its page."""
    text = topic.text(language) if topic else None
    if topic is None or text is None:
        return "", ""
    return text.title, links.absolute(reverse("topic", args=[language, topic.slug]))
