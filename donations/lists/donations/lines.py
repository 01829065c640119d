"""A donation as the list shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from donations.giving.models import Dispute, Donation, Refund
from donations.lists.words import FIRST, GATEWAYS, GIFTS, ONCE, RENEWAL


@dataclass(frozen=True, kw_only=True)
class DonationLine:
    """A donation, and what became of it."""

    donation: Donation
    refunds: Sequence[Refund]
    disputes: Sequence[Dispute]

    @property
    def method(self) -> str:
        """How it was paid, in words."""
        return str(GATEWAYS.get(self.donation.gateway, self.donation.gateway))

    @property
    def kind(self) -> str:
        """One-off or an instalment, in words."""
        if self.donation.subscription_id is None:
            return str(GIFTS[ONCE])
        return str(GIFTS[FIRST if self.donation.is_first else RENEWAL])

    @property
    def is_nobodys(self) -> bool:
        """Whether it waits for somebody to say whose it is."""
        return self.donation.supporter_id is None and not self.donation.is_left_alone

    @property
    def who(self) -> str:
        """Its supporter, else what the provider said of its payer."""
        given = self.donation
        return str(given.supporter or given.payer_name or given.payer_email)

    @property
    def address(self) -> str:
        """Theirs."""
        given = self.donation
        return given.supporter.email if given.supporter else given.payer_email

    @property
    def states(self) -> Sequence[str]:
        """What became of it, in words; nothing for nearly all."""
        return [*self.refunded(), *self.disputed()]

    def refunded(self) -> list[str]:
        """How much went back."""
        gone = [each for each in self.refunds if each.status != Refund.Status.FAILED]
        said = [_("refund failed")] if len(gone) < len(self.refunds) else []
        if not gone:
            return said
        is_whole = sum(each.amount_minor for each in gone) >= self.donation.amount_minor
        return [_("refunded") if is_whole else _("refunded in part"), *said]

    def disputed(self) -> list[str]:
        """Whether it is contested still, or how that ended."""
        statuses = {each.status for each in self.disputes}
        if statuses & {Dispute.Status.OPEN, Dispute.Status.INQUIRY}:
            return [_("disputed")]
        if Dispute.Status.LOST in statuses:
            return [_("dispute lost")]
        return [_("dispute won")] if statuses else []
