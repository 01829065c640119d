"""Links of long ago."""

import time

import pytest

from donations.supporters.links import token_of
from donations.supporters.models import Supporter


def aged(monkeypatch: pytest.MonkeyPatch, supporter: Supporter, purpose: str, days: float) -> str:
    """A token that was made so many days ago: Django's signer asks the clock of the machine."""
    now = time.time()
    with monkeypatch.context() as earlier:
        earlier.setattr(time, "time", lambda: now - days * 86400)
        return token_of(supporter, purpose=purpose)
