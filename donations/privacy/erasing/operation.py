"""The whole of it: agreements end at the provider first, then everything goes at once."""

from datetime import datetime

from donations.broadcasts.operations.forgetting import forget_deliveries
from donations.care.people import Person, person_of
from donations.gateways.base import NotOverAnApi
from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.giving.operations.forgetting import forget_giving
from donations.history.forgetting import forget_changes
from donations.history.operations import keep_change
from donations.lists.forgetting import forget_files
from donations.outbox.forgetting import forget_mail
from donations.privacy.erasing.entrance import forget_logins
from donations.privacy.erasing.finding import traces_of
from donations.privacy.models import Erasure
from donations.reconciliation.forgetting import forget_reasons, forget_uploads
from donations.recounts.operations import recounting
from donations.supporters.forgetting import keep_digests
from donations.supporters.models import Supporter, User
from donations.supporters.traces import Traces
from donations.topics.operations.forgetting import forget_suggestions
from donations.webhooks.forgetting import forget_in_events


class NotErased(Exception):
    """An agreement could not be ended at its provider; nothing was erased, and it may be tried."""


def erase(*, supporter: Supporter, by: User | None, at: datetime) -> bool:
    """Nothing about the person is left; gifts and books stay, of nobody. There is no way back.

    Agreements at a provider that we can ask are ended first; one at PayPal only they can end.
    `by` is None for their own wish. False when they were erased already. Raises NotErased.
    """
    known = Supporter.objects.filter(pk=supporter.pk).first()
    if known is None:
        return False
    end_agreements(person_of(known), at=at)
    return erase_here(supporter=known, by=by, at=at)


def end_agreements(person: Person, *, at: datetime) -> None:
    """At once, so that nothing is taken from somebody who is not known any more."""
    running = Subscription.objects.filter(supporter__in=person.ids)
    for each in running.exclude(status=Subscription.Status.CANCELED).order_by("pk"):
        try:
            giving.cancel(subscription=each, at_once=True, token=f"erase:{at:%Y%m%d%H%M}", at=at)
        except (NotOverAnApi, giving.AlreadyEnded):
            continue
        except (giving.ChangeUnavailable, giving.ChangeRefused) as error:
            raise NotErased from error


@recounting()
def erase_here(*, supporter: Supporter, by: User | None, at: datetime) -> bool:
    """Everything in one transaction; the provider's customers are asked for after it."""
    locked = Supporter.objects.select_for_update().filter(pk=supporter.pk).first()
    if locked is None:
        return False
    person = person_of(locked)
    traces = traces_of(person)
    forget_everywhere(person, traces, at=at)
    erasure = Erasure.objects.create(
        record=locked.pk,
        by=by,
        at=at,
        customers=[list(each) for each in sorted(traces.customers)],
        next_attempt_at=at,
    )
    keep_digests(traces, at=at)
    keep_change(
        what="supporter.erased",
        by=by,
        about=erasure,
        after={"was_their_own_wish": by is None},
        name="",
        at=at,
    )
    Supporter.everybody.filter(pk__in=person.ids, merged_into__isnull=False).delete()
    locked.delete()
    return True


def forget_everywhere(person: Person, traces: Traces, *, at: datetime) -> None:
    """Each kind of thing by its own rules."""
    records = (person.supporter, *person.merged)
    users = [record.user for record in records if record.user is not None]
    about = [("supporter", str(number)) for number in person.ids]
    about += [("note", str(each.pk)) for record in records for each in record.notes.all()]
    keys = [
        f"address_change:{each.pk}:" for record in records for each in record.address_changes.all()
    ]
    forget_in_events(traces)
    forget_giving(ids=traces.ids, addresses=traces.addresses)
    forget_deliveries(traces)
    forget_mail(traces, keys=keys)
    forget_suggestions(ids=traces.ids)
    forget_changes(traces, about=about)
    forget_files(traces)
    forget_uploads(traces, at=at)
    forget_reasons(traces)
    forget_logins(users, traces)
