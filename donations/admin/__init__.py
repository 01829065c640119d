"""Plain records for staff with the right to them. What is in the books is read-only."""

from donations.admin import (
    books,
    broadcasts,
    desk,
    feeds,
    following,
    giving,
    newsroom,
    post,
    suggestions,
    team,
    topics,
)

__all__ = [
    "books",
    "broadcasts",
    "desk",
    "feeds",
    "following",
    "giving",
    "newsroom",
    "post",
    "suggestions",
    "team",
    "topics",
]
