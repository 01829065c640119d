"""How badly IPNs behave."""

from dataclasses import dataclass

from ..common.manners import Manners as AnyManners


@dataclass
class Manners(AnyManners):
    # What is queued within `window` seconds goes out last first.
    reversed: bool = False
    # In the account's old language encoding.
    windows_1252: bool = False
    # Payments come as bank debits (eCheck): pending until they clear or are denied.
    pending_first: bool = False
