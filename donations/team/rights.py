"""Who may do what: one table, which the desk shows and every page asks."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from donations.supporters.models import Role, User


class Right(StrEnum):
    """What a page of the desk may ask of who opens it."""

    LOOK = "look"  # figures, topics, articles, whether everything works: nobody's own data
    PEOPLE = "people"  # supporters, what they gave and what was written to them
    HELP = "help"  # notes, names, receipts again, addresses
    WRITE = "write"  # topics, sections, feeds, suggestions, the footer
    SEND = "send"  # mail to many
    MONEY = "money"  # refunds, subscriptions, cash, whose a gift is, activity files, rates
    MERGE = "merge"  # two records of one person
    EXPORT = "export"  # lists of people, taken away as a file
    REPLAY = "replay"  # notifications, once more
    ERASE = "erase"  # a person, for good
    TEAM = "team"  # colleagues, their roles and sessions
    RECORDS = "records"  # plain records and the newsroom's settings


EVERYBODY = frozenset({Right.LOOK})
HELPERS = EVERYBODY | {Right.PEOPLE, Right.HELP}
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.VIEWER: EVERYBODY,
        Role.EDITOR: HELPERS | {Right.WRITE, Right.SEND},
        Role.TREASURER: HELPERS | {Right.MONEY, Right.MERGE, Right.EXPORT, Right.REPLAY},
        Role.ADMINISTRATOR: frozenset(Right),
    }
)


def role_of(user: User) -> Role | None:
    """Their role; None for who is no colleague. Whoever was made without one may look."""
    if not (user.is_active and user.is_staff):
        return None
    if user.is_superuser:
        return Role.ADMINISTRATOR
    return Role(user.role) if user.role else Role.VIEWER


def may(user: User, right: Right) -> bool:
    """Whether they have it."""
    role = role_of(user)
    return role is not None and right in RIGHTS[role]
