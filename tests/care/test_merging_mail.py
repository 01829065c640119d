"""Who is mailed after two records became one: the stricter no wins."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given

from donations.models import Follow, User
from donations.sections.operations import choose, stop
from donations.supporters.models import Supporter
from tests.care.merged import OFTEN, heard_by, merge, refused_by, undo
from tests.care.worlds import LIVES, NOON, a_record, follow_all, suggestions, three_sections

pytestmark = pytest.mark.django_db


@OFTEN
@given(one=LIVES, two=LIVES)
def test_nobody_hears_more_than_both_asked_for(eva: User, one: Any, two: Any) -> None:
    with transaction.atomic():
        topics = suggestions()
        kept, other = a_record(one, topics), a_record(two, topics)
        asked = heard_by(kept) | (heard_by(other) if kept.proved_at else set())
        refused = refused_by(kept) | refused_by(other)
        merge(kept, other, eva)
        assert heard_by(kept) <= asked - refused
        assert not heard_by(other)
        for person in (one, two):
            if person["suppressed"] == "asked" or person["said"][-1:] == [False]:
                assert not heard_by(kept)
        transaction.set_rollback(True)


def test_a_no_since_counts_for_both(eva: User, ana: Supporter, ion: Supporter) -> None:
    Supporter.objects.update(proved_at=NOON)
    ana.refresh_from_db()
    follow_all(ion, ["active", "none", "none", "none"])
    done = merge(ana, ion, eva)
    assert heard_by(ana)
    stop(supporter=ana, section=None, wording="No", source="x", at=timezone.now())
    undo(done, eva)
    assert not heard_by(ana)
    assert not heard_by(ion)


def test_what_was_chosen_since_stands(eva: User, ana: Supporter, ion: Supporter) -> None:
    follow_all(ion, ["ended", "none", "none", "none"])
    done = merge(ana, ion, eva)
    section = three_sections()[0]
    assert section is not None
    choose(
        supporter=ana, sections=[section], language="ro", wording="Yes", source="x",
        at=timezone.now(),
    )  # fmt: skip
    undo(done, eva)
    assert heard_by(ana) == {section.pk}
    assert not heard_by(ion)


def test_a_mailbox_that_is_not_proved_gets_nothing_of_the_other_s(
    eva: User, ana: Supporter, ion: Supporter
) -> None:
    follow_all(ion, ["active", "none", "none", "none"])
    merge(ana, ion, eva)
    assert not heard_by(ana)
    assert Follow.objects.get().confirmed_at is None
