"""Whoever came by a link that we mailed to them: their word is enough."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from donations.sections.models import Follow, Section
from donations.sections.operations.following import (
    EVERY,
    end_all_but,
    follow,
    locked,
    numbers,
)
from donations.supporters.models import Consent, Supporter
from donations.supporters.operations import learn_language, record_consent


@transaction.atomic
def choose(
    *,
    supporter: Supporter,
    sections: Sequence[Section] | None,
    language: str,
    wording: str,
    source: str,
    at: datetime,
) -> None:
    """Exactly these from now on, in this language; every one for None, none for nothing.

    Only for somebody who followed a link that we mailed: it proves the address.
    """
    supporter = locked(supporter)
    supporter.mark_proved(at=at)
    learn_language(supporter=supporter, language=language)
    wanted = EVERY if sections is None else list(sections)
    current = supporter.follows.filter(ended_at=None)
    end_all_but(follows=current, wanted=numbers(wanted), at=at)
    current.mark_confirmed(at=at)
    current.mark_spoken(language)
    kept = {each.section_id for each in current.all()}
    for section in wanted:
        if (None if section is None else section.pk) not in kept:
            follow(
                supporter=supporter,
                section=section,
                language=language,
                asked_at=at,
                confirmed_at=at,
            )
    record_consent(
        supporter=supporter,
        purpose=Consent.Purpose.TOPICS,
        granted=bool(wanted),
        wording=wording,
        source=source,
        at=at,
    )


@transaction.atomic
def stop(
    *, supporter: Supporter, section: Section | None, wording: str, source: str, at: datetime
) -> None:
    """No more about this section, or about any for None.

    Who followed every section follows all the other open ones from now on.
    """
    supporter = locked(supporter)
    current = supporter.follows.filter(ended_at=None)
    if section is None:
        current.mark_ended(at=at)
    else:
        general = current.filter(section=None).first()
        if general is not None:
            _spread(general, leaving_out=section, at=at)
        current.filter(section=section).mark_ended(at=at)
    if not current.exists():
        record_consent(
            supporter=supporter,
            purpose=Consent.Purpose.TOPICS,
            granted=False,
            wording=wording,
            source=source,
            at=at,
        )


def _spread(general: Follow, *, leaving_out: Section, at: datetime) -> None:
    """Every section becomes each of them but one; it was asked for when it was."""
    Follow.objects.filter(pk=general.pk).mark_ended(at=at)
    for section in Section.objects.open().exclude(pk=leaving_out.pk):
        follow(
            supporter=general.supporter,
            section=section,
            language=general.language,
            asked_at=general.asked_at,
            confirmed_at=general.confirmed_at,
        )
