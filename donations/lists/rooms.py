"""Which list belongs to which room."""

from collections.abc import Mapping
from typing import Any

from donations.lists.asking import Listing
from donations.lists.donations import donations
from donations.lists.models import Room
from donations.lists.supporters import supporters

LISTINGS: Mapping[str, Listing[Any, Any]] = {
    Room.SUPPORTERS: supporters,
    Room.DONATIONS: donations,
}
