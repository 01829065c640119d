"""What is changed among the plain records goes into the history like everything else."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.utils import timezone

from donations.history.operations import columns, keep_change
from donations.supporters.models import User


class KeptAdmin(admin.ModelAdmin):
    """Django's admin runs each of these in the transaction of the whole form."""

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:  # noqa: FBT001  Django calls it so
        """With the columns that the form changed."""
        before = row(obj) if change else {}
        super().save_model(request, obj, form, change)
        keep(request, "record.changed" if change else "record.added", obj, before, row(obj))

    def save_formset(
        self,
        request: HttpRequest,
        form: ModelForm,
        formset: BaseModelFormSet,
        change: bool,  # noqa: FBT001  Django calls it so
    ) -> None:
        """The rows that hang on it."""
        old = {each.instance.pk: row(each.instance) for each in formset.initial_forms}
        super().save_formset(request, form, formset, change)
        for each in formset.new_objects:
            keep(request, "record.added", each, {}, row(each))
        for each, _fields in formset.changed_objects:
            keep(request, "record.changed", each, old.get(each.pk, {}), row(each))
        for each in formset.deleted_objects:
            keep(request, "record.removed", each, old.get(each.pk, {}), {})

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """What it said, one last time."""
        before, name, number = row(obj), str(obj), obj.pk
        super().delete_model(request, obj)
        obj.pk = number
        keep(request, "record.removed", obj, before, {}, name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """One by one: each has its line."""
        for each in queryset:
            self.delete_model(request, each)


def row(obj: Model) -> dict[str, Any]:
    """Its columns as they are stored, without the bytes of pictures."""
    names = [each.attname for each in obj._meta.concrete_fields if each.name != "data"]  # noqa: SLF001
    return columns(obj, *names)()


def keep(
    request: HttpRequest,
    what: str,
    obj: Model,
    before: dict[str, Any],
    after: dict[str, Any],
    name: str | None = None,
) -> None:
    """One line, unless nothing differs."""
    by = request.user if isinstance(request.user, User) else None
    if before != after:
        keep_change(
            what=what, by=by, about=obj, before=before, after=after, name=name, at=timezone.now()
        )
