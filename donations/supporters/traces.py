"""By what one person is found in what is kept, wherever that is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Traces:
    """`ids` are the person's records. `customers` are what providers call them.

    `refs` are providers' names of what is theirs: payments, agreements, pages, pledges.
    """

    ids: Collection[int]
    addresses: Collection[str] = ()
    names: Collection[str] = ()
    customers: Collection[tuple[str, str]] = ()
    refs: Collection[str] = ()

    @property
    def marks(self) -> list[str]:
        """Texts that are theirs alone, wherever they stand. A name may be others' too."""
        return sorted({*self.addresses, *(ref for _gateway, ref in self.customers)})

    def are_in(self, text: str) -> bool:
        """Whether a text tells of them."""
        low = text.lower()
        return any(each.lower() in low for each in (*self.marks, *self.names))

    def blotted(self, value: Any) -> Any:
        """A value of JSON without what tells of them."""
        if isinstance(value, str):
            return "" if self.are_in(value) else value
        if isinstance(value, dict):
            return {key: self.blotted(each) for key, each in value.items()}
        return [self.blotted(each) for each in value] if isinstance(value, list) else value


@dataclass
class Gathering:
    """Traces while they are being found."""

    addresses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    customers: set[tuple[str, str]] = field(default_factory=set)
    refs: set[str] = field(default_factory=set)

    def take(self, name: str, values: Iterable[Any]) -> None:
        """Some of one kind; blanks are none."""
        getattr(self, name).update(value for value in values if value)
