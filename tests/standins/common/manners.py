"""How badly notifications behave. Providers promise at least once, in no order, some day."""

from dataclasses import dataclass, fields
from typing import Self


@dataclass
class Manners:
    """All off: at once, in order, once."""

    # Every notification is posted two times at the same moment.
    twice: bool = False
    # What is queued within `window` seconds goes out shuffled.
    out_of_order: bool = False
    # Seconds that every notification waits first.
    late: float = 0.0
    # Nothing goes out until released.
    hold: bool = False
    # Things happen, and nobody is told.
    drop: bool = False
    window: float = 0.3

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `twice,late=3`, as the command line and the environment write it."""
        manners = cls()
        known = {field.name: field.type for field in fields(cls)}
        for word in filter(None, (part.strip() for part in text.split(","))):
            name, _, value = word.partition("=")
            if name not in known:
                raise ValueError(f"unknown manner {name!r}; known: {', '.join(known)}")
            setattr(manners, name, float(value) if known[name] is float else True)
        return manners
