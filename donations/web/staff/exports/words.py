"""A file of a list, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.lists.asking import asked
from donations.lists.exporting import KEPT
from donations.lists.models import Export, Room
from donations.lists.rooms import LISTINGS

ROOMS: Mapping[str, Promise] = {
    Room.SUPPORTERS: gettext_lazy("Supporters"),
    Room.DONATIONS: gettext_lazy("Donations"),
}
State = Export.State
STATES: Mapping[str, Promise] = {
    State.NEW: gettext_lazy("waiting for a worker"),
    State.RUNNING: gettext_lazy("being written"),
    State.DONE: gettext_lazy("ready"),
    State.FAILED: gettext_lazy("failed"),
    State.CANCELED: gettext_lazy("stopped"),
    State.EXPIRED: gettext_lazy("deleted after a week"),
}
SENTENCES: Mapping[str, Promise] = {
    State.NEW: gettext_lazy("Your file waits for its turn."),
    State.RUNNING: gettext_lazy("Your file is being written."),
    State.DONE: gettext_lazy("Your file is ready."),
    State.FAILED: gettext_lazy("The file could not be written. Nothing of it is kept."),
    State.CANCELED: gettext_lazy("It was stopped. Nothing of it is kept."),
    State.EXPIRED: gettext_lazy("It was here for a week, and is deleted now."),
}


@dataclass(frozen=True)
class Listed:
    """An export as its page tells of it."""

    export: Export

    @property
    def title(self) -> str:
        """What is in it."""
        return str(ROOMS[self.export.room])

    @property
    def state(self) -> Promise:
        """How it stands."""
        return STATES[self.export.state]

    @property
    def sentence(self) -> Promise:
        """The same to whoever waits for it."""
        return SENTENCES[self.export.state]

    @property
    def kind(self) -> str:
        """Pages of one kind have the same parts."""
        return "moving" if self.export.is_moving else "still"

    @property
    def filters(self) -> Sequence[str]:
        """Which rows, in words."""
        wanted = asked(LISTINGS[self.export.room], QueryDict(self.export.query))
        words = [each.words for each in wanted.chips()]
        return [_("with “%(text)s”") % {"text": wanted.text}, *words] if wanted.text else words

    @property
    def kept_until(self) -> datetime | None:
        """When it is deleted."""
        is_there = self.export.state == State.DONE and self.export.finished_at
        return self.export.finished_at + KEPT if is_there and self.export.finished_at else None
