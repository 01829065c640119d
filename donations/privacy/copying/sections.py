"""What a copy is made of: each kind of row, whose it is, and what of it is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.broadcasts.models import Delivery
from donations.care.models import Merge, Note
from donations.care.people import Person
from donations.giving.models import (
    Attribution,
    Dispute,
    Donation,
    Pledge,
    Reading,
    Refund,
    RefundOrder,
    Subscription,
)
from donations.history.models import Change
from donations.outbox.models import MailEvent, Suppression
from donations.sections.models import Follow
from donations.supporters.models import AddressChange, Consent, Supporter
from donations.topics.models import Suggestion, Vote

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Section:
    """One kind of row. `fields` may follow a relation, as queries do."""

    name: str
    title: Promise
    rows: Callable[[Person], Rows]
    fields: Sequence[str]


def by(model: Any, path: str) -> Callable[[Person], Rows]:
    """Rows of a model that lead to one of their records."""
    return lambda person: model._default_manager.filter(**{f"{path}__in": person.ids})  # noqa: SLF001  public


def records(person: Person) -> Rows:
    """Also those that were merged."""
    return Supporter.everybody.filter(pk__in=person.ids)


def at_addresses(model: Any, path: str) -> Callable[[Person], Rows]:
    """Rows of a model that name one of their addresses."""
    return lambda person: model._default_manager.filter(**{f"{path}__in": person.addresses})  # noqa: SLF001  public


def merges(person: Person) -> Rows:
    """Whichever side they were on."""
    return Merge.objects.filter(Q(kept__in=person.ids) | Q(other__in=person.ids))


MONEY = ("amount_minor", "currency")
SECTIONS: Sequence[Section] = (
    Section(
        "supporter",
        _("You"),
        records,
        (
            *("email", "name", "language", "public_name", "is_name_hidden", "created_at"),
            *("proved_at", "user__email", "user__last_login", "user__date_joined"),
        ),
    ),
    Section(
        "donations",
        _("Gifts"),
        by(Donation, "supporter"),
        (
            *("received_at", *MONEY, "gateway", "gateway_ref", "payment_ref", "payer_email"),
            *("payer_name", "note", "fee_minor", "fee_currency", "article__url", "recorded_at"),
        ),
    ),
    Section(
        "refunds",
        _("Money given back"),
        by(Refund, "donation__supporter"),
        ("refunded_at", *MONEY, "status", "gateway_ref", "donation__gateway_ref"),
    ),
    Section(
        "refund_orders",
        _("Refunds asked for"),
        by(RefundOrder, "donation__supporter"),
        ("asked_at", *MONEY, "state", "refund_ref", "donation__gateway_ref"),
    ),
    Section(
        "disputes",
        _("Payments contested at your bank"),
        by(Dispute, "donation__supporter"),
        ("opened_at", *MONEY, "status", "reason", "gateway_ref", "donation__gateway_ref"),
    ),
    Section(
        "subscriptions",
        _("Regular support"),
        by(Subscription, "supporter"),
        (
            *("created_at", *MONEY, "interval", "status", "gateway", "gateway_ref"),
            *("customer_ref", "period_start", "period_end", "cancel_at", "resumes_at"),
            *("ended_at", "end_reason", "stopped_at", "stop_reason"),
        ),
    ),
    Section(
        "readings",
        _("How regular support stood"),
        by(Reading, "subscription__supporter"),
        ("told_at", "subscription__gateway_ref", "status", *MONEY, "interval", "is_guess"),
    ),
    Section(
        "pledges",
        _("Forms you sent"),
        by(Pledge, "supporter"),
        (
            *("created_at", *MONEY, "interval", "method", "status", "name", "message", "public"),
            *("language", "article__url", "article_title", "utm_source", "utm_medium"),
            *("utm_campaign", "consents", "code", "checkout_ref", "fulfilled_at"),
        ),
    ),
    Section(
        "attributions",
        _("Gifts that the newsroom recorded as yours"),
        by(Attribution, "supporter"),
        ("at", "action", "donation__gateway_ref", "undone_at"),
    ),
    Section(
        "consents",
        _("What you said yes or no to"),
        by(Consent, "supporter"),
        ("at", "purpose", "granted", "wording", "source"),
    ),
    Section(
        "follows",
        _("What you asked to hear about"),
        by(Follow, "supporter"),
        ("asked_at", "section__slug", "language", "confirmed_at", "ended_at"),
    ),
    Section(
        "suggestions",
        _("What you suggested"),
        by(Suggestion, "supporter"),
        ("created_at", "title", "details", "language", "state", "answer", "is_hidden"),
    ),
    Section("votes", _("What you backed"), by(Vote, "supporter"), ("at", "cast_for__title")),
    Section(
        "address_changes",
        _("Changes of your address"),
        by(AddressChange, "supporter"),
        ("asked_at", "old", "new", "confirmed_at", "ended_at"),
    ),
    Section(
        "deliveries",
        _("Letters to many that went to you"),
        by(Delivery, "supporter"),
        (
            *("asked_at", "email", "name", "language", "state", "reason", "broadcast__topic__slug"),
            *("sent_at", "delivered_at", "bounced_at", "complained_at", "unsubscribed_at"),
        ),
    ),
    Section(
        "mail_reports",
        _("What became of our mail to you"),
        at_addresses(MailEvent, "email"),
        ("at", "provider", "kind", "detail"),
    ),
    Section(
        "suppressions",
        _("Why we do not write to an address"),
        at_addresses(Suppression, "email"),
        ("at", "email", "reason", "source", "detail"),
    ),
    Section(
        "notes", _("Notes of the newsroom"), by(Note, "supporter"), ("at", "text", "withdrawn_at")
    ),
    Section("merges", _("Records that were made one"), merges, ("at", "undone_at")),
    Section(
        "changes",
        _("What the newsroom changed about you"),
        by(Change, "supporter"),
        ("at", "what", "about_kind", "about_name", "before", "after", "why"),
    ),
)
