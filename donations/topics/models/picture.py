"""Pictures, kept in the database so that every web process has them."""

from django.db import models


class Picture(models.Model):
    """A picture as it is shown: made anew from what was uploaded, never the upload itself.

    `digest` is the SHA-256 of `data`, in hex, and its address; the same picture is one row.
    """

    digest = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=20)
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]
