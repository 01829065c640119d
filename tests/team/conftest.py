"""An administrator, an editor, and a moment."""

from datetime import UTC, datetime

import pytest

from donations.supporters.models import User

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create_user("boss@example.org", is_staff=True, role="administrator")


@pytest.fixture
def ion(db: None) -> User:
    return User.objects.create_user("ion@example.org", is_staff=True, role="editor")
