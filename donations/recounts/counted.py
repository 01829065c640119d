"""Rows that totals are made of: whoever writes one, by whatever door, leaves its marks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models, transaction

from donations.recounts.operations import Mark, mark

Row = TypeVar("Row", bound="Counted")
State = Mapping[str, Any]


class CountedQuerySet(models.QuerySet[Row], Generic[Row]):
    """Leaves the marks of what it writes; `bulk_update` comes here through `update`."""

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Insert many, with their marks."""
        with transaction.atomic(using=self.db, savepoint=False):
            made = super().bulk_create(objs, *args, **kwargs)
            mark(each for row in made for each in row.marks(is_new=True))
        return made

    def update(self, **values: Any) -> int:
        """Change many: marks of what they were and of what they are."""
        if self.model.UNCOUNTED.issuperset(values):
            return super().update(**values)
        with transaction.atomic(using=self.db, savepoint=False):
            before = list(self._states())
            changed = super().update(**values)
            after = type(self)(self.model, using=self.db).filter(
                pk__in=[state["pk"] for state in before]
            )
            mark(self._marks([*before, *after.values("pk", *self.model.WATCHED)]))
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove many, with the marks of what they were."""
        with transaction.atomic(using=self.db, savepoint=False):
            mark(self._marks(self._states(), is_gone=True))
            return super().delete()

    def _states(self) -> Iterable[State]:
        return self.order_by().values("pk", *self.model.WATCHED)

    def _marks(self, states: Iterable[State], *, is_gone: bool = False) -> Iterator[Mark]:
        for state in states:
            yield from self.model.marks_of(state, is_new=is_gone)


class Counted(models.Model):
    """A row that totals are made of.

    `WATCHED` are the columns that decide which totals it belongs to: it is counted again where it
    was and where it is. `UNCOUNTED` are the columns that no total depends on; a new column counts
    until it is named there.
    """

    WATCHED: ClassVar[Sequence[str]] = ()
    UNCOUNTED: ClassVar[frozenset[str]] = frozenset()

    objects = CountedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, with the marks of what it was and of what it is."""
        named = kwargs.get("update_fields")
        if named is not None and self.UNCOUNTED.issuperset(named):
            super().save(*args, **kwargs)
            return
        is_new = self._state.adding
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            was = getattr(self, "_stored", {}).items()
            now = {name: getattr(self, name) for name in ("pk", *self.WATCHED)}
            mark(
                {*self.marks_of(now, is_new=is_new), *self.marks_of(now | dict(was), is_new=is_new)}
            )
        self.remember(named)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove it, with its marks."""
        with transaction.atomic(savepoint=False):
            mark(self.marks(is_new=True))
            return super().delete(*args, **kwargs)

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """Where a row of this state is counted; a new one has nothing that hangs on it yet."""
        raise NotImplementedError

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember where it is counted."""
        row = super().from_db(*args, **kwargs)
        row.remember()
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again, and remember where it is counted now."""
        super().refresh_from_db(*args, **kwargs)
        self.remember()

    def remember(self, named: Iterable[str] | None = None) -> None:
        """What is stored: all that was read, or those that were written of it."""
        here = self.__dict__
        known = {name: here[name] for name in self.WATCHED if name in here}
        if named is not None:
            written = {*named, *(f"{name}_id" for name in named)}
            known = getattr(self, "_stored", {}) | {
                name: value for name, value in known.items() if name in written
            }
        self._stored = known

    def marks(self, *, is_new: bool) -> Iterator[Mark]:
        """Where it is counted, as it is now."""
        state = {name: getattr(self, name) for name in ("pk", *self.WATCHED)}
        return self.marks_of(state, is_new=is_new)
