"""What each button of the desk takes to be pressed with success, and what the history then says.

One entry for each route that takes a POST: a route without one fails test_staff_history_walk.py.
Whoever adds a button adds it here, with the `what` that it leaves in the history.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from donations.models import Section, Supporter, Topic
from tests.web.desk import a_gift
from tests.web.mailings import scheduled
from tests.web.pressing import (
    Data,
    an_exchange_rate,
    answered,
    asking,
    author,
    closed,
    composed,
    decided,
    draft,
    foremost,
    four_eyes,
    gift_of_ana,
    gift_with_address,
    left,
    made_one,
    merged,
    nothing_runs,
    other_suggestion,
    paused,
    seated,
    seated_twice,
    somebody_else,
    stranger,
    strangers_said,
    the_other,
    two_suggestions,
    typed,
    upload,
)
from tests.web.staffpages import publish


def nothing() -> None:
    """The world as it is will do."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A button: what has to be there, what is sent, and what is written down."""

    what: str
    data: Callable[[], Data] = field(default=dict)
    before: Callable[[], object] = nothing
    where: Mapping[str, object] = field(default_factory=dict)


SECTION = {"name_en": "Bread"}
DEEDS: dict[str, Deed] = {
    "staff_decide": Deed(what="gift.decided", before=a_gift, data=gift_of_ana),
    "staff_undo": Deed(what="gift.undone", before=decided),
    "staff_alike": Deed(what="gift.alike", before=decided),
    "staff_paypal": Deed(what="file.handed_in", data=upload),
    "staff_paypal_answer": Deed(
        what="file.answered", before=asking, data=lambda: {"day_first": "day"}
    ),
    "staff_paypal_again": Deed(what="file.asked_anew", before=answered),
    "staff_paypal_confirm": Deed(what="file.confirmed", before=answered),
    "staff_paypal_discard": Deed(what="file.discarded", before=answered),
    "staff_broadcast_new": Deed(
        what="broadcast.drafted", data=lambda: {"topic": Topic.objects.latest("pk").pk}
    ),
    "staff_broadcast_edit": Deed(what="broadcast.edited", before=draft, data=composed),
    "staff_broadcast_proof": Deed(
        what="broadcast.proofed", before=draft, data=lambda: {"lang": "en"}
    ),
    "staff_broadcast_schedule": Deed(
        what="broadcast.scheduled", before=draft, data=lambda: {"when": "now", "hours_late": "6"}
    ),
    "staff_broadcast_approve": Deed(what="broadcast.approved", before=four_eyes),
    "staff_broadcast_step": Deed(what="broadcast.canceled", before=draft),
    "staff_broadcast_rate": Deed(what="rate.changed", data=lambda: {"per_minute": "60"}),
    "staff_topic_new": Deed(what="topic.written", data=typed),
    "staff_topic": Deed(what="topic.edited", data=typed),
    "staff_topic_publish": Deed(what="topic.published"),
    "staff_topic_unpublish": Deed(what="topic.withdrawn", before=publish),
    "staff_topic_delete": Deed(what="topic.deleted"),
    "staff_sections": Deed(what="section.added", data=lambda: SECTION),
    "staff_section": Deed(what="section.renamed", data=lambda: SECTION),
    "staff_section_up": Deed(what="section.moved"),
    "staff_section_down": Deed(what="section.moved", before=foremost),
    "staff_section_close": Deed(what="section.closed"),
    "staff_section_reopen": Deed(what="section.reopened", before=closed),
    "staff_feeds": Deed(
        what="feed.added",
        data=lambda: {
            "url": "https://newscafe.example/other/",
            "section": Section.objects.get(slug="politics").pk,
            "language": "en",
        },
    ),
    "staff_feed_ask": Deed(what="feed.asked"),
    "staff_feed_pause": Deed(what="feed.paused"),
    "staff_feed_remove": Deed(what="feed.removed"),
    "staff_suggestion_open": Deed(what="suggestion.opened"),
    "staff_suggestion_hide": Deed(what="suggestion.hidden", data=lambda: {"hide": "1"}),
    "staff_suggestion_answer": Deed(what="suggestion.answered", data=lambda: {"answer": "Soon."}),
    "staff_suggestion_merge": Deed(
        what="suggestion.merged", before=two_suggestions, data=other_suggestion
    ),
    "staff_suggestion_unmerge": Deed(what="suggestion.unmerged", before=merged),
    "staff_suggestion_take_up": Deed(
        what="suggestion.taken_up", data=lambda: {"topic": Topic.objects.latest("pk").pk}
    ),
    "staff_supporter_erase": Deed(
        what="supporter.erased",
        before=nothing_runs,
        data=lambda: {"email": Supporter.objects.latest("pk").email, "sure": "on"},
    ),
    "staff_supporter_name": Deed(what="supporter.name_hidden", data=lambda: {"hide": "1"}),
    "staff_address_add": Deed(what="address.left_alone", data=lambda: {"email": "x@example.org"}),
    "staff_address_again": Deed(what="address.written_again"),
    "staff_event_again": Deed(what="event.replayed"),
    "staff_invite": Deed(
        what="invitation.sent",
        data=lambda: {"email": "maria@example.org", "role": "editor", "language": "ro"},
    ),
    "staff_invitation_again": Deed(what="invitation.sent_again"),
    "staff_invitation_withdraw": Deed(what="invitation.withdrawn"),
    "staff_colleague_role": Deed(what="colleague.role_changed", data=lambda: {"role": "viewer"}),
    "staff_colleague_deactivate": Deed(what="colleague.deactivated"),
    "staff_colleague_reactivate": Deed(what="colleague.reactivated", before=left),
    "staff_colleague_sign_out": Deed(what="colleague.signed_out", before=seated),
    "staff_me": Deed(what="colleague.changed", data=lambda: {"name": "Eva", "language": "ro"}),
    "staff_me_sign_out": Deed(what="colleague.signed_out", before=seated_twice),
}
TOKEN = {"token": "t" * 20}
DEEDS |= {
    "staff_supporter_correct": Deed(
        what="supporter.corrected", data=lambda: {**TOKEN, "name": "Anna", "language": "en"}
    ),
    "staff_note_withdraw": Deed(what="supporter.note_withdrawn"),
    "staff_supporter_merge": Deed(
        what="supporter.merged", before=somebody_else, data=lambda: {**TOKEN, **the_other()}
    ),
    "staff_merge_undo": Deed(what="supporter.unmerged", before=made_one),
    "staff_donation_new": Deed(
        what="donation.entered",
        data=lambda: {**TOKEN, "way": "cash", "amount": "5", "currency": "EUR", "ref": "K1",
                      "day": timezone.localdate().isoformat()},
    ),
    "staff_donation_receipt": Deed(
        what="donation.receipt_resent", before=gift_with_address, data=lambda: TOKEN
    ),
    "staff_events_again": Deed(what="event.replayed"),
    "staff_reconciliation_compare": Deed(what="provider.compared"),
    "staff_compared_not_ours": Deed(
        what="provider.not_ours",
        before=stranger,
        data=lambda: {"kind": "payment", "ref": "txn_1", "seen": 960, "why": "The book shop's"},
    ),
    "staff_compared_ours": Deed(
        what="provider.ours",
        before=strangers_said,
        data=lambda: {"kind": "payment", "ref": "txn_1"},
    ),
    "staff_rates": Deed(
        what="exchange_rate.entered",
        data=an_exchange_rate,
    ),
    "staff_rate_withdraw": Deed(what="exchange_rate.withdrawn"),
    "staff_export_ask": Deed(
        what="export.asked", data=lambda: {"room": "supporters", "format": "csv"}
    ),
}  # fmt: skip
# They take a POST because of its size, and keep nothing of it.
CHANGE_NOTHING = {"staff_topic_preview"}
# What they make says by itself who made it and when, and nobody else depends on it: a note, one's
# own saved views, an export that is called off.
ON_THEIR_OWN = {
    "staff_supporter_note",
    *("staff_view_save", "staff_view_change", "staff_view_delete", "staff_export_cancel"),
}
# They ask a provider first: their own tests do so, with a stand-in, and look into the history.
WITH_A_PROVIDER = {
    *("staff_donation_refund", "staff_refund_again"),
    *("staff_agreement_cancel", "staff_agreement_change"),
    *("staff_agreement_pause", "staff_agreement_resume"),
}
STEPS: dict[str, Callable[[], object]] = {
    "cancel": draft,
    "resume": paused,
    "leave": paused,
    "unschedule": lambda: scheduled(author()),
}
