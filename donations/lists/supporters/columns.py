"""What can be shown of a supporter."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from donations.lists.asking import Column
from donations.lists.supporters.lines import SupporterLine
from donations.lists.words import yes_or_no

Col = partial(Column[SupporterLine])
COLUMNS: tuple[Column[SupporterLine], ...] = (
    Col(
        name="name",
        sort="name",
        is_fixed=True,
        heading=_("Name"),
        before=[(_("Number"), lambda line: line.supporter.pk)],
        reads=lambda line: line.supporter.name,
    ),
    Col(name="email", under="name", heading=_("Address"), reads=lambda line: line.supporter.email),
    Col(name="kind", heading=_("Support"), reads=lambda line: line.kind),
    Col(
        name="given",
        heading=_("Given"),
        is_number=True,
        reads=lambda line: line.amount,
        after=[
            (_("Returned"), lambda line: line.returned),
            (_("Currency"), lambda line: line.currency),
        ],
    ),
    Col(name="gifts", heading=_("Gifts"), is_number=True, reads=lambda line: line.gifts),
    Col(
        name="latest",
        sort="latest",
        heading=_("Latest gift"),
        reads=lambda line: line.last_gift_at,
    ),
    Col(name="language", heading=_("Language"), reads=lambda line: line.supporter.language),
    Col(
        name="first",
        heading=_("First gift"),
        is_usual=False,
        reads=lambda line: line.first_gift_at,
    ),
    Col(
        name="since",
        sort="new",
        heading=_("Known since"),
        is_usual=False,
        reads=lambda line: line.supporter.created_at,
    ),
    Col(
        name="topics",
        heading=_("Mail about topics"),
        is_usual=False,
        reads=lambda line: yes_or_no(is_so=line.has_mail),
    ),
    Col(
        name="login",
        heading=_("Login"),
        is_usual=False,
        reads=lambda line: yes_or_no(is_so=bool(line.supporter.user_id)),
    ),
    Col(
        name="proved",
        heading=_("Address proved"),
        is_usual=False,
        reads=lambda line: line.supporter.proved_at,
    ),
)
