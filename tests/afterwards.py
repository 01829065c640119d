"""What is left when everything was told: the books, the letters, what waits."""

from django.db.models import Max, Sum
from django.utils import timezone

from donations.giving.models import Donation, Subscription
from donations.ledger.models import Line
from donations.money import Money
from donations.outbox.models import Message
from donations.reconciliation.rebuild import differences
from donations.webhooks.models import InboundEvent
from donations.webhooks.operations import process_due


class Afterwards:
    """For a room, whoever talks to it."""

    def settle(self) -> None:
        """Process until nothing more can be done, as the workers would over the next hours."""
        later = timezone.now()
        for _round in range(8):
            process_due(at=later)
            waiting = InboundEvent.objects.filter(state=InboundEvent.State.PENDING)
            last_due = waiting.aggregate(last_due=Max("next_attempt_at"))["last_due"]
            if last_due is None:
                break
            later = max(later, last_due)

    def balance(self, currency: str = "EUR") -> dict[str, int]:
        """What stands on each account, by its name, in minor units; zero ones left out."""
        rows = Line.objects.filter(currency=currency).values("account")
        sums = rows.annotate(total=Sum("amount_minor")).values_list("account", "total")
        return {account: total for account, total in sums if total}

    def letters(self) -> list[str]:
        """The kinds of all mail that was queued, sorted."""
        return sorted(Message.objects.values_list("kind", flat=True))

    def donations(self) -> list[Money]:
        """What arrived, oldest first."""
        return [one.money for one in Donation.objects.order_by("received_at", "pk")]

    def subscription(self) -> Subscription:
        """The only one."""
        return Subscription.objects.get()

    def waiting(self) -> list[str]:
        """Events that could not be understood, with why."""
        undone = InboundEvent.objects.exclude(state=InboundEvent.State.DONE)
        return [f"{event.kind}: {event.error}" for event in undone]

    def check_books(self) -> None:
        """Every posting is explained by a stored fact, and every fact is posted."""
        assert differences() == []
