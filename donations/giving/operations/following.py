"""One decision about all that a payer gave: an imported history has hundreds of gifts."""

from datetime import datetime

from django.db import transaction

from donations.giving.candidates import of_same_payer
from donations.giving.models import Attribution
from donations.giving.operations.attributing import attach, leave
from donations.supporters.models import User


@transaction.atomic
def decide_alike(*, decision: Attribution, by: User | None, at: datetime) -> int:
    """Decide the same about the payer's other gifts that wait. Returns how many.

    All of them are taken back together with the first; a second time there is nothing left.
    """
    if decision.is_undone or decision.action == Attribution.Action.PLEDGED:
        return 0
    others = list(of_same_payer(decision.donation).select_for_update(of=("self",)))
    for donation in others:
        if decision.supporter is not None:
            each = attach(donation=donation, supporter=decision.supporter, by=by, at=at)
        else:
            each = leave(donation=donation, by=by, at=at)
        each.mark_led_by(leader=decision)
    return len(others)
