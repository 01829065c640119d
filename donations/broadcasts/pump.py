"""One worker's run over one broadcast."""

import time
import uuid
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from donations.broadcasts.merging import Prepared, TopicLetter, merge, prepare
from donations.broadcasts.models import Broadcast, Delivery
from donations.broadcasts.models.delivery import DeliveryQuerySet
from donations.outbox import limits
from donations.outbox.letters import Letter
from donations.outbox.models import Domain, LiveClaim, Suppression
from donations.outbox.pump import Pump
from donations.outbox.suppressing import suppress
from donations.outbox.verdicts import Fate, Verdict
from donations.outbox.wire import Wire
from donations.outlet import queries as outlets

STREAM = "broadcasts"
# A server that refuses so many in a row, at so many domains, refuses the mail and not the people.
REFUSALS_TO_PAUSE, AT_DOMAINS = 20, 3
IDLE_SECONDS = 0.5


class Mailing(Pump[Delivery]):
    """Claims, weeds out, merges, sends; knows domains that give trouble and stops on refusals."""

    columns = ("email", "name", "language", "asked_at", "asked_for_every", "attempts")

    def __init__(
        self,
        *,
        broadcast: Broadcast,
        at: datetime,
        limit: int,
        seconds: float,
        should_stop: Callable[[], bool],
    ) -> None:
        super().__init__(at=at, limit=limit, seconds=seconds, should_stop=should_stop)
        self.broadcast = broadcast
        self.editions = {each.language: each for each in broadcast.editions.all()}
        self.prepared: dict[str, Prepared] = {}
        self.troubled: set[str] = set()
        self.gone_to_rest: set[str] = set()
        self.refused_at: list[str] = []

    def queue(self) -> DeliveryQuerySet:
        """The people of this broadcast."""
        return Delivery.objects.filter(broadcast=self.broadcast)

    def take(self, claim: uuid.UUID, size: int) -> list[Delivery]:
        """As many as the rate allows, while the broadcast is being sent."""
        granted = self.granted(size)
        rows = super().take(claim, granted) if granted else []
        self.give_back(granted - len(rows))
        return rows

    def granted(self, size: int) -> int:
        """Waits for tokens, as long as the run lasts."""
        while not (granted := limits.take(name=STREAM, wanted=size, at=self.now())):
            if self.is_over():
                return 0
            time.sleep(IDLE_SECONDS)
        return granted

    def give_back(self, unused: int) -> None:
        """Tokens that were taken for mails that are not sent now."""
        if unused:
            limits.give_back(name=STREAM, unused=unused)

    def may_take(self) -> bool:
        """Not paused, canceled or finished meanwhile, nor before the next mails are claimed.

        Whoever pauses it waits for that moment, and then finds all that is claimed.
        """
        sending = Broadcast.objects.filter(pk=self.broadcast.pk, state=Broadcast.State.SENDING)
        return sending.select_for_update(no_key=True).exists()

    def note(self, claim: uuid.UUID, at: datetime) -> None:
        """Where a crash of the database would wipe it out."""
        LiveClaim.objects.create(claim=claim, taken_at=at)

    def release(self, claim: uuid.UUID) -> None:
        """Unless the database has crashed meanwhile: then the sweep says what became of them."""
        self.queue().held(claim).provably_waiting().mark_pending()
        LiveClaim.objects.filter(claim=claim).delete()

    def weed(self, claim: uuid.UUID, rows: list[Delivery]) -> list[Delivery]:
        """Who left since the list was frozen gets nothing; a domain that rests is asked later."""
        self.gone_to_rest.clear()
        gone = self.withdraw(claim)
        resting = self.resting({domain_of(row.email) for row in rows})
        kept = []
        later: dict[datetime, list[int]] = {}
        for row in rows:
            until = resting.get(domain_of(row.email))
            if until is not None:
                later.setdefault(until, []).append(row.pk)
            elif row.pk not in gone:
                kept.append(row)
        for until, numbers in later.items():
            self.queue().held(claim).filter(pk__in=numbers).mark_pending(next_attempt_at=until)
        self.give_back(len(rows) - len(kept))
        return kept

    def is_put_off(self, row: Delivery) -> bool:
        """Others at its domain were refused since it was claimed; the next look says until when."""
        return bool(self.gone_to_rest) and domain_of(row.email) in self.gone_to_rest

    def withdraw(self, claim: uuid.UUID) -> set[int]:
        """Settle those of the claim who must get nothing any more, each with the reason."""
        held = self.queue().held(claim)
        gone = dict(held.unwanted().values_list("pk", "email"))
        if not gone:
            return set()
        left_alone = dict(
            Suppression.objects.filter(email__in=gone.values()).values_list("email", "reason")
        )
        for pk, email in gone.items():
            reason = left_alone.get(email, Delivery.Reason.STOPPED)
            held.filter(pk=pk).mark_withdrawn(reason=reason)
        return set(gone)

    def resting(self, names: set[str]) -> dict[str, datetime]:
        """Domains that are left in peace, and until when; keeps in mind which gave trouble."""
        troubled = Domain.objects.filter(name__in=names, troubles__gt=0)
        known = dict(troubled.values_list("name", "rests_until"))
        self.troubled |= set(known)
        now = self.now()
        return {name: until for name, until in known.items() if until and until > now}

    def write(self, row: Delivery) -> TopicLetter:
        """In the edition of the row's language, or the newsroom's first."""
        spoken = (row.language, *dict(settings.LANGUAGES), *self.editions)
        language = next(each for each in spoken if each in self.editions)
        if language not in self.prepared:
            self.prepared[language] = prepare(
                broadcast=self.broadcast,
                edition=self.editions[language],
                outlet=outlets.current(),
            )
        return merge(prepared=self.prepared[language], delivery=row, at=self.now())

    def is_accepted(self, row: Delivery, letter: Letter, claim: uuid.UUID, wire: Wire) -> bool:
        """A mail that is taken clears its domain's name."""
        if not super().is_accepted(row, letter, claim, wire):
            return False
        self.refused_at.clear()
        domain = domain_of(row.email)
        if domain in self.troubled:
            self.troubled.discard(domain)
            limits.forgive(domain=domain)
        return True

    def learn(self, row: Delivery, verdict: Verdict, error: Exception) -> None:
        """A dead address is left alone, a domain that refuses rests, many stop the mailing."""
        domain = domain_of(row.email)
        if verdict.is_dead_address:
            suppress(
                email=row.email,
                reason=Suppression.Reason.BOUNCED,
                source="smtp",
                detail=verdict.reply,
                at=self.now(),
            )
            return
        if verdict.code is None or verdict.is_trouble:
            return
        self.troubled.add(domain)
        if limits.trouble(domain=domain, reply=verdict.reply, at=self.now()):
            self.gone_to_rest.add(domain)
        if verdict.fate is Fate.REFUSED:
            self.refused_at.append(domain)
            if (
                len(self.refused_at) >= REFUSALS_TO_PAUSE
                and len(set(self.refused_at)) >= AT_DOMAINS
            ):
                self.pause(verdict)

    def pause(self, verdict: Verdict) -> None:
        """Stop before everybody is lost to something that a person can mend."""
        problem = f"{len(self.refused_at)} refusals in a row, the last: {verdict.reply}"[:300]
        Broadcast.objects.filter(pk=self.broadcast.pk).mark(
            Broadcast.State.PAUSED, of=(Broadcast.State.SENDING,), problem=problem
        )
        self.seconds = 0


def domain_of(email: str) -> str:
    """The receiving domain."""
    return email.rpartition("@")[2].lower()
