"""The newsroom's feeds: added, paused, asked at once, removed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from donations.sections.models import Section
from donations.topics.models import Feed


class AlreadyThere(Exception):
    """The feed was added before."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.url)
        self.feed = feed


def add(*, url: str, section: Section, language: str, at: datetime) -> Feed:
    """A feed whose drafts go under this section, in this language; due at once.

    Raises AlreadyThere, also when only http became https.
    """
    bare = url.partition("://")[2]
    same = Feed.objects.filter(url__in=[f"http://{bare}", f"https://{bare}"])
    if known := same.first():
        raise AlreadyThere(known)
    try:
        with transaction.atomic():
            return Feed.objects.create(url=url, section=section, language=language, next_poll_at=at)
    except IntegrityError as error:
        raise AlreadyThere(same.get()) from error


def pause(*, feed: Feed) -> bool:
    """Not asked until `ask_now`; what a worker is just taking from it is dropped.

    False when it is paused already.
    """
    return bool(Feed.objects.filter(pk=feed.pk).mark_paused())


def ask_now(*, feed: Feed, at: datetime) -> bool:
    """Due at once, whether it was paused, gone or waits after failures; False when removed."""
    return bool(Feed.objects.filter(pk=feed.pk).mark_due(at=at))


def remove(*, feed: Feed) -> bool:
    """The drafts that came of it stay; False when it is gone already."""
    removed, _rows = Feed.objects.filter(pk=feed.pk).delete()
    return bool(removed)
