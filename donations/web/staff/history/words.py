"""Changes in words. What has none yet is told by its code: nothing is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from donations.days import VARIANTS
from donations.history.models import Change
from donations.web.staff.activity import STATE_WORDS as FILES
from donations.web.staff.addresses import REASONS
from donations.web.staff.broadcasts.words import STATES as BROADCASTS
from donations.web.staff.broadcasts.words import SUPPORT
from donations.web.staff.suggestions import STATE_WORDS as SUGGESTIONS
from donations.web.teamwords import ROLES

Words = Promise | str
# The part of `what` before the dot.
NOUNS: Mapping[str, Words] = {
    "topic": gettext_lazy("Topics"),
    "section": gettext_lazy("Sections"),
    "feed": gettext_lazy("Feeds"),
    "suggestion": gettext_lazy("Suggestions"),
    "broadcast": gettext_lazy("Broadcasts"),
    "rate": gettext_lazy("Pace of mail"),
    "address": gettext_lazy("Addresses"),
    "gift": gettext_lazy("Gifts attributed"),
    "file": gettext_lazy("PayPal files"),
    "event": gettext_lazy("Notifications"),
    "supporter": gettext_lazy("Supporters"),
    "donation": gettext_lazy("Donations"),
    "exchange_rate": gettext_lazy("Exchange rates"),
    "export": gettext_lazy("Exports"),
    "provider": gettext_lazy("Payment providers"),
    "subscription": gettext_lazy("Subscriptions"),
    "colleague": gettext_lazy("Colleagues"),
    "invitation": gettext_lazy("Invitations"),
    "sign_in": gettext_lazy("Signing in"),
    "record": gettext_lazy("Records"),
}
WHAT: Mapping[str, Words] = {
    "topic.written": gettext_lazy("began a topic"),
    "topic.edited": gettext_lazy("edited a topic"),
    "topic.published": gettext_lazy("published a topic"),
    "topic.withdrawn": gettext_lazy("took a topic off the pages"),
    "topic.deleted": gettext_lazy("threw a draft of a topic away"),
    "section.added": gettext_lazy("added a section"),
    "section.renamed": gettext_lazy("renamed a section"),
    "section.moved": gettext_lazy("moved a section in the list"),
    "section.closed": gettext_lazy("closed a section"),
    "section.reopened": gettext_lazy("opened a section again"),
    "feed.added": gettext_lazy("added a feed"),
    "feed.asked": gettext_lazy("had a feed asked"),
    "feed.paused": gettext_lazy("paused a feed"),
    "feed.removed": gettext_lazy("removed a feed"),
    "suggestion.opened": gettext_lazy("let a suggestion through"),
    "suggestion.hidden": gettext_lazy("hid a suggestion"),
    "suggestion.shown": gettext_lazy("no longer hides a suggestion"),
    "suggestion.answered": gettext_lazy("answered a suggestion"),
    "suggestion.declined": gettext_lazy("declined a suggestion"),
    "suggestion.merged": gettext_lazy("merged a suggestion into another"),
    "suggestion.unmerged": gettext_lazy("took two suggestions apart"),
    "suggestion.taken_up": gettext_lazy("took a suggestion up"),
    "broadcast.drafted": gettext_lazy("began a broadcast"),
    "broadcast.edited": gettext_lazy("edited a broadcast"),
    "broadcast.proofed": gettext_lazy("had a proof of a broadcast sent"),
    "broadcast.scheduled": gettext_lazy("scheduled a broadcast"),
    "broadcast.approved": gettext_lazy("approved a broadcast"),
    "broadcast.paused": gettext_lazy("paused a broadcast"),
    "broadcast.resumed": gettext_lazy("let a broadcast go on"),
    "broadcast.canceled": gettext_lazy("canceled a broadcast"),
    "broadcast.unscheduled": gettext_lazy("made a broadcast a draft again"),
    "broadcast.reviewed": gettext_lazy("sent a broadcast after a look at it"),
    "broadcast.retried": gettext_lazy("had failed mails of a broadcast tried again"),
    "broadcast.resent": gettext_lazy("had uncertain mails of a broadcast sent again"),
    "broadcast.left": gettext_lazy("left uncertain mails of a broadcast at that"),
    "rate.changed": gettext_lazy("changed how fast mail may leave"),
    "address.left_alone": gettext_lazy("had an address left alone"),
    "address.written_again": gettext_lazy("let an address be written to again"),
    "gift.decided": gettext_lazy("decided whose a gift is"),
    "gift.undone": gettext_lazy("took back whose a gift is"),
    "gift.alike": gettext_lazy("decided the payer’s other gifts alike"),
    "file.handed_in": gettext_lazy("handed a PayPal file in"),
    "file.answered": gettext_lazy("answered the questions about a PayPal file"),
    "file.asked_anew": gettext_lazy("had the questions about a PayPal file asked anew"),
    "file.confirmed": gettext_lazy("had a PayPal file imported"),
    "file.discarded": gettext_lazy("threw a PayPal file away"),
    "event.replayed": gettext_lazy("had a notification processed again"),
    "supporter.erased": gettext_lazy("erased a supporter for good"),
    "supporter.copied": gettext_lazy("a supporter took a copy of their data"),
    "supporter.name_hidden": gettext_lazy("changed whether a public name is shown"),
    "supporter.corrected": gettext_lazy("corrected a name or a language"),
    "supporter.merged": gettext_lazy("made two records of one person one"),
    "supporter.unmerged": gettext_lazy("took two records apart again"),
    "supporter.note_withdrawn": gettext_lazy("withdrew a note"),
    "donation.entered": gettext_lazy("entered a gift by hand"),
    "donation.refunded": gettext_lazy("asked for a refund"),
    "donation.receipt_resent": gettext_lazy("sent a receipt again"),
    "subscription.canceled": gettext_lazy("ended an agreement"),
    "subscription.changed": gettext_lazy("changed an agreement"),
    "subscription.paused": gettext_lazy("paused an agreement"),
    "subscription.resumed": gettext_lazy("let an agreement go on"),
    "exchange_rate.entered": gettext_lazy("entered an exchange rate"),
    "exchange_rate.withdrawn": gettext_lazy("withdrew an exchange rate"),
    "export.asked": gettext_lazy("took a list away as a file"),
    "provider.compared": gettext_lazy("had our books compared with a provider’s"),
    "provider.fetched": gettext_lazy("had what a provider knows fetched"),
    "provider.not_ours": gettext_lazy("said that a difference is not ours"),
    "provider.ours": gettext_lazy("said that a difference is ours after all"),
    "colleague.joined": gettext_lazy("joined"),
    "colleague.changed": gettext_lazy("changed their own page"),
    "colleague.role_changed": gettext_lazy("gave a colleague another role"),
    "colleague.deactivated": gettext_lazy("let a colleague in no more"),
    "colleague.reactivated": gettext_lazy("let a colleague in again"),
    "colleague.signed_out": gettext_lazy("ended where somebody is signed in"),
    "invitation.sent": gettext_lazy("invited a colleague"),
    "invitation.sent_again": gettext_lazy("sent an invitation again"),
    "invitation.withdrawn": gettext_lazy("withdrew an invitation"),
    "sign_in.factor_added": gettext_lazy("set up a second factor"),
    "sign_in.factor_removed": gettext_lazy("removed a second factor"),
    "sign_in.codes_renewed": gettext_lazy("made new recovery codes"),
    "sign_in.password_changed": gettext_lazy("changed their password"),
    "sign_in.password_reset": gettext_lazy("reset their password by mail"),
    "record.added": gettext_lazy("added a record"),
    "record.changed": gettext_lazy("changed a record"),
    "record.removed": gettext_lazy("removed a record"),
}
FIELDS: Mapping[str, Words] = {
    "state": gettext_lazy("State"),
    "names": pgettext_lazy("history", "Names"),
    "name": pgettext_lazy("history", "Name"),
    "first_name": pgettext_lazy("history", "Name"),
    "place": gettext_lazy("Place in the list"),
    "is_open": gettext_lazy("Open"),
    "is_hidden": gettext_lazy("Hidden"),
    "is_active": gettext_lazy("Active"),
    "is_left_alone": gettext_lazy("Left without a supporter"),
    "url": gettext_lazy("Address"),
    "slug": gettext_lazy("Address"),
    "section__slug": gettext_lazy("Section"),
    "topic__slug": gettext_lazy("Topic"),
    "merged_into__title": gettext_lazy("Merged into"),
    "language": gettext_lazy("Language"),
    "languages": gettext_lazy("Languages"),
    "link": gettext_lazy("Link"),
    "picture_id": gettext_lazy("Picture"),
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "body": gettext_lazy("Text"),
    "picture_alt": gettext_lazy("Picture described"),
    "subject": gettext_lazy("Subject"),
    "preface": gettext_lazy("Words before"),
    "answer": gettext_lazy("Answer"),
    "answers": gettext_lazy("Answers"),
    "next_poll_at": gettext_lazy("Asked next"),
    "published_at": gettext_lazy("Published"),
    "supporters_count": gettext_lazy("Made possible by"),
    "send_at": gettext_lazy("To be sent"),
    "approved_by__email": gettext_lazy("Approved by"),
    "to_every_section": gettext_lazy("To every section"),
    "support": gettext_lazy("How they support us"),
    "per_minute": gettext_lazy("Mails a minute"),
    "reason": gettext_lazy("Why"),
    "source": gettext_lazy("Who says so"),
    "supporter": gettext_lazy("Supporter, by number"),
    "pledge": gettext_lazy("Pledge, by number"),
    "gifts": gettext_lazy("Gifts"),
    "attempts": gettext_lazy("Tries"),
    "size": gettext_lazy("Size"),
    "role": gettext_lazy("Role"),
    "until": gettext_lazy("Works until"),
    "sessions": gettext_lazy("Signed out"),
    "wants_digest": gettext_lazy("A letter every week"),
    "kind": gettext_lazy("Kind"),
    "is_ours": pgettext_lazy("history", "Ours"),
    "amount_minor": gettext_lazy("Amount, in cents"),
    "currency": gettext_lazy("Currency"),
    "worth_in": gettext_lazy("Worth in"),
    "rate": pgettext_lazy("exchange rate", "Rate"),
    "on": gettext_lazy("Day"),
    "withdrawn_at": gettext_lazy("Withdrawn"),
}
# Codes are told as the rest of the desk tells them: by column, and states by kind of row.
CODES: Mapping[str, Mapping[Any, Words]] = {
    "role": ROLES,
    "language": dict(settings.LANGUAGES),
    "broadcast.state": BROADCASTS,
    "activityfile.state": FILES,
    "suggestion.state": SUGGESTIONS,
    "topic.state": {"draft": gettext_lazy("Draft"), "published": gettext_lazy("Published")},
    "broadcast.support": SUPPORT,
    "suppression.reason": REASONS,
}
LONGEST = 2000


@dataclass(frozen=True)
class Line:
    """A change, readable."""

    change: Change

    @property
    def what(self) -> Words:
        """What was done."""
        return WHAT.get(self.change.what, self.change.what.replace("_", " ").replace(".", ": "))

    @property
    def who(self) -> str:
        """By name while they are here, by address for ever."""
        by = self.change.by
        return (by.get_full_name() if by else "") or self.change.by_email or _("the command line")

    @property
    def more(self) -> str:
        """Everything else about the same row."""
        its = self.change
        return f"{reverse('staff_history')}?kind={its.about_kind}&id={its.about_id}"

    @property
    def differences(self) -> Iterator[tuple[Words, str, str]]:
        """What it was called, what it was, what it became."""
        before, after = self.change.before, self.change.after
        for name in {**before, **after}:
            kind = self.change.about_kind
            was, became = (called(kind, name, each.get(name)) for each in (before, after))
            yield field(name), was, became


def called(kind: str, name: str, value: Any) -> str:
    """A code in words, where there are words for it."""
    codes = CODES.get(f"{kind}.{name}") or CODES.get(name) or {}
    return str(codes[value]) if isinstance(value, str) and value in codes else told(value)


def field(name: str) -> Words:
    """A column's name in words; with the language that ends it, as in title_ro."""
    stem, _dash, code = name.rpartition("_")
    if stem in FIELDS and code in dict(settings.LANGUAGES):
        return f"{FIELDS[stem]} ({code})"
    return FIELDS.get(name, name.replace("__", " ").replace("_", " ").strip().capitalize())


def told(value: Any) -> str:
    """A value as people read it."""
    if value is None or value in ("", [], {}):
        return "—"
    match value:
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(told(each) for each in value)
        case dict():
            return "; ".join(f"{key}: {told(each)}" for key, each in value.items())
    text = str(value)
    return when(text) or text[:LONGEST]


def when(text: str) -> str:
    """A moment as the desk writes it; blank for what is none."""
    if len(text) < len("2026-01-01T00:00") or text[4] != "-" or "T" not in text[:11]:
        return ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    spoken = VARIANTS.get(language, language)
    return format_datetime(localtime(at), "medium", locale=spoken) if at.tzinfo else ""
