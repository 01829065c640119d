"""Who decided whose a gift is."""

from datetime import datetime

from django.db import models

from donations.giving.models.donation import Donation
from donations.giving.models.pledge import Pledge
from donations.supporters.models import Supporter, User


class Attribution(models.Model):
    """What staff decided about a donation that no pledge claimed. Kept for ever, even undone."""

    class Action(models.TextChoices):
        """Left: it stays a gift of nobody known."""

        ATTACHED = "attached", "attached to a supporter"
        CREATED = "created", "attached to a new supporter"
        PLEDGED = "pledged", "attached to a pledge"
        LEFT = "left", "left without a supporter"

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="attributions")
    action = models.CharField(max_length=10, choices=Action)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.SET_NULL, null=True, related_name="attributions"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, null=True, related_name="attributions"
    )
    # The decision about another gift of the same payer that this one was taken together with.
    leader = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followers"
    )
    by = models.ForeignKey("donations.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)
    undone_by = models.ForeignKey(
        "donations.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.donation}: {self.get_action_display()}"

    @property
    def is_undone(self) -> bool:
        """Taken back."""
        return self.undone_at is not None

    def mark_led_by(self, *, leader: "Attribution") -> None:
        """Taken together with another, and taken back with it."""
        self.leader = leader
        self.save(update_fields=["leader"])

    def mark_undone(self, *, by: User | None, at: datetime) -> None:
        """Taken back by somebody."""
        self.undone_by, self.undone_at = by, at
        self.save(update_fields=["undone_by", "undone_at"])
