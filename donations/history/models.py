"""Changes by staff: written once, with what was there before and after."""

from django.db import models

from donations.appending import AppendOnly
from donations.supporters.models import Supporter


class Change(AppendOnly):
    """One thing that a colleague did.

    `what` is a noun and what was done to it ("donation.refunded"); `about_kind` and `about_id` say
    to which row. `before` and `after` hold only what changed, as JSON: amounts in minor units with
    their currency beside them. `by_email` outlives the login.
    """

    what = models.CharField(max_length=60)
    by = models.ForeignKey("donations.User", on_delete=models.SET_NULL, null=True, related_name="+")
    by_email = models.CharField(max_length=254, blank=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.CharField(max_length=64)
    about_name = models.CharField(max_length=200, blank=True)
    # Whose time line shows it.
    supporter = models.ForeignKey(
        Supporter, on_delete=models.SET_NULL, null=True, related_name="changes"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [
            models.Index(name="change_about", fields=["about_kind", "about_id", "at"]),
            models.Index(name="change_by", fields=["by", "-id"]),
            models.Index(name="change_what", fields=["what", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.about_kind}:{self.about_id}"
