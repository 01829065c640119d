"""Two records of one person become one, and two again."""

from donations.care.merging.comparing import Side, side_of
from donations.care.merging.operations import CannotMerge, CannotUndo, merge, undo

__all__ = ["CannotMerge", "CannotUndo", "Side", "merge", "side_of", "undo"]
