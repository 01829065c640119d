"""Every model: the table of contents."""

from donations.articles.models import Article
from donations.giving.models import Attribution, Dispute, Donation, Pledge, Refund, Subscription
from donations.ledger.models import Line, Posting
from donations.outbox.models import Message
from donations.outlet.models import Outlet, OutletText
from donations.reconciliation.models import ActivityFile, ActivityFilePart
from donations.supporters.models import Consent, Supporter, User
from donations.webhooks.models import InboundEvent

__all__ = [
    "ActivityFile",
    "ActivityFilePart",
    "Article",
    "Attribution",
    "Consent",
    "Dispute",
    "Donation",
    "InboundEvent",
    "Line",
    "Message",
    "Outlet",
    "OutletText",
    "Pledge",
    "Posting",
    "Refund",
    "Subscription",
    "Supporter",
    "User",
]
