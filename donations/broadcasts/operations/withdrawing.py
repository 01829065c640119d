"""A topic is taken off the pages, unless somebody is about to be sent there."""

from django.db import transaction

from donations.broadcasts.models import Broadcast
from donations.topics import operations as topics
from donations.topics.models import Topic

State = Broadcast.State
ON_THE_WAY = (State.SCHEDULED, State.FREEZING, State.SENDING, State.PAUSED, State.NEEDS_REVIEW)


class IsOnTheWay(Exception):
    """A mailing about it is scheduled or being sent: its readers would find nothing."""


@transaction.atomic
def withdraw(*, topic: Topic) -> bool:
    """Back to a draft; False when it is one. Raises `IsOnTheWay`.

    A mailing that is finished does not keep it: its links lead nowhere then, which a newsroom
    may want when something has to go.
    """
    mailings = list(Broadcast.objects.select_for_update().filter(topic=topic))
    if any(mailing.state in ON_THE_WAY for mailing in mailings):
        raise IsOnTheWay
    return topics.unpublish(topic=topic)
