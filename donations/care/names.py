"""Who a supporter is, put right."""

from datetime import datetime

from django.db import transaction

from donations.care.errands import once
from donations.history.operations import keep_change
from donations.supporters.models import Supporter, User
from donations.supporters.operations import correct


@transaction.atomic
def correct_supporter(
    *, supporter: Supporter, name: str, language: str, by: User, token: str, why: str, at: datetime
) -> None:
    """Another name, or another language to write in. Raises AlreadyDone."""
    once(token=token, at=at)
    locked = Supporter.objects.select_for_update().get(pk=supporter.pk)
    before = {"name": locked.name, "language": locked.language}
    correct(supporter=locked, name=name, language=language)
    after = {"name": locked.name, "language": locked.language}
    if before != after:
        keep_change(
            what="supporter.corrected",
            by=by,
            about=locked,
            supporter=locked,
            before=before,
            after=after,
            why=why,
            at=at,
        )
