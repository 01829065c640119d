"""Readers who give while things break."""

import threading
import time
from dataclasses import dataclass, field

from tests.services.service import Service
from tests.standins.smtp import Fault

# Now and then the mail server thinks before it answers: the moment in which a kill hurts most.
SLOW_EVERY, SLOW_SECONDS = 2, 0.3


@dataclass
class Crowd:
    """Gifts whose payment pages are open, so that they can be paid whatever happens to the site."""

    service: Service
    pages: list[str] = field(default_factory=list)
    subscriptions: list[str] = field(default_factory=list)

    def come(self, *, once: int, monthly: int) -> None:
        """Send the forms; pay the first instalments, which settle before anything breaks."""
        for number in range(once):
            self.pages.append(self.service.open_page(number))
            if number % SLOW_EVERY == 0:
                slow = Fault("dot", seconds=SLOW_SECONDS)
                self.service.smtp.fails(f"reader{number}@example.org", slow)
        for number in range(once, once + monthly):
            page = self.service.open_page(number, interval="month")
            self.subscriptions.append(self.service.pay(page))

    def give(self, *, seconds: float) -> threading.Thread:
        """Pay and renew, spread over that time; join the thread when the breaking is done."""
        stripe, pause = self.service.stripe, seconds / (len(self.pages) + len(self.subscriptions))

        def all_of_it() -> None:
            for page in self.pages:
                stripe.pay(page)
                time.sleep(pause)
            for subscription in self.subscriptions:
                stripe.renew(subscription)
                time.sleep(pause)

        thread = threading.Thread(target=all_of_it)
        thread.start()
        return thread

    @property
    def paid(self) -> int:
        """How many payments there are in the end."""
        return len(self.pages) + 2 * len(self.subscriptions)
