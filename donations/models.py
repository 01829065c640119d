"""Every model: the table of contents."""

from donations.articles.models import Article
from donations.broadcasts.models import Broadcast, Delivery, Edition
from donations.giving.models import Attribution, Dispute, Donation, Pledge, Refund, Subscription
from donations.ledger.models import Line, Posting
from donations.outbox.models import Bucket, Domain, MailEvent, Message, Suppression
from donations.outlet.models import Outlet, OutletText
from donations.reconciliation.models import ActivityFile, ActivityFilePart
from donations.sections.models import Follow, Section
from donations.supporters.models import Consent, Supporter, User
from donations.topics.models import (
    Feed,
    FeedEntry,
    Picture,
    Suggestion,
    Topic,
    TopicText,
    Vote,
)
from donations.webhooks.models import InboundEvent

__all__ = [
    "ActivityFile",
    "ActivityFilePart",
    "Article",
    "Attribution",
    "Broadcast",
    "Bucket",
    "Consent",
    "Delivery",
    "Dispute",
    "Domain",
    "Donation",
    "Edition",
    "Feed",
    "FeedEntry",
    "Follow",
    "InboundEvent",
    "Line",
    "MailEvent",
    "Message",
    "Outlet",
    "OutletText",
    "Picture",
    "Pledge",
    "Posting",
    "Refund",
    "Section",
    "Subscription",
    "Suggestion",
    "Supporter",
    "Suppression",
    "Topic",
    "TopicText",
    "User",
    "Vote",
]
