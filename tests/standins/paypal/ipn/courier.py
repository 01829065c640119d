"""PayPal's courier: an address for each message, and a long memory."""

from collections.abc import Iterator

from ...common.courier import Courier as AnyCourier
from ...common.posting import Attempt, Parcel
from ..manners import Manners
from ..state import Message

# PayPal waits 10 s, 20, 40, 80 … and at most a day, about four days long.
DELAYS = tuple(min(10 * 2**number, 86400) for number in range(16))
# The stand-in's day takes 72 minutes.
SCALE = 1 / 20
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "PayPal IPN ( https://www.paypal.com/ipn )",
}


class Courier(AnyCourier[Message]):
    manners: Manners

    def __init__(self, manners: Manners) -> None:
        super().__init__()
        self.manners = manners
        self.timeout = 20.0
        self.retry_delays = tuple(delay * SCALE for delay in DELAYS)

    def has_address(self, item: Message) -> bool:
        return bool(item.url)

    def pack(self, item: Message) -> Parcel:
        return Parcel(item.url, item.body.encode(), HEADERS, str(item.number), item.kind)

    def is_taken(self, attempt: Attempt) -> bool:
        return attempt.status == 200

    def order(self, number: int) -> float | None:
        return float(-number) if self.manners.reversed else super().order(number)

    def attempts_of(self, message: Message) -> Iterator[Attempt]:
        return (each for each in self.attempts if each.event_id == str(message.number))
