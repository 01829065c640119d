"""Rows that are written once: never updated, never deleted."""

from typing import Any, NoReturn

from django.db import models


class WrittenForGood(Exception):
    """Something tried to change or remove what is only ever appended."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses what would rewrite history."""

    def update(self, **values: Any) -> NoReturn:
        """Never."""
        raise WrittenForGood("What is written is corrected by a further row, never by an update.")

    def delete(self) -> NoReturn:
        """Never."""
        raise WrittenForGood("Nothing that is written for good is removed.")


class AppendOnly(models.Model):
    """Written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise WrittenForGood("What is written is corrected by a further row.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        raise WrittenForGood("Nothing that is written for good is removed.")
