"""One person goes out of what readers suggested. Their votes go with their record."""

from collections.abc import Collection

from donations.topics.models import Suggestion

NO_WORDS = "—"


def forget_suggestions(*, ids: Collection[int]) -> int:
    """Nobody's, without its words, and off the pages; who backed it and its topic stay."""
    theirs = Suggestion.objects.filter(supporter__in=ids)
    return theirs.update(supporter=None, title=NO_WORDS, details="", answer="", is_hidden=True)
