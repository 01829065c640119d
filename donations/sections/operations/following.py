"""The one place where follows are written. Every section, or chosen ones: never both are active."""

from collections.abc import Iterable
from datetime import datetime

from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter

EVERY: list[Section | None] = [None]


def locked(supporter: Supporter) -> Supporter:
    """The supporter, whose follows nobody else changes meanwhile; mailings are not held up.

    One that was merged into another meanwhile is that one.
    """
    held = Supporter.everybody.select_for_update(no_key=True)
    row = held.get(pk=supporter.pk)
    return row if row.merged_into_id is None else held.get(pk=row.merged_into_id)


def numbers(sections: Iterable[Section | None]) -> set[int | None]:
    """Their numbers; None is every section."""
    return {None if section is None else section.pk for section in sections}


def follow(
    *,
    supporter: Supporter,
    section: Section | None,
    language: str,
    asked_at: datetime,
    confirmed_at: datetime | None,
) -> None:
    """Wanted from now on, whether the row is new or had ended."""
    row, is_new = Follow.objects.get_or_create(
        supporter=supporter,
        section=section,
        defaults={"language": language, "asked_at": asked_at, "confirmed_at": confirmed_at},
    )
    if not is_new:
        Follow.objects.filter(pk=row.pk).mark_asked(
            language=language, asked_at=asked_at, confirmed_at=confirmed_at
        )


def end_all_but(*, follows: Iterable[Follow], wanted: set[int | None], at: datetime) -> None:
    """End those of the follows that are not among the wanted sections."""
    others = [each.pk for each in follows if each.section_id not in wanted]
    Follow.objects.filter(pk__in=others).mark_ended(at=at)


def keep_one_kind(*, supporter: Supporter, at: datetime) -> None:
    """Who hears about every section needs no row for a single one."""
    active = supporter.follows.active()
    if active.filter(section=None).exists():
        active.exclude(section=None).mark_ended(at=at)
