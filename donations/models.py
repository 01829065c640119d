"""Every model: the table of contents."""

from donations.articles.models import Article
from donations.broadcasts.models import Broadcast, Delivery, Edition
from donations.care.models import Errand, Merge, Note
from donations.giving.models import (
    Attribution,
    Dispute,
    Donation,
    Payout,
    PayoutItem,
    Pledge,
    Reading,
    Refund,
    RefundOrder,
    Subscription,
)
from donations.history.models import Change
from donations.insights.models import (
    CohortTotal,
    DayTotal,
    DueTotal,
    GiftMonth,
    MonthTotal,
    Movement,
    MovementTotal,
    RepeatTotal,
    Standing,
    SupporterTotal,
    Tally,
)
from donations.ledger.models import Line, Posting
from donations.lists.models import Export, ExportPart, SavedView
from donations.outbox.models import Bucket, Domain, MailEvent, Message, Suppression
from donations.outlet.models import Outlet, OutletText
from donations.privacy.models import Erasure
from donations.rates.models import ExchangeRate
from donations.reconciliation.models import (
    ActivityFile,
    ActivityFilePart,
    BalanceComparison,
    Comparison,
    DayComparison,
    NotOurs,
)
from donations.recounts.models import Recount
from donations.sections.models import Follow, Section
from donations.supporters.models import AddressChange, Consent, Forgotten, Supporter, User
from donations.team.models import Invitation, SignIn
from donations.topics.models import (
    Feed,
    FeedEntry,
    Picture,
    Suggestion,
    Topic,
    TopicText,
    Vote,
)
from donations.watching.models import Alarm, Heartbeat
from donations.webhooks.models import InboundEvent

__all__ = [
    "ActivityFile",
    "ActivityFilePart",
    "AddressChange",
    "Alarm",
    "Article",
    "Attribution",
    "BalanceComparison",
    "Broadcast",
    "Bucket",
    "Change",
    "CohortTotal",
    "Comparison",
    "Consent",
    "DayComparison",
    "DayTotal",
    "Delivery",
    "Dispute",
    "Domain",
    "Donation",
    "DueTotal",
    "Edition",
    "Erasure",
    "Errand",
    "ExchangeRate",
    "Export",
    "ExportPart",
    "Feed",
    "FeedEntry",
    "Follow",
    "Forgotten",
    "GiftMonth",
    "Heartbeat",
    "InboundEvent",
    "Invitation",
    "Line",
    "MailEvent",
    "Merge",
    "Message",
    "MonthTotal",
    "Movement",
    "MovementTotal",
    "NotOurs",
    "Note",
    "Outlet",
    "OutletText",
    "Payout",
    "PayoutItem",
    "Picture",
    "Pledge",
    "Posting",
    "Reading",
    "Recount",
    "Refund",
    "RefundOrder",
    "RepeatTotal",
    "SavedView",
    "Section",
    "SignIn",
    "Standing",
    "Subscription",
    "Suggestion",
    "Supporter",
    "SupporterTotal",
    "Suppression",
    "Tally",
    "Topic",
    "TopicText",
    "User",
    "Vote",
]
