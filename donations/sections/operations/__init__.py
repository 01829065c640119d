"""What may change about who hears of which section."""

from donations.sections.operations.asking import (
    ask,
    ask_by_address,
    confirm,
    send_confirmation_again,
    take_back,
)
from donations.sections.operations.choosing import choose, stop
from donations.sections.operations.letters import send_choices_link

__all__ = [
    "ask",
    "ask_by_address",
    "choose",
    "confirm",
    "send_choices_link",
    "send_confirmation_again",
    "stop",
    "take_back",
]
