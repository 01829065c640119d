"""The page of supporters: nobody stands on it who did not ask for it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from donations.supporters.models import Consent, Supporter
from donations.supporters.operations import record_consent

PURPOSE = Consent.Purpose.NAME


@transaction.atomic
def show_name(*, supporter: Supporter, name: str, wording: str, source: str, at: datetime) -> None:
    """Stand there under this name; blank: not at all. What was said is kept with its words.

    A name that staff took off the page stays off it, and so does the next.
    """
    locked = Supporter.objects.select_for_update(no_key=True).get(pk=supporter.pk)
    if locked.public_name == name:
        return
    locked.public_name = name
    locked.save(update_fields=["public_name"])
    record_consent(
        supporter=locked,
        purpose=PURPOSE,
        granted=bool(name),
        wording=wording,
        source=source,
        at=at,
    )


def hide_name(*, supporter: Supporter, is_hidden: bool) -> bool:
    """Staff take a name off the page, or let it back. False when it was so already."""
    there = Supporter.objects.filter(pk=supporter.pk, is_name_hidden=not is_hidden)
    return bool(there.update(is_name_hidden=is_hidden))


def shown_names() -> "QuerySet[Supporter]":
    """Those who asked to be shown, by name."""
    asked = Supporter.objects.exclude(public_name="").filter(is_name_hidden=False)
    return asked.order_by("public_name", "pk")
