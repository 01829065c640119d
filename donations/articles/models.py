"""Where a gift was earned."""

from django.db import models


class Article(models.Model):
    """The page that a reader came from, by canonical URL."""

    url = models.URLField(max_length=500, unique=True)
    title = models.CharField(max_length=300, blank=True)
    first_seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title or self.url
