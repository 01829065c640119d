"""What every row of a mail queue has: its states, and the only doors through which they change."""

import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Generic, Self, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, OuterRef, Q

from donations.outbox.models.claim import LiveClaim

# Written by hand because it runs once for every mail: composing it anew takes ten times as long
# as the database needs for it, fsync and all.
SENT_AND_ATTEMPTED = """
    UPDATE {table} SET
        state = CASE id WHEN %(sent)s THEN 'sent' ELSE state END,
        sent_at = CASE id WHEN %(sent)s THEN %(at)s ELSE sent_at END,
        attempted_at = CASE id WHEN %(next)s THEN %(at)s ELSE attempted_at END,
        lease_until = CASE id WHEN %(next)s THEN %(lease_until)s ELSE lease_until END,
        attempts = attempts + CASE id WHEN %(next)s THEN 1 ELSE 0 END
    WHERE id IN (%(sent)s, %(next)s) AND claim = %(claim)s
        AND (id = %(sent)s) = (attempted_at IS NOT NULL)
        AND (id = %(sent)s OR ({wanted}))
"""

# PostgreSQL: of this transaction alone, and without waiting for the disk. See `LiveClaim`.
WRITTEN_LATER = "set_config('synchronous_commit', 'off', true) = 'off'"

CLAIM = models.UUIDField()

Row = TypeVar("Row", bound="Sending")


@lru_cache(maxsize=8)
def sent_and_attempted(table: str, wanted: str) -> str:
    """The statement for a table."""
    return SENT_AND_ATTEMPTED.format(table=table, wanted=wanted)


def run(database: BaseDatabaseWrapper, statement: str, values: Mapping[str, Any]) -> int:
    """How many rows it changed. Planned once where the database can keep a plan."""
    prepared: Callable[[str, Mapping[str, Any]], int] | None = getattr(
        database, "run_prepared", None
    )
    if prepared:
        return prepared(statement, values)
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        changed: int = cursor.rowcount
    return changed


class State(models.TextChoices):
    """Where a mail is on its way."""

    PENDING = "pending", "waiting"
    CLAIMED = "claimed", "being sent"
    SENT = "sent", "sent"
    UNCERTAIN = "uncertain", "perhaps sent"
    FAILED = "failed", "refused"
    EXCLUDED = "excluded", "never a recipient"
    WITHDRAWN = "withdrawn", "no longer wanted"


class SendingQuerySet(models.QuerySet[Row], Generic[Row]):
    """Filters, and the only doors through which a state changes."""

    # A condition in SQL that a row has to meet in the very statement that lets it on the wire.
    WANTED = "TRUE"
    # Whether the marks of a mail need not be on disk before it goes out.
    WRITTEN_LATER = False

    def numbered(self, numbers: Collection[int]) -> Self:
        """These, by their numbers alone.

        A second condition tempts PostgreSQL: of a table that was filled a minute ago it knows
        nothing yet, and reads a whole broadcast to find fifty rows.
        """
        return type(self)(self.model, using=self.db).filter(pk__in=numbers)

    def due(self, at: datetime) -> Self:
        """Waiting, and its time has come."""
        return self.filter(state=State.PENDING, next_attempt_at__lte=at)

    def expired(self, at: datetime) -> Self:
        """Held by somebody who did not come back in time."""
        return self.filter(state=State.CLAIMED, lease_until__lt=at)

    def held(self, claim: uuid.UUID) -> Self:
        """Claimed by this run, and not yet on its way."""
        return self.filter(claim=claim, state=State.CLAIMED, attempted_at=None)

    def provably_waiting(self) -> Self:
        """Of those with a claim: never on the wire, by everything that could have told."""
        live = LiveClaim.objects.filter(claim=OuterRef("claim"))
        return self.filter(Exists(live), attempted_at=None)

    def attempted(self, pk: int, claim: uuid.UUID) -> Self:
        """The mail that this run had on the wire, also when its lease has run out since."""
        return self.filter(
            pk=pk,
            claim=claim,
            state__in=(State.CLAIMED, State.UNCERTAIN),
            attempted_at__isnull=False,
        )

    def mark_claimed(self, *, claim: uuid.UUID, lease_until: datetime) -> int:
        """Take these for one run."""
        return self.update(state=State.CLAIMED, claim=claim, lease_until=lease_until)

    def mark_pending(self, *, next_attempt_at: datetime | None = None, **changes: Any) -> int:
        """Back to the queue; without a time at the place where they were."""
        return self.update(
            state=State.PENDING,
            next_attempt_at=next_attempt_at or F("next_attempt_at"),
            claim=None,
            lease_until=None,
            attempted_at=None,
            **changes,
        )

    def mark_attempted(self, *, pk: int, claim: uuid.UUID, at: datetime, lease: timedelta) -> bool:
        """Commit that this one goes on the wire now.

        False when the claim was taken away meanwhile, or nobody wants it any more: then it must
        not be sent.
        """
        return self._marked(0, pk, claim, at, lease) == 1

    def mark_sent_and_attempted(
        self, *, sent: int, pk: int, claim: uuid.UUID, at: datetime, lease: timedelta
    ) -> bool:
        """Commit that one was sent and the next goes on the wire: one write for two marks."""
        changed = self._marked(sent, pk, claim, at, lease)
        return changed == 2 or self.filter(pk=pk, claim=claim, attempted_at=at).exists()

    def mark_sent(self, *, at: datetime) -> int:
        """The other side has taken it."""
        return self.update(state=State.SENT, sent_at=at, error="")

    def mark_uncertain(self, *, next_attempt_at: datetime, **changes: Any) -> int:
        """It was on the wire and nobody said whether it was taken."""
        return self.update(state=State.UNCERTAIN, next_attempt_at=next_attempt_at, **changes)

    def mark_failed(self, **changes: Any) -> int:
        """It will not be tried again by itself."""
        return self.update(state=State.FAILED, **changes)

    def _marked(self, sent: int, pk: int, claim: uuid.UUID, at: datetime, lease: timedelta) -> int:
        database = connections[self.db]
        written = database.ops.adapt_datetimefield_value
        values = {
            "sent": sent,
            "next": pk,
            "claim": CLAIM.get_db_prep_value(claim, database),
            "at": written(at),
            "lease_until": written(at + lease),
        }
        wanted = self.WANTED
        if self.WRITTEN_LATER and database.vendor == "postgresql":
            wanted = f"{wanted} AND {WRITTEN_LATER}"
        table = self.model._meta.db_table  # noqa: SLF001  public by Django's docs
        return run(database, sent_and_attempted(table, wanted), values)


class Sending(models.Model):
    """A mail to one address.

    A claim is a lease: whoever holds `claim` may send until `lease_until` (UTC). A lease that ran
    out before `attempted_at` was never on the wire; after it, the mail is uncertain.
    """

    language = models.CharField(max_length=8)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    # Plain integers: the database reads every check anew for every mail.
    attempts = models.IntegerField(default=0)
    resends = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    smtp_code = models.IntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """Where it goes."""
        raise NotImplementedError


def honest_states(prefix: str) -> list[models.BaseConstraint]:
    """What the database refuses of any such row; constraints need a name of their own each."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_waiting_is_nobodys",
            condition=~Q(state="pending") | Q(claim=None, attempted_at=None),
        ),
        models.CheckConstraint(
            name=f"{prefix}_claimed_has_a_lease",
            condition=~Q(state="claimed") | Q(claim__isnull=False, lease_until__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{prefix}_sent_has_a_time",
            condition=~Q(state="sent") | Q(sent_at__isnull=False),
        ),
    ]
