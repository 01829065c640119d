"""Suggestions as readers and the newsroom find them."""

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet

from donations.giving.models import Donation
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Topic, TopicText, Vote

MAX_WORDS = 5
MOST_WANTED = ("-votes_count", "-created_at", "-pk")
State = Suggestion.State


def may_take_part(supporter: Supporter) -> bool:
    """Whether this supporter has given."""
    return Donation.objects.filter(supporter=supporter).exists()


def shown(state: str) -> QuerySet[Suggestion]:
    """What readers see in a state: the most wanted first, what is decided by its day."""
    order = MOST_WANTED if state == State.OPEN else ("-changed_at", "-pk")
    return _counted(Suggestion.objects.shown().filter(state=state)).order_by(*order)


def in_state(state: str, *, text: str = "") -> QuerySet[Suggestion]:
    """What the newsroom sees: the oldest that waits first, else the newest; hidden ones too."""
    order = ("created_at", "pk") if state == State.NEW else ("-changed_at", "-pk")
    found = find(Suggestion.objects.filter(state=state), text)
    return _counted(found).select_related("supporter", "merged_into").order_by(*order)


def counts() -> dict[str, int]:
    """How many stand how."""
    rows = Suggestion.objects.values_list("state").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(State.values, 0) | dict(rows)


def alike(suggestion: Suggestion, text: str) -> QuerySet[Suggestion]:
    """Where it may be merged into, by words of the title or the details."""
    others = Suggestion.objects.exclude(pk=suggestion.pk).exclude(state=State.MERGED)
    return _counted(find(others, text)).order_by(*MOST_WANTED)


def topics_called(text: str) -> QuerySet[Topic]:
    """Topics, drafts too, that a suggestion may be taken up by; the newest first."""
    titles = TopicText.objects.filter(_has_words(text, "title"))
    found = Topic.objects.filter(pk__in=titles.values("topic")) if text.split() else Topic.objects
    return found.prefetch_related("texts").order_by("-created_at", "-pk")


def find(suggestions: QuerySet[Suggestion], text: str) -> QuerySet[Suggestion]:
    """Those with every word of the text in them."""
    return suggestions.filter(_has_words(text, "title", "details"))


def one(pk: int) -> Suggestion | None:
    """A suggestion with all that its page at the desk shows."""
    merged = _counted(Suggestion.objects.all()).order_by("pk")
    found = _counted(Suggestion.objects.filter(pk=pk)).select_related("supporter", "merged_into")
    return found.prefetch_related(Prefetch("merged", merged)).first()


def backed_by(supporter: Supporter, suggestions: Iterable[Suggestion]) -> set[int]:
    """The numbers of those that the supporter backs."""
    votes = Vote.objects.filter(supporter=supporter, suggestion__in=suggestions)
    return set(votes.values_list("suggestion", flat=True))


def waiting_of(supporter: Supporter) -> QuerySet[Suggestion]:
    """The supporter's own that nobody has looked at yet."""
    return Suggestion.objects.waiting().filter(supporter=supporter).order_by("-pk")


def _counted(suggestions: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    counted = suggestions.annotate(votes_count=Count("votes"))
    texts = Prefetch("topic__texts", TopicText.objects.defer("body"))
    return counted.select_related("topic").prefetch_related(texts)


def _has_words(text: str, *fields: str) -> Q:
    fits = Q()
    for word in text.replace("\x00", "").split()[:MAX_WORDS]:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        fits &= somewhere
    return fits
