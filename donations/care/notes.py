"""Notes about a supporter."""

from datetime import datetime

from django.db import transaction

from donations.care.errands import once
from donations.care.models import Note
from donations.history.operations import keep_change
from donations.supporters.models import Supporter, User


@transaction.atomic
def add_note(*, supporter: Supporter, text: str, by: User, token: str, at: datetime) -> Note:
    """Write something down. Raises AlreadyDone."""
    once(token=token, at=at)
    return Note.objects.create(supporter=supporter, text=text, by=by, by_email=by.email, at=at)


@transaction.atomic
def withdraw_note(*, note: Note, by: User, at: datetime) -> bool:
    """It was wrong, or does not hold any more: it stays readable, and marked. False when it is."""
    if not note.mark_withdrawn(at=at):
        return False
    keep_change(what="supporter.note_withdrawn", by=by, about=note, supporter=note.supporter, at=at)
    return True
