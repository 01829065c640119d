"""What colleagues change is written down for good."""

from datetime import UTC, datetime

import pytest

from donations.appending import WrittenForGood
from donations.history.models import Change
from donations.history.operations import keep_change
from donations.supporters.models import User
from tests.web.desk import a_supporter

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def a_change() -> Change:
    """A name, corrected."""
    ana = a_supporter()
    return keep_change(
        what="supporter.renamed",
        by=User.objects.create_user("eva@example.org", is_staff=True, role="administrator"),
        about=ana,
        supporter=ana,
        before={"name": "Ana", "language": "ro"},
        after={"name": "Ana Ș.", "language": "ro"},
        at=NOON,
    )


def test_only_what_differs_is_kept() -> None:
    change = a_change()
    assert change.before == {"name": "Ana"}
    assert change.after == {"name": "Ana Ș."}


def test_nobody_rewrites_it() -> None:
    change = a_change()
    for attempt in (change.save, change.delete, Change.objects.all().delete):
        with pytest.raises(WrittenForGood):
            attempt()


def test_it_outlives_the_login() -> None:
    change = a_change()
    User.objects.get(email="eva@example.org").delete()
    change.refresh_from_db()
    assert (change.by, change.by_email) == (None, "eva@example.org")
