"""Before anything is sent: to whom, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from donations.broadcasts import queries
from donations.broadcasts.editions import Words, complete
from donations.broadcasts.models import Broadcast, Edition
from donations.outbox import operations as outbox
from donations.outbox.models import Message
from donations.supporters.models import User
from donations.topics.models import Topic


class NotADraft(Exception):
    """It is scheduled, sent or canceled already; nothing of it may change."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Who is meant; no languages mean all."""

    to_every_section: bool = False
    languages: tuple[str, ...] = ()
    support: str = Broadcast.Support.ALL


@transaction.atomic
def draft(*, topic: Topic, by: User | None, at: datetime) -> Broadcast:
    """A broadcast about the topic, to the followers of its section."""
    broadcast = Broadcast.objects.create(topic=topic, author=by, created_at=at, changed_at=at)
    complete(broadcast)
    return broadcast


@transaction.atomic
def edit(
    *,
    broadcast: Broadcast,
    audience: Audience,
    editions: Mapping[str, Words],
    by: User | None,
    at: datetime,
) -> None:
    """Change audience and words, by language. Raises NotADraft.

    Who changes something is its author from now on, and so may not be the one to approve it.
    """
    drafts = Broadcast.objects.filter(pk=broadcast.pk, state=Broadcast.State.DRAFT)
    changed = drafts.update(
        to_every_section=audience.to_every_section,
        languages=list(audience.languages),
        support=audience.support,
        changed_at=at,
    )
    if not changed:
        raise NotADraft
    complete(broadcast)
    is_other = standing(broadcast) != audience
    for language, words in editions.items():
        said = {"subject": words.subject.strip(), "preface": words.preface.strip()}
        other = Edition.objects.filter(broadcast=broadcast, language=language).exclude(**said)
        is_other = bool(other.update(**said)) or is_other
    if is_other and by is not None:
        drafts.update(author=by)


def standing(broadcast: Broadcast) -> Audience:
    """Whom it was meant for when it was read."""
    return Audience(
        to_every_section=broadcast.to_every_section,
        languages=tuple(broadcast.languages),
        support=broadcast.support,
    )


def send_proof(*, broadcast: Broadcast, language: str, to: User, at: datetime) -> None:
    """What a reader would get, to a colleague's own address. Raises what rendering raises."""
    rendered = queries.preview(broadcast, language)
    outbox.queue(
        key=f"proof:{broadcast.pk}:{language}:{to.pk}:{at.isoformat()}",
        kind=Message.Kind.PROOF,
        to=to.email,
        language=language,
        context={"subject": rendered.subject, "text": rendered.text, "html": rendered.html},
        at=at,
    )
