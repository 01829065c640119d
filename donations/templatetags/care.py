"""The words for what stands in one supporter's time line."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.giving.models import Dispute, Interval, Refund, Subscription
from donations.history.models import Change
from donations.money import Money
from donations.outbox.models import MailEvent, Message, Suppression
from donations.outbox.models.sending import State

register = template.Library()
Words = Mapping[str, Promise | str]
GATEWAYS: Words = {
    "stripe": "Stripe",
    "paypal": "PayPal",
    "manual": _("Cash or bank transfer"),
}
AGREEMENTS: Words = {
    Subscription.Status.INCOMPLETE: _("not begun yet"),
    Subscription.Status.ACTIVE: pgettext_lazy("agreement", "running"),
    Subscription.Status.PAST_DUE: _("a payment failed"),
    Subscription.Status.PAUSED: pgettext_lazy("agreement", "paused"),
    Subscription.Status.CANCELED: pgettext_lazy("agreement", "ended"),
}
END_REASONS: Words = {
    "payment_failed": _("after failed payments"),
    "disputed": _("after a payment was contested"),
    "never_started": _("it was never paid"),
}
INTERVALS: Words = {
    Interval.ONCE: _("once"),
    Interval.MONTH: _("every month"),
    Interval.YEAR: _("every year"),
    Interval.OTHER: _("in a rhythm of its own"),
}
REFUNDS: Words = {
    Refund.Status.PENDING: _("on its way"),
    Refund.Status.SUCCEEDED: pgettext_lazy("refund", "done"),
    Refund.Status.FAILED: _("failed, the money is here again"),
}
DISPUTES: Words = {
    Dispute.Status.INQUIRY: _("the bank asks; no money was taken"),
    Dispute.Status.OPEN: pgettext_lazy("dispute", "not decided yet"),
    Dispute.Status.WON: pgettext_lazy("dispute", "decided for us"),
    Dispute.Status.LOST: pgettext_lazy("dispute", "decided against us"),
    Dispute.Status.CLOSED: pgettext_lazy("dispute", "closed"),
}
MAILS: Words = {
    Message.Kind.THANKS: _("Thanks for a gift"),
    Message.Kind.THANKS_SUBSCRIPTION: _("Thanks for a first payment"),
    Message.Kind.RECEIPT: _("Receipt"),
    Message.Kind.PAYMENT_FAILED: _("A payment failed"),
    Message.Kind.SUPPORT_ENDED: _("Support has ended"),
    Message.Kind.CONFIRM_TOPICS: _("Question whether they want news about topics"),
    Message.Kind.CHOICES_LINK: _("Link to their choices"),
    Message.Kind.SUGGESTION_TAKEN_UP: _("A suggestion became a topic"),
    Message.Kind.PROOF: _("A broadcast to look at"),
    Message.Kind.INVITATION: _("Invitation to the newsroom's desk"),
    Message.Kind.SIGN_IN: _("About their sign-in at the desk"),
    Message.Kind.SIGN_IN_CODE: _("A code to sign in"),
    Message.Kind.SUPPORT_STOPPED: _("Support was stopped"),
    Message.Kind.SUPPORT_CHANGED: _("Support was changed"),
    Message.Kind.RENEWAL_NOTICE: _("A yearly payment is near"),
    Message.Kind.CARD_EXPIRES: _("A card expires"),
    Message.Kind.NEW_ADDRESS: _("Question whether a new address is theirs"),
    Message.Kind.ADDRESS_LEAVES: _("Mail is to go to another address"),
    Message.Kind.ALARM: _("Something is wrong"),
    Message.Kind.WEEKLY_DIGEST: _("The week's figures"),
}
MAIL_STATES: Words = {
    State.PENDING: pgettext_lazy("mail", "waiting"),
    State.CLAIMED: pgettext_lazy("mail", "being sent"),
    State.SENT: pgettext_lazy("mail", "sent"),
    State.UNCERTAIN: pgettext_lazy("mail", "perhaps sent"),
    State.FAILED: pgettext_lazy("mail", "refused"),
    State.WITHDRAWN: pgettext_lazy("mail", "not wanted any more"),
    State.EXCLUDED: pgettext_lazy("mail", "not sent"),
}
REPORTS: Words = {
    MailEvent.Kind.DELIVERED: pgettext_lazy("mail", "delivered"),
    MailEvent.Kind.BOUNCED: _("no such address"),
    MailEvent.Kind.REFUSED: pgettext_lazy("mail", "not taken"),
    MailEvent.Kind.DEFERRED: pgettext_lazy("mail", "not taken yet"),
    MailEvent.Kind.COMPLAINED: _("reported as spam"),
    MailEvent.Kind.UNSUBSCRIBED: _("unsubscribed at the provider"),
}
SUPPRESSIONS: Words = {
    Suppression.Reason.BOUNCED: _("No mail arrives there: nothing is sent, not even receipts."),
    Suppression.Reason.COMPLAINED: _("Reported our mail as spam: only receipts are sent."),
    Suppression.Reason.ASKED: _("Asked us not to write: only receipts are sent."),
}
CHANGES: Words = {
    "supporter.corrected": _("corrected a name or a language"),
    "supporter.merged": _("made two records of one person one"),
    "supporter.unmerged": _("took two records apart again"),
    "supporter.note_withdrawn": _("withdrew a note"),
    "donation.entered": _("entered a gift by hand"),
    "donation.refunded": _("asked for a refund"),
    "donation.receipt_resent": _("sent a receipt again"),
    "subscription.canceled": _("ended an agreement"),
    "subscription.changed": _("changed an agreement"),
    "subscription.paused": _("paused an agreement"),
    "subscription.resumed": _("let an agreement go on"),
}

FACTS: Words = {
    "payment_received": _("Money arrived:"),
    "settled": _("What it left on the balance, and its fee"),
    "exchanged": _("Turned into another currency"),
    "pledge_linked": _("Paid through our form"),
    "checkout_ended": _("The payment page closed without money"),
    "subscription_observed": _("How its agreement stands:"),
    "instalment_failed": _("A payment failed:"),
    "refund_observed": _("Given back:"),
    "dispute_observed": _("Contested:"),
    "dispute_moved": _("Moved for a dispute:"),
}


def said(words: Words, key: str) -> Promise | str:
    """The word; for one that is not known here, as it stands in the row."""
    return words.get(key, key)


# The filters that look a word up: what it is called in a template, and where it stands.
WORDED = {
    "provider": GATEWAYS,
    "agreement_word": AGREEMENTS,
    "rhythm": INTERVALS,
    "refund_state": REFUNDS,
    "dispute_state": DISPUTES,
    "mail_called": MAILS,
    "mail_state": MAIL_STATES,
    "report_called": REPORTS,
    "suppression_means": SUPPRESSIONS,
    "fact_called": FACTS,
}
for name, words in WORDED.items():
    register.filter(name, partial(said, words))


@register.filter
def agreement_state(row: Subscription) -> Promise | str:
    """How an agreement stands."""
    is_stopping = row.status == Subscription.Status.ACTIVE and row.cancel_at is not None
    return _("ends soon") if is_stopping else said(AGREEMENTS, row.status)


@register.filter
def money_before(row: Any) -> Money:
    """The amount that was told the time before; an agreement keeps its currency."""
    return Money(row.before, row.currency)


@register.filter
def end_reason(row: Subscription) -> Promise | str:
    """Why it ended, if that says something."""
    return END_REASONS.get(row.end_reason, "")


@register.filter
def change_called(change: Change) -> Promise | str:
    """What a colleague did."""
    return said(CHANGES, change.what)


@register.filter
def as_money(row: Any) -> Money:
    """The amount of a row that has it in two columns."""
    return Money(row.amount_minor, row.currency)


@register.filter
def differences(change: Change) -> list[tuple[str, Any, Any]]:
    """What was there before and after, by name; amounts are told elsewhere."""
    names = [name for name in {**change.before, **change.after} if name in ("name", "language")]
    return [(name, change.before.get(name, ""), change.after.get(name, "")) for name in names]
