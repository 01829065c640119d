"""How fast we may send, kept where every worker sees it."""

from django.db import models


class Bucket(models.Model):
    """Tokens of one stream of mail, taken before mails are claimed.

    Without `per_minute` there is no limit. `tokens` are whole mails that may leave now, as of
    `filled_at`; unused ones pile up for `BURST_SECONDS` at most.
    """

    name = models.CharField(max_length=40, unique=True)
    per_minute = models.PositiveIntegerField(null=True, blank=True)
    tokens = models.PositiveIntegerField(default=0)
    filled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A receiving domain that gave trouble, and until when it is left in peace."""

    name = models.CharField(max_length=253, unique=True)
    troubles = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    last_reply = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
