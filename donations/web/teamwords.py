"""Roles and rights in plain words: the table that everybody sees is made of the one that counts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.supporters.models import Role
from donations.team.rights import RIGHTS, Right

Words = Promise | str
ROLES: Mapping[str, Words] = {
    Role.VIEWER: pgettext_lazy("role", "Viewer"),
    Role.EDITOR: pgettext_lazy("role", "Editor"),
    Role.TREASURER: pgettext_lazy("role", "Treasurer"),
    Role.ADMINISTRATOR: pgettext_lazy("role", "Administrator"),
}
# In the order of the table: from looking to what cannot be taken back.
WORDS: Mapping[Right, Words] = {
    Right.LOOK: _("See the figures, topics, articles, and whether everything works"),
    Right.PEOPLE: _("See supporters, what they gave, and what was written to them"),
    Right.HELP: _("Help supporters: notes, names, receipts again, addresses"),
    Right.WRITE: _("Write topics, answer suggestions, keep sections and feeds"),
    Right.SEND: _("Send mail about topics to everybody who asked for it"),
    Right.MONEY: _(
        "Handle money: refunds, subscriptions, cash, whose a gift is, PayPal files, exchange rates"
    ),
    Right.MERGE: _("Join two records of one person, and take them apart again"),
    Right.EXPORT: _("Take lists of supporters away as a file"),
    Right.REPLAY: _("Look into notifications from payment providers, and process them again"),
    Right.ERASE: _("Erase a person for good"),
    Right.TEAM: _("Invite colleagues, change their roles, sign them out"),
    Right.RECORDS: _("See every record, and change the newsroom’s settings"),
}
THEIR_RIGHTS: Mapping[str, list[Words]] = {
    role: [words for right, words in WORDS.items() if right in RIGHTS[role]] for role in Role
}


def table() -> list[tuple[Words, list[bool]]]:
    """A line for each right, with a yes or a no for each role in their order."""
    return [(words, [right in RIGHTS[role] for role in Role]) for right, words in WORDS.items()]
