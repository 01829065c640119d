"""What may be wrong with a feed."""

from enum import StrEnum

LONGEST_DETAIL = 200


class Trouble(StrEnum):
    """As `Feed.problem` begins; the desk has a sentence for each."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    LARGE = "large"
    BROKEN = "broken"
    CERTIFICATE = "certificate"
    ADDRESS = "address"
    INSIDE = "inside"
    REDIRECTS = "redirects"
    GONE = "gone"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    STATUS = "status"
    PAGE = "page"
    NOT_A_FEED = "not-a-feed"
    ENTITIES = "entities"
    FAILED = "failed"


class FeedTrouble(Exception):
    """Nothing could be taken from a feed. `retry_after` is the header, if it came with one."""

    def __init__(self, trouble: Trouble, detail: str = "", *, retry_after: str = "") -> None:
        self.trouble, self.retry_after = trouble, retry_after
        self.detail = "".join(each for each in detail if each.isprintable())[:LONGEST_DETAIL]
        super().__init__(self.kept)

    @property
    def kept(self) -> str:
        """As it is stored: one word of ours, then whatever else is to be told."""
        return f"{self.trouble} {self.detail}".strip()
