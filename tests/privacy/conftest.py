"""A person about whom there is something everywhere."""

import pytest

from donations.supporters.models import Supporter, User
from tests.newsroom import Newsroom
from tests.privacy.lives import a_whole_life


@pytest.fixture
def eva(db: None) -> User:
    """A colleague who may erase."""
    return User.objects.create_user("eva@example.org", is_staff=True, role="administrator")


@pytest.fixture
def maria(newsroom: Newsroom, eva: User) -> Supporter:
    return a_whole_life(newsroom, eva)
