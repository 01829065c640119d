"""Everything that happened with one supporter, newest first."""

from donations.care.timeline.reading import Cursor, Entry, Page, page_of

__all__ = ["Cursor", "Entry", "Page", "page_of"]
