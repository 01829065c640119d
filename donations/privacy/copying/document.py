"""The whole document. Its format is described in docs/a-copy-of-ones-data.md."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from donations.care.people import person_of
from donations.history.operations import keep_change
from donations.privacy.copying.mail import letters, notifications
from donations.privacy.copying.sections import SECTIONS
from donations.privacy.erasing.finding import traces_of
from donations.supporters.models import Supporter

SCHEMA = "footnote.supporter/1"


@transaction.atomic
def document(*, supporter: Supporter, at: datetime) -> Mapping[str, Any]:
    """Everything about them, and a line in the history that it was taken along.

    Amounts are in the currency's minor unit, with the currency beside them; moments are in UTC.
    """
    person = person_of(supporter)
    told: dict[str, Any] = {"schema": SCHEMA, "made_at": at}
    for section in SECTIONS:
        rows = section.rows(person).order_by("pk").values(*section.fields)
        told[section.name] = list(rows)
    told["messages"] = list(letters(person))
    told["notifications"] = list(notifications(traces_of(person)))
    keep_change(
        what="supporter.copied", by=None, about=supporter, name="", supporter=supporter, at=at
    )
    return told
