"""Who hears about which section."""

from dataclasses import dataclass

from django.db.models import Q

from donations.sections.models import FollowQuerySet, Section
from donations.supporters.models import Supporter


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What somebody hears about: every section, or these; nothing when both are blank."""

    every: bool
    sections: tuple[Section, ...]
    language: str

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return self.every or bool(self.sections)


def choices(supporter: Supporter) -> Choices:
    """What is mailed now."""
    return _choices(supporter, supporter.follows.active())


def waiting(supporter: Supporter) -> Choices:
    """What was asked for, and waits for the mailbox."""
    return _choices(supporter, supporter.follows.waiting())


def _choices(supporter: Supporter, follows: FollowQuerySet) -> Choices:
    rows = list(follows.select_related("section").order_by("section__position", "section_id"))
    return Choices(
        every=any(each.section is None for each in rows),
        sections=tuple(each.section for each in rows if each.section is not None),
        language=rows[0].language if rows else supporter.language,
    )


def choosable(supporter: Supporter | None = None) -> list[Section]:
    """The sections that readers may choose, and closed ones that this supporter follows still."""
    fits = Q(is_open=True)
    if supporter is not None:
        fits |= Q(pk__in=supporter.follows.active().values("section"))
    return list(Section.objects.filter(fits).order_by("position", "pk"))


def hears_about(supporter: Supporter, section: Section | None) -> bool:
    """Whether mail of this section, of any for None, still goes to them."""
    return supporter.follows.active().about(section).exists()
