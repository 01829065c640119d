"""What may change about broadcasts."""

from donations.broadcasts.editions import BrokenEdition, NothingToSay, Words
from donations.broadcasts.operations.composing import (
    Audience,
    NotADraft,
    draft,
    edit,
    send_proof,
)
from donations.broadcasts.operations.returns import take_note
from donations.broadcasts.operations.running import is_anything_due, run_due, send_due, sweep
from donations.broadcasts.operations.scheduling import (
    AuthorMayNotApprove,
    approve,
    review_and_send,
    schedule,
    unschedule,
)
from donations.broadcasts.operations.steering import (
    cancel,
    leave_uncertain,
    pause,
    resend_uncertain,
    resume,
    retry_failed,
)

__all__ = [
    "Audience",
    "AuthorMayNotApprove",
    "BrokenEdition",
    "NotADraft",
    "NothingToSay",
    "Words",
    "approve",
    "cancel",
    "draft",
    "edit",
    "is_anything_due",
    "leave_uncertain",
    "pause",
    "resend_uncertain",
    "resume",
    "retry_failed",
    "review_and_send",
    "run_due",
    "schedule",
    "send_due",
    "send_proof",
    "sweep",
    "take_note",
    "unschedule",
]
