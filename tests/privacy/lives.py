"""One supporter of whom every kind of row tells."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from donations.broadcasts.models import Broadcast, Delivery
from donations.care.agreements import pause
from donations.care.merging import merge
from donations.care.names import correct_supporter
from donations.care.notes import add_note, withdraw_note
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.lists.models import Export, ExportPart, SavedView
from donations.models import Consent, Follow, MailEvent, NotOurs, Section, Suggestion, Suppression
from donations.outbox.operations import send_due
from donations.reconciliation.importing import keep_file
from donations.supporters.models import AddressChange, Supporter, User
from donations.topics.operations.suggestions import suggest, vote
from tests.newsroom import Newsroom
from tests.web.mailings import a_topic

EMAIL, NAME, FORMER = "maria.xenia@example.org", "Maria Xenia Țurcanu", "xenia.old@example.org"
OTHER = "m.turcanu@example.net"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def marks() -> list[str]:
    """By any of these she could be found."""
    customers = Subscription.objects.exclude(customer_ref="").values_list("customer_ref", flat=True)
    return [EMAIL, FORMER, OTHER, "Xenia", "Țurcanu", "MXTURCANU77", *customers]


def a_whole_life(newsroom: Newsroom, eva: User) -> Supporter:
    newsroom.give(email=EMAIL, name=NAME, message="From Xenia", consents={"topics": "Write to me."})
    newsroom.subscribe(email=EMAIL, name=NAME)
    maria = Supporter.objects.get(email=EMAIL)
    gave_by_other_ways(maria, eva)
    signed_in(maria)
    chose(maria)
    was_helped(maria, eva)
    send_due(at=timezone.now())
    return Supporter.objects.get(pk=maria.pk)


def gave_by_other_ways(maria: Supporter, eva: User) -> None:
    """A gift that staff gave to her, and a record that was merged into hers."""
    twin = Supporter.objects.create(email=OTHER, name=NAME, language="ro", created_at=NOON)
    merge(kept=maria, other=twin, by=eva, token="m" * 16, why="Xenia said so", at=timezone.now())


def signed_in(maria: Supporter) -> None:
    user = User.objects.create_user(EMAIL)
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    Supporter.objects.filter(pk=maria.pk).update(user=user, public_name=NAME)
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.save()
    waiting = SessionStore()
    waiting["account_login"] = {"email": EMAIL}
    waiting.save()
    AddressChange.objects.create(
        supporter=maria, old=FORMER, new=EMAIL, asked_at=NOON, confirmed_at=NOON
    )


def chose(maria: Supporter) -> None:
    section = Section.objects.create(slug="water", names={"en": "Water"})
    Follow.objects.get_or_create(
        supporter=maria, section=section, language="ro", asked_at=NOON, confirmed_at=NOON
    )
    Consent.objects.create(
        supporter=maria, purpose="name", granted=True, wording="Show my name", source="x", at=NOON
    )
    told: dict[str, Any] = {"language": "ro", "at": NOON}
    suggestion = suggest(
        supporter=maria, title="The street of Xenia", details="Where Xenia lives", **told
    )
    other = Suggestion.objects.create(
        title="Roads", language="ro", state="open", created_at=NOON, changed_at=NOON
    )
    assert suggestion.pk != other.pk
    vote(suggestion=other, supporter=maria, at=NOON)


def was_helped(maria: Supporter, eva: User) -> None:
    at = timezone.now()
    note = add_note(supporter=maria, text="Xenia called", by=eva, token="n" * 16, at=at)
    withdraw_note(note=note, by=eva, at=at)
    correct_supporter(
        supporter=maria, name="Maria Xenia T.", language="ru", by=eva, token="c" * 16,
        why="Xenia wrote", at=at,
    )  # fmt: skip
    correct_supporter(
        supporter=maria, name=NAME, language="ro", by=eva, token="d" * 16, why="", at=at
    )
    agreement = Subscription.objects.get(supporter=maria)
    pause(subscription=agreement, months=2, by=eva, token="p" * 16, why="Xenia asked", at=at)
    giving.resume(subscription=agreement, token="r" * 16, at=at)
    Suppression.objects.create(email=EMAIL, reason="complained", source="staff", at=at)
    MailEvent.objects.create(
        provider="x", event_id="1", kind="delivered", email=EMAIL, raw=f"to {EMAIL}", at=at,
        received_at=at,
    )  # fmt: skip
    mailed(maria, at)
    was_taken_out(eva, at)


def mailed(maria: Supporter, at: datetime) -> None:
    broadcast = Broadcast.objects.create(topic=a_topic(), created_at=at, changed_at=at)
    Delivery.objects.create(
        broadcast=broadcast, supporter=maria, email=EMAIL, name=NAME, language="ro",
        asked_at=NOON, next_attempt_at=at,
    )  # fmt: skip


def was_taken_out(eva: User, at: datetime) -> None:
    export = Export.objects.create(
        by=eva, room="supporters", query="search=xenia", fingerprint="f", format="csv",
        language="ro", state="done", asked_at=at,
    )  # fmt: skip
    ExportPart.objects.create(
        export=export, claim="0" * 32, number=0, data=f"{NAME};{EMAIL}".encode()
    )
    SavedView.objects.create(
        owner=eva, room="supporters", name="One", query=f"search={EMAIL}&sort=name", changed_at=at
    )
    NotOurs.objects.create(
        gateway="stripe", currency="EUR", kind="payment", ref="txn_1", amount_minor=1, by=eva,
        why=f"{EMAIL} bought a book", at=at,
    )  # fmt: skip
    keep_file(name="a.csv", chunks=[f"From\n{EMAIL}\n".encode("utf-16")], by=eva, at=at)
