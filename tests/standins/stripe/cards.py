"""The test cards, and what each of them does."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    number: str
    brand: str = "visa"
    # A decline code refuses the payment at once.
    declined: str | None = None
    asks_authentication: bool = False
    renewals_fail: bool = False
    renewals_ask: bool = False
    # "dispute" or "inquiry" arrives right after the payment.
    contested: str | None = None

    @property
    def last4(self) -> str:
        return self.number[-4:]


VISA = "4242424242424242"

CARDS = {
    card.number: card
    for card in (
        Card(VISA),
        Card("5555555555554444", brand="mastercard"),
        Card("4000000000000002", declined="generic_decline"),
        Card("4000000000009995", declined="insufficient_funds"),
        Card("4000002500003155", asks_authentication=True),
        Card("4000002760003184", asks_authentication=True, renewals_ask=True),
        Card("4000000000000341", renewals_fail=True),
        Card("4000000000000259", contested="dispute"),
        Card("4000000000001976", contested="inquiry"),
    )
}

REASONS = {
    "insufficient_funds": "Your card was declined: insufficient funds.",
    "generic_decline": "Your card was declined.",
    "test_mode_live_card": "Your card was declined: the stand-in takes only test cards.",
    "authentication_failed": "We could not authenticate your card. Choose another or try again.",
}


class CardDeclinedError(Exception):
    """The bank said no; the session stays open for another try."""

    def __init__(self, decline_code: str) -> None:
        super().__init__(REASONS[decline_code])
        self.decline_code = decline_code


class AuthenticationNeededError(Exception):
    """The bank wants to see the holder first (3-D Secure)."""


def find(number: str) -> Card:
    """The card with this number; any number that is no test card is declined, as in test mode."""
    card = CARDS.get("".join(number.split()))
    if card is None:
        raise CardDeclinedError("test_mode_live_card")
    return card
