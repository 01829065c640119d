"""What is sent twice counts once."""

from datetime import datetime

from django.db import IntegrityError, transaction

from donations.care.models import Errand


class AlreadyDone(Exception):
    """The same form was carried out before, by a double click or in another tab."""


def once(*, token: str, at: datetime) -> None:
    """Take a form's token in the transaction of what it asks for. Raises AlreadyDone.

    Whoever comes at the same moment waits here until the first has committed.
    """
    try:
        with transaction.atomic():
            Errand.objects.create(token=token, at=at)
    except IntegrityError as error:
        raise AlreadyDone from error
