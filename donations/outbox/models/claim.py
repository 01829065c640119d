"""Which claims the database has not crashed over."""

from datetime import datetime, timedelta

from django.db import models

# Far longer than any lease lasts.
FORGET_AFTER = timedelta(days=1)


class LiveClaim(models.Model):
    """A claim, in a table that PostgreSQL empties whenever it recovers from a crash (UNLOGGED).

    What a mailing commits for each mail is seen by all at once and written to disk a moment later
    (`synchronous_commit`), so a crash of the database, and only that, can forget that a mail was
    begun. Then the claim is forgotten as well, and what it held is uncertain instead of waiting.
    """

    claim = models.UUIDField(primary_key=True)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.claim)

    @classmethod
    def forget_old(cls, at: datetime) -> None:
        """Those that nobody came back for."""
        cls.objects.filter(taken_at__lt=at - FORGET_AFTER).delete()
