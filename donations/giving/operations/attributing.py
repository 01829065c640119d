"""Whose a gift is, when no pledge says so: staff decide, and can take it back."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from donations.giving.models import Attribution, Donation, Pledge
from donations.giving.operations.fulfilling import consent_source, credit, supporter_of
from donations.outlet.queries import default_language
from donations.sections.operations import take_back
from donations.supporters.models import Consent, Supporter, User
from donations.supporters.operations import (
    forget_unused,
    learn_name,
    mailbox,
    meet_supporter,
    normalise_email,
)


class AlreadyAttributed(Exception):
    """Somebody has decided about this donation in the meantime."""


class NoAddress(Exception):
    """The provider told no address, so there is nobody to make a supporter of."""


class CannotUndo(Exception):
    """Taken back already, or something newer was decided since."""


@transaction.atomic
def attach(
    *, donation: Donation, supporter: Supporter, by: User | None, at: datetime
) -> Attribution:
    """It is this supporter's, and so is what follows of its subscription. Raises AlreadyAttributed.

    Attaching is no thanks and no consent: nobody is written to.
    """
    return _attach(
        donation=undecided(donation),
        supporter=supporter,
        action=Attribution.Action.ATTACHED,
        by=by,
        at=at,
    )


@transaction.atomic
def create_supporter(*, donation: Donation, by: User | None, at: datetime) -> Attribution:
    """It is a new supporter's, by the payer's address. Raises NoAddress, AlreadyAttributed."""
    donation = undecided(donation)
    if not (address := mailbox(donation.payer_email)):
        raise NoAddress
    supporter = meet_supporter(email=address, language=default_language(), at=at)
    learn_name(supporter=supporter, name=donation.payer_name)
    return _attach(
        donation=donation, supporter=supporter, action=Attribution.Action.CREATED, by=by, at=at
    )


def _attach(
    *, donation: Donation, supporter: Supporter, action: str, by: User | None, at: datetime
) -> Attribution:
    donation.mark_attributed(supporter=supporter)
    if donation.subscription is not None and donation.subscription.supporter is None:
        donation.subscription.mark_supported(supporter=supporter)
    return Attribution.objects.create(
        donation=donation, supporter=supporter, action=action, by=by, at=at
    )


@transaction.atomic
def attach_to_pledge(
    *, donation: Donation, pledge: Pledge, by: User | None, at: datetime
) -> Attribution:
    """It fulfils this pledge: its supporter, its article. Raises AlreadyAttributed."""
    # The pledge first, as a payment that names it does.
    pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
    donation = undecided(donation)
    if donation.pledge_id is not None:
        raise AlreadyAttributed
    credit(donation=donation, pledge=pledge, at=at)
    return Attribution.objects.create(
        donation=donation,
        supporter=donation.supporter,
        pledge=pledge,
        action=Attribution.Action.PLEDGED,
        by=by,
        at=at,
    )


@transaction.atomic
def leave(*, donation: Donation, by: User | None, at: datetime) -> Attribution:
    """It stays a gift of nobody known. Raises AlreadyAttributed."""
    donation = undecided(donation)
    donation.mark_left_alone(is_left_alone=True)
    return Attribution.objects.create(
        donation=donation, action=Attribution.Action.LEFT, by=by, at=at
    )


def undecided(donation: Donation) -> Donation:
    """The donation, locked. Raises AlreadyAttributed when it is somebody's or was left alone."""
    locked = Donation.objects.select_for_update(of=("self",)).select_related("subscription")
    fresh = locked.get(pk=donation.pk)
    if fresh.supporter_id is not None or fresh.is_left_alone:
        raise AlreadyAttributed
    return fresh


@transaction.atomic
def undo(*, attribution: Attribution, by: User | None, at: datetime) -> Attribution:
    """As it was before; the decision stays in the history. Raises CannotUndo."""
    Pledge.objects.select_for_update().filter(attributions=attribution).first()
    donation = Donation.objects.select_for_update(of=("self",)).get(pk=attribution.donation_id)
    newest = donation.attributions.order_by("-pk").first()
    if newest is None or newest.pk != attribution.pk or newest.is_undone:
        raise CannotUndo
    newest.mark_undone(by=by, at=at)
    for follower in newest.followers.filter(undone_at=None):
        with suppress(CannotUndo):
            undo(attribution=follower, by=by, at=at)
    match newest.action:
        case Attribution.Action.LEFT:
            donation.mark_left_alone(is_left_alone=False)
        case Attribution.Action.PLEDGED:
            _undo_pledge(newest, donation, at)
        case _:
            _undo_supporter(newest, donation, at)
    return newest


def _undo_supporter(decision: Attribution, donation: Donation, at: datetime) -> None:
    """Nobody's again, unless the provider has told of its pledge since."""
    pledge, supporter = donation.pledge, None
    if pledge is not None:
        supporter = supporter_of(pledge=pledge, donation=donation, at=at)
    donation.mark_attributed(supporter=supporter)
    _undo_what_followed(decision, donation)


def _undo_pledge(decision: Attribution, donation: Donation, at: datetime) -> None:
    """It was the payment of another form, or of none."""
    donation.mark_orphaned()
    pledge = decision.pledge
    if pledge is not None and not pledge.donations.exists():
        pledge.mark_unpaid()
        _disbelieve(pledge, payer=normalise_email(donation.payer_email), at=at)
    _undo_what_followed(decision, donation)


def _disbelieve(pledge: Pledge, *, payer: str, at: datetime) -> None:
    """What the form agreed to is taken back by a further row; who paid did not promise."""
    if (supporter := pledge.supporter) is None:
        return
    if wording := pledge.consents.get(Consent.Purpose.TOPICS.value):
        take_back(
            supporter=supporter,
            said_at=pledge.created_at,
            wording=wording,
            source=consent_source(pledge),
            at=at,
        )
    if supporter.email == payer:
        pledge.mark_supporter(supporter=None)


def _undo_what_followed(decision: Attribution, donation: Donation) -> None:
    """Whose its subscription is, and a supporter whom the decision made."""
    supporter, subscription = decision.supporter, donation.subscription
    if supporter is None:
        return
    if subscription is not None and subscription.pledge_id is None:
        others = subscription.donations.exclude(pk=donation.pk).filter(supporter=supporter)
        if subscription.supporter == supporter and not others.exists():
            subscription.mark_supported(supporter=None)
    if supporter.created_at == decision.at:
        forget_unused(supporter=supporter)
