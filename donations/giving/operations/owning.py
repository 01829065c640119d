"""A supporter changes their own agreement: at the provider, then with a letter that says so."""

from datetime import datetime
from typing import Any, Literal

from donations.giving.models import Subscription
from donations.giving.operations import changing
from donations.giving.operations.letters import manage_url, moment, tell_of
from donations.outbox.models import Message

Step = Literal["change", "pause", "resume", "keep"]


def decide(
    *, subscription: Subscription, step: Step, token: str, at: datetime, **wanted: Any
) -> None:
    """Another amount, a pause, going on. `wanted` is what the step asks for beside that.

    One form is one change and one letter, however often it is sent. Raises what `changing` raises.
    """
    common: dict[str, Any] = {"subscription": subscription, "token": token, "at": at}
    match step:
        case "change":
            changing.change_terms(**common, **wanted)
        case "pause":
            changing.pause(**common, **wanted)
        case "resume":
            changing.resume(**common)
        case "keep":
            changing.keep(**common)
    confirm_change(subscription=subscription, step=step, token=token, at=at)


def confirm_change(*, subscription: Subscription, step: Step, token: str, at: datetime) -> None:
    """What it is from now on."""
    supporter = subscription.supporter
    if supporter is None:
        return
    tell_of(
        subscription=subscription,
        supporter=supporter,
        key=f"support_changed:{subscription}:{token}",
        kind=Message.Kind.SUPPORT_CHANGED,
        at=at,
        what=step,
        next_at=moment(subscription.next_payment_at),
        resumes_at=moment(subscription.resumes_at),
        manage_url=manage_url(subscription, supporter.language),
    )
