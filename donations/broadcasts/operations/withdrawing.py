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
    # Nobody schedules one meanwhile (scheduling.py).
    list(Topic.objects.select_for_update(of=("self",)).filter(pk=topic.pk).values_list("pk"))
    if Broadcast.objects.filter(topic=topic, state__in=ON_THE_WAY).exists():
        raise IsOnTheWay
    return topics.unpublish(topic=topic)
