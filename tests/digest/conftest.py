"""A colleague who wants the week's figures, and the Monday on which they are due."""

from datetime import UTC, datetime

import pytest

from donations.supporters.models import User

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def monday() -> datetime:
    return MONDAY


@pytest.fixture
def ana(db: None) -> User:
    """Wants it, in Romanian."""
    return User.objects.create_user(
        "ana@newscafe.example", is_staff=True, role="viewer", language="ro", wants_digest=True
    )
