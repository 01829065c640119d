"""Money that arrived."""

from collections.abc import Iterator
from typing import ClassVar

from django.db import models
from django.db.models import Q

from donations.articles.models import Article
from donations.giving.models.pledge import Pledge
from donations.giving.models.subscription import Subscription
from donations.giving.models.words import has_currency
from donations.money import Money
from donations.recounts.counted import Counted, State
from donations.recounts.operations import About, Mark, day_of
from donations.supporters.models import Supporter


class Donation(Counted):
    """One payment that arrived, one-off or an instalment of a subscription.

    `fee_minor` is None until the provider tells it, and in its own currency. `payer_email`,
    `payer_name` and `note` are what the provider said: hints at whose it is until that is decided.
    """

    gateway = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=255)
    payment_ref = models.CharField(max_length=255, blank=True, db_index=True)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    settled_minor = models.BigIntegerField(null=True)
    settled_currency = models.CharField(max_length=3, blank=True)
    fee_minor = models.BigIntegerField(null=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    payer_email = models.CharField(max_length=254, blank=True)
    payer_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="donations"
    )
    is_first = models.BooleanField(default=False)
    # Known from an activity file alone: no notification has told of it.
    is_from_file = models.BooleanField(default=False)
    # Staff decided that it stays a gift of nobody known.
    is_left_alone = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="donation_is_positive", condition=Q(amount_minor__gt=0)),
            has_currency("donation_has_a_currency"),
            models.UniqueConstraint(
                name="donation_recorded_once", fields=["gateway", "gateway_ref"]
            ),
            models.CheckConstraint(
                name="donation_fee_has_a_currency",
                condition=Q(fee_minor__isnull=True) | ~Q(fee_currency=""),
            ),
        ]
        indexes = [
            models.Index(
                name="donation_of_nobody",
                fields=["received_at"],
                condition=Q(supporter__isnull=True, is_left_alone=False),
            )
        ]

    WATCHED: ClassVar = ("supporter_id", "received_at")
    UNCOUNTED: ClassVar = frozenset(
        {"payment_ref", "payer_email", "payer_name", "note", "is_from_file", "is_left_alone"}
        | {"settled_minor", "settled_currency"}
    )

    def __str__(self) -> str:
        return f"{self.gateway}:{self.gateway_ref}"

    @classmethod
    def marks_of(cls, state: State, *, is_new: bool) -> Iterator[Mark]:
        """Its day and its supporter; later also the days on which some of it went back."""
        yield About.DAY, day_of(state["received_at"]).toordinal()
        if not is_new:
            yield About.DONATION, state["pk"]
        if state["supporter_id"]:
            yield About.SUPPORTER, state["supporter_id"]

    @property
    def money(self) -> Money:
        """What the supporter paid."""
        return Money(self.amount_minor, self.currency)

    @property
    def fee(self) -> Money | None:
        """What the provider kept, or None while unknown: never zero for unknown."""
        return None if self.fee_minor is None else Money(self.fee_minor, self.fee_currency)

    def learn_payment_ref(self, ref: str) -> None:
        """The provider's payment, by which refunds and disputes find their donation."""
        if ref and not self.payment_ref:
            self.payment_ref = ref
            self.save(update_fields=["payment_ref"])

    def learn_payer(self, *, email: str, name: str, note: str) -> None:
        """What the provider says of the payer; blank never replaces what is known."""
        self.payer_email = self.payer_email or email
        self.payer_name = self.payer_name or name
        self.note = self.note or note
        self.save(update_fields=["payer_email", "payer_name", "note"])

    def mark_notified(self) -> None:
        """The provider told of it too."""
        if self.is_from_file:
            self.is_from_file = False
            self.save(update_fields=["is_from_file"])

    def mark_of_subscription(self, *, subscription: Subscription) -> None:
        """Which agreement it is an instalment of, and so whose."""
        self.subscription = subscription
        self.supporter = self.supporter or subscription.supporter
        self.save(update_fields=["subscription", "supporter"])

    def mark_first(self, *, is_first: bool) -> None:
        """Whether it is the first instalment of its subscription."""
        if self.is_first != is_first:
            self.is_first = is_first
            self.save(update_fields=["is_first"])

    def mark_credited(self, *, pledge: Pledge, supporter: Supporter | None) -> None:
        """Which pledge it fulfils, and whose it is; its article follows from that."""
        self.pledge, self.supporter, self.article = pledge, supporter, pledge.article
        self.save(update_fields=["pledge", "supporter", "article"])

    def mark_attributed(self, *, supporter: Supporter | None) -> None:
        """Staff decided whose it is."""
        self.supporter = supporter
        self.save(update_fields=["supporter"])

    def mark_left_alone(self, *, is_left_alone: bool) -> None:
        """Staff decided that nobody has to look for whose it is, or took that back."""
        self.is_left_alone = is_left_alone
        self.save(update_fields=["is_left_alone"])

    def mark_orphaned(self) -> None:
        """Staff took back which pledge it was of."""
        self.pledge = self.supporter = self.article = None
        self.save(update_fields=["pledge", "supporter", "article"])

    def mark_settled(self, *, settled: Money, fee: Money) -> None:
        """What the provider kept, and what was left unless an exchange has told that already."""
        self.fee_minor, self.fee_currency = fee.minor, fee.currency
        if not self._was_exchanged() or settled.currency != self.currency:
            self.settled_minor, self.settled_currency = settled.minor, settled.currency
        self.save(update_fields=["fee_minor", "fee_currency", "settled_minor", "settled_currency"])

    def mark_exchanged(self, *, bought: Money) -> None:
        """What was left of it after its fee, in the currency that it was turned into."""
        self.settled_minor, self.settled_currency = bought.minor, bought.currency
        self.save(update_fields=["settled_minor", "settled_currency"])

    def _was_exchanged(self) -> bool:
        return self.settled_currency not in ("", self.currency)
