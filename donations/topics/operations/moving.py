"""What one supporter suggested and backed becomes another's: they are the same person. And back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from donations.supporters.models import Supporter
from donations.supporters.moving import move, move_back
from donations.topics.models import Suggestion, Vote
from donations.topics.operations.moderating import root_of


def move_suggestions(*, of: Supporter, to: Supporter) -> dict[str, Any]:
    """Suggestions and votes; who backed one under both names backs it once. Answers which."""
    backed = Vote.objects.filter(supporter=to).values("suggestion")
    doubled = Vote.objects.filter(supporter=of, suggestion__in=backed)
    dropped = [
        {"pk": vote.pk, "cast_for": vote.cast_for_id, "at": vote.at.isoformat()}
        for vote in doubled.order_by("pk")
    ]
    doubled.delete()
    return {
        "suggestions": move(Suggestion.objects.filter(supporter=of), to=to),
        "votes": move(Vote.objects.filter(supporter=of), to=to),
        "dropped_votes": dropped,
    }


def move_suggestions_back(moved: Mapping[str, Any], *, of: Supporter, to: Supporter) -> None:
    """Exactly these; a vote that was one of two counts again, where its suggestion's votes are."""
    move_back(Suggestion, moved["suggestions"], of=of, to=to)
    move_back(Vote, moved["votes"], of=of, to=to)
    known = Suggestion.objects.in_bulk([vote["cast_for"] for vote in moved["dropped_votes"]])
    for vote in moved["dropped_votes"]:
        if suggestion := known.get(vote["cast_for"]):
            Vote.objects.get_or_create(
                suggestion=root_of(suggestion),
                supporter=to,
                defaults={
                    "pk": vote["pk"],
                    "cast_for": suggestion,
                    "at": datetime.fromisoformat(vote["at"]),
                },
            )
