"""Payments that concern nobody else: new, of no pledge and too old to be thanked for; or known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from donations.gateways.events import Fact, PaymentReceived, Settled, SubscriptionObserved
from donations.giving.models import Donation, Pledge, Subscription
from donations.giving.operations.bookkeeping import drafts
from donations.giving.operations.fulfilling import donation_fields
from donations.giving.operations.letters import FRESH
from donations.giving.operations.many.agreements import Agreements
from donations.giving.operations.many.answers import Answer
from donations.ledger.operations import post_new
from donations.ledger.queries import posted


@dataclass(frozen=True, kw_only=True)
class Gift:
    """What one transaction says: perhaps of an agreement, certainly a payment, perhaps its fee."""

    agreement: SubscriptionObserved | None
    payment: PaymentReceived
    fee: Settled | None

    @property
    def key(self) -> tuple[str, str]:
        """The payment's name in the books."""
        return self.payment.gateway, self.payment.ref


def record_gifts(*, told: Sequence[Sequence[Fact]], at: datetime) -> list[Answer]:
    """Record those that concern nobody else."""
    gifts = [gift_of(facts, at=at) for facts in told]
    found = [gift for gift in gifts if gift is not None]
    known, pledged = known_donations(found), pledged_keys(found)
    taken = known.keys() | pledged | posted_keys(found)
    agreements = Agreements.of([gift.agreement for gift in found if gift.agreement])
    plain: list[Gift] = []
    answers: list[Answer] = []
    for gift in gifts:
        answer: Answer = "left"
        if gift is not None and gift.key in known:
            is_old_news = agrees(gift, known[gift.key], agreements, is_pledged=gift.key in pledged)
            answer = "known" if is_old_news else "left"
        elif gift is not None and gift.key not in taken and agreements.may_take(gift.agreement):
            taken.add(gift.key)
            plain.append(gift)
            answer = "recorded"
        answers.append(answer)
    write(plain, agreements, at=at)
    return answers


def agrees(gift: Gift, donation: Donation, agreements: Agreements, *, is_pledged: bool) -> bool:
    """Whether the books have all of this already."""
    payment, fee, agreement = gift.payment, gift.fee, gift.agreement
    learned = (
        (donation.payment_ref, payment.payment_ref),
        (donation.payer_email, payment.payer_email),
        (donation.payer_name, payment.payer_name),
        (donation.note, payment.note),
    )
    return (
        donation.money == payment.money
        and (fee is None or donation.fee == fee.fee)
        and (donation.pledge_id is not None or not is_pledged)
        and all(has or not told for has, told in learned)
        and (agreement is None or agreements.has_heard(agreement, donation))
    )


def write(gifts: Sequence[Gift], agreements: Agreements, *, at: datetime) -> None:
    """Their rows and postings."""
    agreements.observe([gift.agreement for gift in gifts if gift.agreement])
    donations = [
        new_donation(gift, agreements.known.get(gift.payment.subscription_ref), at=at)
        for gift in gifts
    ]
    agreements.number_new(donations)
    Donation.objects.bulk_create(donations)
    agreements.number_known(donations)
    facts = [fact for gift in gifts for fact in (gift.payment, gift.fee) if fact is not None]
    post_new(drafts=[draft for fact in facts for draft in drafts(fact)], at=at)


def gift_of(facts: Sequence[Fact], *, at: datetime) -> Gift | None:
    """These facts as a gift; None when they are something else or somebody is to be thanked."""
    match list(facts):
        case [PaymentReceived() as payment]:
            gift = Gift(agreement=None, payment=payment, fee=None)
        case [PaymentReceived() as payment, Settled() as fee]:
            gift = Gift(agreement=None, payment=payment, fee=fee)
        case [SubscriptionObserved() as agreement, PaymentReceived() as payment]:
            gift = Gift(agreement=agreement, payment=payment, fee=None)
        case [SubscriptionObserved() as agreement, PaymentReceived() as payment, Settled() as fee]:
            gift = Gift(agreement=agreement, payment=payment, fee=fee)
        case _:
            return None
    named = gift.agreement.ref if gift.agreement else ""
    is_old = payment.told_by == "file" and at - payment.received_at > FRESH
    return gift if is_old and payment.subscription_ref == named else None


def known_donations(gifts: Sequence[Gift]) -> dict[tuple[str, str], Donation]:
    """The donations that these payments are already."""
    named = Q(pk=None)
    for gateway, refs in refs_of(gifts).items():
        named |= Q(gateway=gateway, gateway_ref__in=refs)
    return {(row.gateway, row.gateway_ref): row for row in Donation.objects.filter(named)}


def posted_keys(gifts: Sequence[Gift]) -> set[tuple[str, str]]:
    """Which of these names are in the books, whatever stands under them."""
    names = posted(f"{gateway}:{ref}" for gateway, refs in refs_of(gifts).items() for ref in refs)
    return {gift.key for gift in gifts if ":".join(gift.key) in names}


def refs_of(gifts: Sequence[Gift]) -> dict[str, list[str]]:
    """The payments by gateway."""
    found: dict[str, list[str]] = {}
    for gift in gifts:
        found.setdefault(gift.payment.gateway, []).append(gift.payment.ref)
    return found


def pledged_keys(gifts: Sequence[Gift]) -> set[tuple[str, str]]:
    """Which of these payments name a pledge of ours."""
    tokens = {gift.payment.pledge_token for gift in gifts} - {""}
    codes = {gift.payment.pledge_code for gift in gifts} - {""}
    if not tokens and not codes:
        return set()
    found = Pledge.objects.filter(Q(token__in=tokens) | Q(code__in=codes))
    named = {name for pair in found.values_list("token", "code") for name in pair}
    return {
        gift.key
        for gift in gifts
        if gift.payment.pledge_token in named or gift.payment.pledge_code in named
    }


def new_donation(gift: Gift, subscription: Subscription | None, *, at: datetime) -> Donation:
    """The row of a payment with what it cost."""
    payment, fee = gift.payment, gift.fee
    donation = Donation(
        gateway=payment.gateway,
        gateway_ref=payment.ref,
        **donation_fields(fact=payment, subscription=subscription, at=at),
    )
    if fee is not None:
        donation.fee_minor, donation.fee_currency = fee.fee.minor, fee.fee.currency
        donation.settled_minor, donation.settled_currency = fee.settled.minor, fee.settled.currency
    return donation
