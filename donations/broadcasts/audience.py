"""Who a broadcast could go to, and why some of them get nothing."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from donations.broadcasts.models import Broadcast, Delivery
from donations.giving.models import Donation, Subscription
from donations.outbox.models import Suppression
from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter

Reason = Delivery.Reason
RUNNING = (Subscription.Status.ACTIVE, Subscription.Status.PAST_DUE, Subscription.Status.PAUSED)


def section_of(broadcast: Broadcast) -> Section | None:
    """Whose followers it is for; None for those of any section."""
    return None if broadcast.to_every_section else broadcast.topic.section


def candidates(broadcast: Broadcast) -> "QuerySet[Supporter, Any]":
    """Everybody who ever asked for this, each with what they asked for, and `reason`.

    `reason` is blank for recipients, else why they are excluded. One row for each supporter, and
    so for each address.
    """
    asked = Follow.objects.about(section_of(broadcast)).filter(supporter=OuterRef("pk"))
    if broadcast.languages:
        asked = asked.filter(language__in=broadcast.languages)
    latest = asked.order_by(
        F("ended_at").asc(nulls_first=True), F("confirmed_at").asc(nulls_last=True), "-asked_at"
    )
    return (
        Supporter.objects.filter(Exists(asked), supporting(broadcast))
        .annotate(
            asked_language=Subquery(latest.values("language")[:1]),
            asked_at=Subquery(latest.values("asked_at")[:1]),
            asked_section=Subquery(latest.values("section")[:1]),
            reason=Case(
                When(Exists(suppressed(Reason.BOUNCED)), then=Value(Reason.BOUNCED.value)),
                When(Exists(suppressed(Reason.COMPLAINED)), then=Value(Reason.COMPLAINED.value)),
                When(Exists(suppressed(Reason.ASKED)), then=Value(Reason.ASKED.value)),
                When(Exists(asked.active()), then=Value("")),
                When(Exists(asked.waiting()), then=Value(Reason.UNCONFIRMED.value)),
                default=Value(Reason.STOPPED.value),
                output_field=CharField(),
            ),
        )
        .order_by("pk")
    )


def suppressed(reason: Delivery.Reason) -> "QuerySet[Suppression]":
    """Whether the supporter's address is left alone for this."""
    return Suppression.objects.filter(email=OuterRef("email"), reason=reason.value)


def supporting(broadcast: Broadcast) -> Q:
    """How they support the newsroom."""
    agreements = Subscription.objects.filter(supporter=OuterRef("pk"))
    running = Exists(agreements.filter(status__in=RUNNING))
    ended = Exists(agreements.filter(status=Subscription.Status.CANCELED))
    match Broadcast.Support(broadcast.support):
        case Broadcast.Support.RECURRING:
            return Q(running)
        case Broadcast.Support.LAPSED:
            return Q(ended) & ~Q(running)
        case Broadcast.Support.ONCE:
            gave = Exists(Donation.objects.filter(supporter=OuterRef("pk")))
            return Q(gave) & ~Q(running) & ~Q(ended)
        case Broadcast.Support.ALL:
            return Q()
