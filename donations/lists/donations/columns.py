"""What can be shown of a donation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from donations.lists.asking import Column
from donations.lists.donations.lines import DonationLine


def url_of(line: DonationLine) -> str:
    """Where it was earned."""
    return line.donation.article.url if line.donation.article else ""


def campaign_of(line: DonationLine) -> str:
    """What led there."""
    return line.donation.pledge.utm_campaign if line.donation.pledge else ""


Col = partial(Column[DonationLine])
COLUMNS: tuple[Column[DonationLine], ...] = (
    Col(
        name="date",
        sort="new",
        is_fixed=True,
        heading=_("Received"),
        before=[(_("Number"), lambda line: line.donation.pk)],
        reads=lambda line: line.donation.received_at,
    ),
    Col(
        name="who",
        heading=_("From"),
        reads=lambda line: line.who,
        after=[(_("Supporter's number"), lambda line: line.donation.supporter_id)],
    ),
    Col(
        name="amount",
        heading=_("Amount"),
        is_number=True,
        reads=lambda line: line.donation.money.decimal,
        after=[(_("Currency"), lambda line: line.donation.currency)],
    ),
    Col(name="method", heading=_("Method"), reads=lambda line: line.method),
    Col(name="kind", heading=_("Kind"), reads=lambda line: line.kind),
    Col(
        name="article",
        heading=_("Article"),
        reads=lambda line: str(line.donation.article or ""),
        after=[(_("Article's address"), url_of)],
    ),
    Col(name="state", heading=_("State"), reads=lambda line: ", ".join(line.states)),
    Col(name="address", heading=_("Address"), is_usual=False, reads=lambda line: line.address),
    Col(
        name="fee",
        heading=_("Fee"),
        is_usual=False,
        is_number=True,
        reads=lambda line: line.donation.fee.decimal if line.donation.fee else None,
        after=[(_("Currency of the fee"), lambda line: line.donation.fee_currency)],
    ),
    Col(name="campaign", heading=_("Campaign"), is_usual=False, reads=campaign_of),
    Col(name="note", heading=_("Note"), is_usual=False, reads=lambda line: line.donation.note),
    Col(
        name="reference",
        heading=_("Provider's number"),
        is_usual=False,
        reads=lambda line: line.donation.gateway_ref,
    ),
)
