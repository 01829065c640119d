"""What tests of topics share."""

from collections.abc import Iterator

import pytest

from tests.standins.feeds import FeedsStandin


@pytest.fixture(scope="session")
def feeds_server() -> Iterator[FeedsStandin]:
    """One server for the whole run."""
    with FeedsStandin() as standin:
        yield standin


@pytest.fixture
def feeds(feeds_server: FeedsStandin) -> FeedsStandin:
    """A newsroom that has no feed yet."""
    feeds_server.reset()
    return feeds_server
