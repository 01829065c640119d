"""Colleagues come, change their role, and go."""

from donations.team.operations.changing import (
    LastAdministrator,
    OnOneself,
    change_oneself,
    change_role,
    deactivate,
    reactivate,
    sign_out,
)
from donations.team.operations.inviting import (
    AlreadyColleague,
    InvitationOver,
    accept,
    invite,
    opened,
    send_again,
    withdraw,
)

__all__ = [
    "AlreadyColleague",
    "InvitationOver",
    "LastAdministrator",
    "OnOneself",
    "accept",
    "change_oneself",
    "change_role",
    "deactivate",
    "invite",
    "opened",
    "reactivate",
    "send_again",
    "sign_out",
    "withdraw",
]
