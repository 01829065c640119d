"""Somebody at the desk, and somebody to help."""

import pytest

from donations.supporters.models import Supporter, User
from tests.web.desk import a_supporter


@pytest.fixture
def eva(db: None) -> User:
    """The treasurer."""
    return User.objects.create_user("eva@example.org", is_staff=True, role="treasurer")


@pytest.fixture
def ana(db: None) -> Supporter:
    return a_supporter()


@pytest.fixture
def ion(db: None) -> Supporter:
    return a_supporter("ion@example.org", "Ion")
