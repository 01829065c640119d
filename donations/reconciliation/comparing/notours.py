"""What differs because it is somebody else's: said by a colleague, and taken back."""

from datetime import datetime

from django.db import transaction

from donations.history.operations import keep_change
from donations.reconciliation.comparing.operations import ask
from donations.reconciliation.comparing.tally import Entry, Key, Tally, key_of
from donations.reconciliation.models import DayComparison, NotOurs
from donations.supporters.models import User


class NotListed(Exception):
    """The day was compared again meanwhile: it does not have that, or with another amount."""


@transaction.atomic
def say_not_ours(
    *, day: DayComparison, key: Key, seen: int, why: str, by: User, at: datetime
) -> bool:
    """What only the provider has is somebody else's; the day then balances without it.

    False when it was said already; then the first word stands. Nobody is asked. Raises NotListed.
    """
    row = locked(day)
    tally = Tally.of(row)
    if entry_of(tally.not_ours, key) is not None:
        return False
    entry = entry_of(tally.only_theirs.entries, key)
    if entry is None or entry["theirs"] != seen:
        raise NotListed(key[1])
    mark = mark_of(row, key)
    before = {"is_ours": True} if mark.pk is None else mark.told
    mark.mark_said(amount_minor=seen, why=why, by=by, by_email=by.email, at=at)
    keep_change(what="provider.not_ours", by=by, about=mark, before=before, after=mark.told, at=at)
    tally.set_aside({key: seen})
    row.mark_told(at=at, **tally.as_fields())
    if "fee" not in entry:  # Listed by an earlier version: the sums are right after another look.
        ask(first=row.day, last=row.day, by=by, at=at)
    return True


@transaction.atomic
def say_ours(*, day: DayComparison, key: Key, by: User, at: datetime) -> bool:
    """It is ours after all, and differs again. False when nobody said anything else."""
    row = locked(day)
    mark = mark_of(row, key)
    if mark.pk is None or mark.undone_at is not None:
        return False
    before = mark.told
    mark.mark_undone(at=at)
    keep_change(what="provider.ours", by=by, about=mark, before=before, after=mark.told, at=at)
    tally = Tally.of(row)
    tally.take_back(key)
    row.mark_told(at=at, **tally.as_fields())
    return True


def locked(day: DayComparison) -> DayComparison:
    """As it stands now. Raises NotListed when another look found nothing on that day."""
    row = DayComparison.objects.select_for_update().filter(pk=day.pk).first()
    if row is None:
        raise NotListed(str(day))
    return row


def entry_of(entries: list[Entry], key: Key) -> Entry | None:
    """The one of that name."""
    return next((entry for entry in entries if key_of(entry) == key), None)


def mark_of(row: DayComparison, key: Key) -> NotOurs:
    """What was said of it, or a new row for it."""
    kind, ref = key
    names = {"gateway": row.gateway, "currency": row.currency, "kind": kind, "ref": ref}
    return NotOurs.objects.filter(**names).first() or NotOurs(**names)
