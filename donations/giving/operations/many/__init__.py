"""Many facts at once: the same rows as `record` writes, where nobody else is concerned.

A file of two hundred thousand rows is a million rows in our tables; one by one that takes an hour.
"""

from collections.abc import Sequence
from datetime import datetime

from donations.gateways.events import Fact
from donations.giving.operations.many.answers import Answer
from donations.giving.operations.many.gifts import record_gifts
from donations.giving.operations.many.reversals import record_exchanges, record_refunds
from donations.recounts.operations import recounting

__all__ = ["Answer", "record_many"]


@recounting()
def record_many(*, told: Sequence[Sequence[Fact]], at: datetime) -> list[Answer]:
    """Record what can be recorded many at a time; the rest is for `record`, in its order.

    Each of `told` is what one transaction says, and has its answer.
    """
    answers = record_gifts(told=told, at=at)
    for step in (record_refunds, record_exchanges):
        left = [number for number, answer in enumerate(answers) if answer == "left"]
        found = step(told=[told[number] for number in left], at=at)
        for number, answer in zip(left, found, strict=True):
            answers[number] = answer
    return answers
