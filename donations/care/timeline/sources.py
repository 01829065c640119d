"""What a time line is made of: each kind of row, when it happened, and whose it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Coalesce, Lag

from donations.broadcasts.models import Delivery
from donations.care.models import Note
from donations.care.people import Person
from donations.giving.models import Attribution, Dispute, Donation, Reading, Refund, Subscription
from donations.history.models import Change
from donations.outbox.models import Message
from donations.sections.models import Follow
from donations.supporters.models import Consent
from donations.topics.models import Suggestion, Vote

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Source:
    """`rows` are annotated with `moment`: when it happened."""

    kind: str
    rows: Callable[[Person], Rows]


def gifts(person: Person) -> Rows:
    """Payments that arrived."""
    found = Donation.objects.filter(supporter__in=person.ids).select_related("article")
    return found.annotate(moment=F("received_at"))


def refunds(person: Person) -> Rows:
    """Money that went back."""
    found = Refund.objects.filter(donation__supporter__in=person.ids)
    return found.annotate(moment=F("refunded_at"))


def disputes(person: Person) -> Rows:
    """Payments contested at their bank."""
    found = Dispute.objects.filter(donation__supporter__in=person.ids)
    return found.annotate(moment=F("opened_at"))


def begun(person: Person) -> Rows:
    """Agreements, when they were made."""
    found = Subscription.objects.filter(supporter__in=person.ids)
    return found.annotate(moment=F("created_at"))


def ended(person: Person) -> Rows:
    """Agreements, when they ended."""
    found = Subscription.objects.filter(supporter__in=person.ids, ended_at__isnull=False)
    return found.annotate(moment=F("ended_at"))


def turns(person: Person) -> Rows:
    """Agreements that went over into another state, as their provider told; not their end."""
    told = Reading.objects.filter(subscription__supporter__in=person.ids).exclude(status="")
    found = told.annotate(moment=F("told_at"), before=before_it("status"))
    changed: Rows = found.exclude(before=None).exclude(before=F("status"))
    return changed.exclude(status=Subscription.Status.CANCELED).select_related("subscription")


def terms(person: Person) -> Rows:
    """Agreements whose amount or rhythm changed, as their provider told."""
    told = Reading.objects.filter(subscription__supporter__in=person.ids, is_guess=False)
    found = told.exclude(amount_minor=None).annotate(
        moment=F("told_at"), before=before_it("amount_minor"), before_rhythm=before_it("interval")
    )
    changed: Rows = found.exclude(before=None).exclude(
        before=F("amount_minor"), before_rhythm=F("interval")
    )
    return changed.select_related("subscription")


def before_it(field: str) -> Window:
    """What was told the time before."""
    return Window(Lag(field), partition_by="subscription", order_by="told_at")


def mails(person: Person) -> Rows:
    """What was written to their addresses."""
    return Message.objects.filter(to__in=person.addresses).annotate(moment=F("created_at"))


def mailings(person: Person) -> Rows:
    """What was sent to many, them among these."""
    found = Delivery.objects.recipients().filter(supporter__in=person.ids)
    moment = Coalesce("sent_at", "attempted_at", "next_attempt_at")
    # The languages of a mailing share its topic's title.
    return found.select_related("broadcast__topic").annotate(moment=moment)


def consents(person: Person) -> Rows:
    """Their yes and no, in the words that were shown."""
    return Consent.objects.filter(supporter__in=person.ids).annotate(moment=F("at"))


def followed(person: Person) -> Rows:
    """What they asked to hear about."""
    found = Follow.objects.filter(supporter__in=person.ids).select_related("section")
    return found.annotate(moment=F("asked_at"))


def unfollowed(person: Person) -> Rows:
    """What they do not want to hear about any more."""
    found = Follow.objects.filter(supporter__in=person.ids, ended_at__isnull=False)
    return found.select_related("section").annotate(moment=F("ended_at"))


def suggestions(person: Person) -> Rows:
    """What they would like us to take up."""
    found = Suggestion.objects.filter(supporter__in=person.ids)
    return found.annotate(moment=F("created_at"))


def votes(person: Person) -> Rows:
    """What they backed; their own suggestion goes without saying."""
    found = Vote.objects.filter(supporter__in=person.ids)
    others = found.exclude(cast_for__supporter__in=person.ids)
    return others.select_related("cast_for").annotate(moment=F("at"))


def changes(person: Person) -> Rows:
    """What colleagues did."""
    found: Rows = Change.objects.filter(supporter__in=person.ids).annotate(moment=F("at"))
    return found


def notes(person: Person) -> Rows:
    """What colleagues wrote down."""
    return Note.objects.filter(supporter__in=person.ids).annotate(moment=F("at"))


def attributions(person: Person) -> Rows:
    """Which gifts colleagues said were theirs."""
    found = Attribution.objects.filter(supporter__in=person.ids)
    return found.select_related("donation", "by").annotate(moment=F("at"))


# In alphabetical order, which decides between rows of one moment.
SOURCES: Sequence[Source] = (
    Source("attribution", attributions),
    Source("began", begun),
    Source("change", changes),
    Source("consent", consents),
    Source("dispute", disputes),
    Source("ended", ended),
    Source("followed", followed),
    Source("gift", gifts),
    Source("mail", mails),
    Source("mailing", mailings),
    Source("note", notes),
    Source("refund", refunds),
    Source("suggestion", suggestions),
    Source("terms", terms),
    Source("turn", turns),
    Source("unfollowed", unfollowed),
    Source("vote", votes),
)
