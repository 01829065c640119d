"""Plain records for staff with the right to them. What is in the books is read-only."""

from donations.admin import (
    books,
    broadcasts,
    feeds,
    following,
    giving,
    newsroom,
    post,
    suggestions,
    topics,
)

__all__ = [
    "books",
    "broadcasts",
    "feeds",
    "following",
    "giving",
    "newsroom",
    "post",
    "suggestions",
    "topics",
]
