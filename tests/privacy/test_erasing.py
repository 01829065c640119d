"""After an erasure nothing in the database tells of the person, and the books are as before."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from donations.giving.models import Donation, Subscription
from donations.ledger.models import Line
from donations.models import Change, Erasure, Forgotten, Message
from donations.privacy.erasing import NotErased, erase, forget_at_providers
from donations.supporters.models import Supporter, User
from tests.newsroom import Newsroom
from tests.privacy.lives import EMAIL, NAME, marks
from tests.privacy.searching import found


def erased(maria: Supporter, by: User | None = None) -> bool:
    return erase(supporter=maria, by=by, at=timezone.now())


def gone(newsroom: Newsroom, maria: Supporter) -> list[str]:
    """Erased, with the provider's part; by what she was known."""
    known = marks()
    erased(maria)
    assert forget_at_providers(at=timezone.now()) == 1
    newsroom.tell()
    return known


def books() -> list[Any]:
    return sorted(
        Line.objects.values_list("posting__reference", "account", "currency", "amount_minor")
    )


def test_she_is_found_everywhere_before(maria: Supporter) -> None:
    places = {each.split()[0].split(".")[1] for each in found(marks()) if "." in each}
    assert places >= {
        "Supporter", "Pledge", "Donation", "Subscription", "InboundEvent", "Message", "Change",
        "Note", "Suppression", "MailEvent", "Delivery", "Suggestion", "User", "EmailAddress",
        "ExportPart", "SavedView", "ActivityFilePart", "AddressChange", "NotOurs",
    }  # fmt: skip


def test_and_nowhere_after(newsroom: Newsroom, maria: Supporter) -> None:
    known = gone(newsroom, maria)
    assert found(known) == []


def test_the_books_stay(newsroom: Newsroom, maria: Supporter) -> None:
    before = books()
    gone(newsroom, maria)
    assert books() == before
    assert not Donation.objects.exclude(supporter=None, is_left_alone=True).exists()
    call_command("rebuild_ledger", "--check", stdout=StringIO())


def test_the_figures_follow(newsroom: Newsroom, maria: Supporter) -> None:
    call_command("rebuild_totals", stdout=StringIO())
    gone(newsroom, maria)
    newsroom.settle()
    call_command("rebuild_totals", "--check", stdout=StringIO())


def test_agreements_end_at_the_provider_first(newsroom: Newsroom, maria: Supporter) -> None:
    ref = Subscription.objects.get().gateway_ref
    erased(maria)
    assert newsroom.stripe.object(ref)["status"] == "canceled"


def test_a_provider_that_is_away_leaves_everything(maria: Supporter, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    with pytest.raises(NotErased):
        erased(maria)
    assert Supporter.objects.get(pk=maria.pk).email == EMAIL
    assert not Erasure.objects.exists()


def test_the_customer_is_deleted_at_the_provider_once_it_answers(
    newsroom: Newsroom, maria: Supporter
) -> None:
    erased(maria)
    newsroom.stripe.fail_next("refuse_500", times=2, path="/customers/")
    assert forget_at_providers(at=timezone.now()) == 0
    erasure = Erasure.objects.get()
    assert erasure.done_at is None
    assert forget_at_providers(at=erasure.next_attempt_at) == 1
    assert Erasure.objects.get().customers == []


def test_the_customer_is_gone_there(newsroom: Newsroom, maria: Supporter) -> None:
    customer = Subscription.objects.get().customer_ref
    gone(newsroom, maria)
    left = {"id": customer, "object": "customer", "deleted": True}
    assert newsroom.stripe.object(customer) == left
    assert [each["type"] for each in newsroom.stripe.events].count("customer.deleted") == 1


def test_the_second_time_nothing_happens(newsroom: Newsroom, maria: Supporter) -> None:
    gone(newsroom, maria)
    assert not erased(maria)
    assert Erasure.objects.count() == 1
    assert forget_at_providers(at=timezone.now()) == 0


def test_the_history_tells_that_it_was_done(maria: Supporter, eva: User) -> None:
    erased(maria, by=eva)
    change = Change.objects.filter(what="supporter.erased").get()
    assert (change.by, change.about_name, change.supporter) == (eva, "", None)


def test_what_the_provider_tells_again_brings_nobody_back(
    newsroom: Newsroom, maria: Supporter
) -> None:
    known = gone(newsroom, maria)
    newsroom.told.clear()
    newsroom.tell()
    call_command("replay_events", stdout=StringIO())
    assert found(known) == []
    assert not Supporter.everybody.exists()
    assert Message.objects.exclude(to="nobody@erased.invalid").count() == 0


def test_what_was_never_told_before_brings_nobody_back(
    newsroom: Newsroom, maria: Supporter
) -> None:
    known = gone(newsroom, maria)
    Donation.objects.filter(subscription=None).update(gateway_ref="elsewhere")
    newsroom.told.clear()
    for event in newsroom.untold():
        newsroom.post({**event, "id": f"{event['id']}again"})
    newsroom.settle()
    assert found(known) == []
    assert not Supporter.everybody.exists()


def test_who_gives_again_begins_anew(newsroom: Newsroom, maria: Supporter) -> None:
    gone(newsroom, maria)
    newsroom.give(email=EMAIL, name=NAME)
    again = Supporter.objects.get()
    assert (again.email, again.name, again.proved_at) == (EMAIL, NAME, None)
    assert again.donations.count() == 1
    assert Forgotten.objects.exists()
    assert Message.objects.filter(to=EMAIL).count() == 1


def test_others_stay(newsroom: Newsroom, maria: Supporter) -> None:
    newsroom.give(email="ana@example.org", name="Ana P.")
    gone(newsroom, maria)
    ana = Supporter.objects.get()
    assert (ana.email, ana.donations.get().payer_email) == ("ana@example.org", "ana@example.org")
    assert Message.objects.filter(to="ana@example.org").count() == 1
