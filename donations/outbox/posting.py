"""The queue of mails to one person about one thing."""

import uuid

from donations.outbox.letters import Letter, write
from donations.outbox.models import Message, MessageQuerySet, Suppression
from donations.outbox.pump import Pump
from donations.outbox.suppressing import suppress
from donations.outbox.verdicts import Verdict
from donations.outlet import queries as outlet


class Post(Pump[Message]):
    """A run over the messages."""

    def queue(self) -> MessageQuerySet:
        """All of them."""
        return Message.objects.all()

    def write(self, row: Message) -> Letter:
        """From its templates, in its language."""
        return write(message=row, outlet=outlet.current(), at=self.now())

    def weed(self, claim: uuid.UUID, rows: list[Message]) -> list[Message]:
        """An address where no mail arrives gets none, not even a receipt."""
        dead = set(
            Suppression.objects.of_everything()
            .filter(email__in={row.to.lower() for row in rows})
            .values_list("email", flat=True)
        )
        if not dead:
            return rows
        gone = [row.pk for row in rows if row.to.lower() in dead]
        self.queue().held(claim).filter(pk__in=gone).mark_failed(error="no mail arrives there")
        return [row for row in rows if row.pk not in gone]

    def learn(self, row: Message, verdict: Verdict, error: Exception) -> None:
        """An address that is dead is written to no more."""
        if verdict.is_dead_address:
            suppress(
                email=row.to,
                reason=Suppression.Reason.BOUNCED,
                source="smtp",
                detail=verdict.reply,
                at=self.now(),
            )
