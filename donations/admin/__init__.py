"""Plain records for staff with the right to them. What is in the books is read-only."""

from donations.admin import books, giving, newsroom, post

__all__ = ["books", "giving", "newsroom", "post"]
