"""A newsroom's feeds, good and bad, for tests: on the loopback interface only."""

from .server import FeedsStandin

__all__ = ["FeedsStandin"]
