"""Broadcasts with all that their pages say of them, in a fixed number of questions."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from donations.broadcasts.models import Broadcast, Edition

State = Broadcast.State
IN_HAND = (State.DRAFT, State.SCHEDULED, State.FREEZING, State.SENDING, State.PAUSED)
OVER = (State.FINISHED, State.CANCELED)
RUNNING = (State.FREEZING, State.SENDING, State.PAUSED)

# What the history tells of one before and after.
TOLD = ("state", "send_at", "approved_by__email")


def told() -> "QuerySet[Broadcast]":
    """With topic, section, texts and people."""
    every = Broadcast.objects.select_related("topic__section", "author", "approved_by")
    return every.prefetch_related("topic__texts")


def one(pk: int) -> Broadcast:
    """Raises Http404."""
    return get_object_or_404(told(), pk=pk)


def earlier(broadcast: Broadcast) -> "QuerySet[Broadcast]":
    """Others about the same topic that went out or will, newest first."""
    others = Broadcast.objects.filter(topic=broadcast.topic_id).exclude(pk=broadcast.pk)
    return others.exclude(state__in=(State.DRAFT, State.CANCELED)).order_by("-pk")


def is_waiting(broadcast: Broadcast) -> bool:
    """Whether it goes no further without a person."""
    unapproved = broadcast.state == State.SCHEDULED and broadcast.approved_at is None
    return broadcast.state == State.NEEDS_REVIEW or unapproved


def contents(broadcast: Broadcast) -> Callable[[], dict[str, Any]]:
    """Audience and words as they are kept, for the history."""

    def state() -> dict[str, Any]:
        names = ("to_every_section", "languages", "support")
        row = Broadcast.objects.filter(pk=broadcast.pk).values(*names).first() or {}
        parts = ("subject", "preface")
        editions = Edition.objects.filter(broadcast=broadcast.pk).values("language", *parts)
        said = {f"{part}_{each['language']}": each[part] for each in editions for part in parts}
        return {**row, **said}

    return state
