"""Readers who give while things break."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

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

    def gifts(self) -> list[Callable[[], None]]:
        """What they are about to pay, mixed: gifts, and the second month of a subscription."""
        stripe = self.service.stripe
        acts = [partial(stripe.pay, page) for page in self.pages]
        acts += [partial(stripe.renew, subscription) for subscription in self.subscriptions]
        random.shuffle(acts)
        return [*acts]

    def give(self, *, seconds: float) -> threading.Thread:
        """Pay, spread over that time; join the thread when the breaking is done."""
        gifts = self.gifts()

        def all_of_them() -> None:
            for gift in gifts:
                gift()
                time.sleep(seconds / len(gifts))

        thread = threading.Thread(target=all_of_them)
        thread.start()
        return thread

    @property
    def paid(self) -> int:
        """How many payments there are in the end."""
        return len(self.pages) + 2 * len(self.subscriptions)
