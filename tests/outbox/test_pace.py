"""How many mails a run takes at once."""

import pytest

from donations.outbox.pump import CHUNK, LARGEST_CHUNK, paced


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        (50, 60.0, CHUNK),
        (50, 0.25, 100),
        (100, 0.5, 100),
        (50, 0.01, LARGEST_CHUNK),
        (1, 0.0, LARGEST_CHUNK),
        (250, 25.0, CHUNK),
    ],
)
def test_it_works(size: int, seconds: float, expected: int) -> None:
    assert paced(size, seconds) == expected
