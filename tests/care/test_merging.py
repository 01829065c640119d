"""Two records become one, and two again: nothing is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations.care import merging
from donations.care.errands import AlreadyDone
from donations.care.models import Merge, Note
from donations.care.people import person_of
from donations.care.timeline import page_of
from donations.insights.models import Standing, SupporterTotal
from donations.insights.operations import rebuild, recount_due
from donations.models import Change, Consent, Delivery, Message, User, Vote
from donations.sections.operations import send_choices_link
from donations.supporters.links import choices_url, supporter_of
from donations.supporters.models import Supporter
from donations.supporters.operations import meet_supporter
from donations.supporters.queries import find_supporters
from tests.care.merged import merge, undo
from tests.care.worlds import NOON, give, suggestions

pytestmark = pytest.mark.django_db


def test_all_of_it_moves(eva: User, ana: Supporter, ion: Supporter) -> None:
    give(ion, gifts=2, agreements=1)
    Note.objects.create(supporter=ion, text="Telephone", at=NOON)
    merge(ana, ion, eva)
    assert ana.donations.count() == 3
    assert ana.subscriptions.count() == 1
    assert ana.attributions.count() == 2
    assert ana.notes.count() == 1
    ion.refresh_from_db()
    assert ion.merged_into == ana
    assert not Supporter.objects.filter(pk=ion.pk).exists()
    assert list(find_supporters("example")) == [ana]


def test_the_second_time_is_the_first(eva: User, ana: Supporter, ion: Supporter) -> None:
    done = merge(ana, ion, eva)
    with pytest.raises(AlreadyDone):
        merge(ana, ion, eva)
    for one, two in ((ana, ion), (ion, ana), (ana, ana)):
        with pytest.raises(merging.CannotMerge):
            merge(one, two, eva, f"form-{one.pk}-{two.pk}")
    undo(done, eva)
    with pytest.raises(merging.CannotUndo):
        undo(done, eva)
    assert Change.objects.count() == 2


def test_merged_anew_after_it_was_undone(eva: User, ana: Supporter, ion: Supporter) -> None:
    give(ion)
    undo(merge(ana, ion, eva), eva)
    merge(ion, ana, eva, "form-2")
    ana.refresh_from_db()
    assert ana.merged_into == ion


def test_the_old_address_finds_the_one_that_stayed(
    eva: User, ana: Supporter, ion: Supporter
) -> None:
    link = choices_url(ion, "ro").partition("token=")[2].replace("%3A", ":")
    merge(ana, ion, eva)
    assert meet_supporter(email="Ion@Example.org", language="ro", at=NOON) == ana
    assert supporter_of(link, purpose="choices") == ana
    send_choices_link(email="ion@example.org", language="ro", at=timezone.now())
    assert Message.objects.get().to == ana.email


def test_one_person_one_vote(eva: User, ana: Supporter, ion: Supporter) -> None:
    both, his, _neither = suggestions()
    for suggestion, person in ((both, ana), (both, ion), (his, ion)):
        Vote.objects.create(suggestion=suggestion, cast_for=suggestion, supporter=person, at=NOON)
    done = merge(ana, ion, eva)
    assert both.votes.count() == his.votes.count() == 1
    undo(done, eva)
    assert both.votes.count() == 2


def test_the_time_line_keeps_what_was_written_about_the_other(
    eva: User, ana: Supporter, ion: Supporter
) -> None:
    Change.objects.create(
        what="supporter.corrected", about_kind="supporter", about_id="1", supporter=ion, at=NOON
    )  # fmt: skip
    Message.objects.create(
        key="k", kind="receipt", to=ion.email, language="ro", created_at=NOON, next_attempt_at=NOON
    )
    merge(ana, ion, eva)
    kinds = [each.kind for each in page_of(person_of(ana)).entries]
    assert sorted(kinds) == ["change", "change", "mail"]


def test_what_is_counted_is_counted_again(eva: User, ana: Supporter, ion: Supporter) -> None:
    give(ion, gifts=2, agreements=1)
    rebuild(at=timezone.now())
    done = merge(ana, ion, eva)
    recount_due(at=timezone.now())
    assert Standing.objects.get().supporter == ana
    assert SupporterTotal.objects.get().given_minor == 1500
    undo(done, eva)
    recount_due(at=timezone.now())
    assert SupporterTotal.objects.get().supporter == ion
    assert Standing.objects.count() == 2


def test_a_login_moves_unless_there_is_one(eva: User, ana: Supporter, ion: Supporter) -> None:
    ion.user = User.objects.create_user("ion@example.org")
    ion.save()
    done = merge(ana, ion, eva)
    ana.refresh_from_db()
    assert ana.user is not None
    undo(done, eva)
    ana.refresh_from_db()
    ion.refresh_from_db()
    assert [ana.user_id is None, ion.user_id is None] == [True, False]


def test_consents_and_mailings_move(eva: User, ana: Supporter, ion: Supporter) -> None:
    Consent.objects.create(
        supporter=ion, purpose="topics", granted=True, wording="W", source="x", at=NOON
    )
    merge(ana, ion, eva)
    assert ana.consents.count() == 1
    assert not Delivery.objects.filter(supporter=ion).exists()
    assert Merge.objects.get().at - timezone.now() < timedelta(minutes=1)
