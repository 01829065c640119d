"""Marks. Nothing is counted here and nothing is locked: rows are only ever inserted."""

from django.db import models


class Recount(models.Model):
    """Something has changed: the totals of this day, person or agreement are to be made anew.

    It refers by number and not by a foreign key: it outlives what it is about.
    """

    class About(models.TextChoices):
        """What `key` is: the ordinal of a day, or a primary key.

        A day is one on which money came or went; a due day is one on which it is expected. The
        mark of a donation stands for its day and those of its refunds and disputes.
        """

        DAY = "day", "a day"
        DUE_DAY = "due", "a day to come"
        DONATION = "donation", "a donation"
        SUPPORTER = "supporter", "a supporter"
        AGREEMENT = "agreement", "an agreement of nobody known"

    about = models.CharField(max_length=9, choices=About)
    key = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.about} {self.key}"
