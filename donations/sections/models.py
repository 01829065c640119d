"""What the newsroom writes about, and who wants to hear of it."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from donations.supporters.models import Supporter

MAX_NAME = 80


def section_names(names: object) -> None:
    """Validates {"en": "Politics", …}: known languages, no blanks, at least one."""
    if not isinstance(names, dict) or not names:
        raise ValidationError("A section needs a name in at least one language.")
    for language, name in names.items():
        if language not in dict(settings.LANGUAGES):
            raise ValidationError(f"{language} is not one of the newsroom's languages.")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME:
            raise ValidationError(f"The name for {language} is blank or too long.")


class SectionQuerySet(models.QuerySet["Section"]):
    """Filters, and the only doors through which a section is opened and closed."""

    def open(self) -> "SectionQuerySet":
        """Those that readers may choose."""
        return self.filter(is_open=True).order_by("position", "pk")

    def mark_open(self) -> int:
        """Readers may choose it again."""
        return self.filter(is_open=False).update(is_open=True)

    def mark_closed(self) -> int:
        """Nobody new can choose it."""
        return self.filter(is_open=True).update(is_open=False)


class Section(models.Model):
    """Politics, Economy: what a Topic is published under and what a supporter may follow.

    `names` by language: {"en": "Politics", "ro": "Politică", "ru": "Политика"}.
    """

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(validators=[section_names])
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    objects = SectionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name(settings.LANGUAGE_CODE)

    def name(self, language: str) -> str:
        """In this language, else in the first of the newsroom's that it has."""
        spoken = (language, *dict(settings.LANGUAGES))
        return next((self.names[each] for each in spoken if each in self.names), self.slug)


class FollowQuerySet(models.QuerySet["Follow"]):
    """Filters, and the only doors through which a follow changes."""

    def active(self) -> "FollowQuerySet":
        """Asked for, by somebody whose address is proved, and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)

    def waiting(self) -> "FollowQuerySet":
        """Asked for, and not yet confirmed from the mailbox."""
        return self.filter(confirmed_at=None, ended_at=None)

    def about(self, section: Section | None) -> "FollowQuerySet":
        """Those that a mailing of this section goes to; of any section for None."""
        if section is None:
            return self
        return self.filter(Q(section=section) | Q(section=None))

    def mark_asked(
        self, *, language: str, asked_at: datetime, confirmed_at: datetime | None
    ) -> int:
        """Wanted, perhaps again; without `confirmed_at` only once the mailbox answers."""
        return self.update(
            language=language, asked_at=asked_at, confirmed_at=confirmed_at, ended_at=None
        )

    def mark_spoken(self, language: str) -> int:
        """Written in this language from now on."""
        return self.update(language=language)

    def mark_resumed(self) -> int:
        """It had been ended by mistake."""
        return self.update(ended_at=None)

    def mark_confirmed(self, *, at: datetime) -> int:
        """The mailbox answered."""
        return self.waiting().update(confirmed_at=at)

    def mark_ended(self, *, at: datetime) -> int:
        """No more of this."""
        return self.filter(ended_at=None).update(ended_at=at)


class Follow(models.Model):
    """A supporter's choice to hear about a Section, or about every one, in a language.

    Nothing is mailed on it before `confirmed_at` (double opt-in) or after `ended_at`.
    """

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="follows")
    section = models.ForeignKey(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="follow_once", fields=["supporter", "section"]),
            models.UniqueConstraint(
                name="follow_everything_once",
                fields=["supporter"],
                condition=Q(section__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supporter_id}: {self.section or 'every section'} ({self.language})"
