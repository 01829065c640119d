"""What may be asked about topics."""

from donations.topics.queries.topics import (
    Shown,
    everything,
    newest,
    published,
    sections_with_topics,
    supporters_before,
)

__all__ = [
    "Shown",
    "everything",
    "newest",
    "published",
    "sections_with_topics",
    "supporters_before",
]
