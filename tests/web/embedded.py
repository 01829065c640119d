"""What tests of the article footer share: the script's own data, and newsrooms of other kinds."""

import json
import re
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.test import Client

from donations.outlet.queries import CACHE_KEY, OutletFacts

DATA = re.compile(r"^const ask = (\{.*\});$", re.MULTILINE)


def data_of(client: Client, address: str = "/embed/footer.js") -> dict[str, Any]:
    """What the script would show."""
    found = DATA.search(client.get(address).content.decode())
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def newsroom_with(outlet: OutletFacts, **changes: Any) -> OutletFacts:
    """Another newsroom, as if just read."""
    changed = replace(outlet, **changes)
    cache.set(CACHE_KEY, changed)
    return changed
