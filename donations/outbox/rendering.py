"""The words of each mail: one function per kind builds what its templates need.

`context` is what was true when the message was queued, frozen as JSON; amounts and dates are
written as the message's language writes them, so all of this runs inside its translation.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from donations.days import format_day
from donations.outbox.models import Message
from donations.outbox.weekly import weekly_digest
from donations.outbox.wording import (
    Values,
    dated,
    day,
    day_of_year,
    exact_amount,
    isolated,
    one_line,
    plain_amount,
    rhythm,
    web_address,
)
from donations.outlet.queries import OutletFacts

GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One mail in words."""

    subject: str
    text: str
    html: str


def render(message: Message, outlet: OutletFacts) -> Rendered:
    """The mail in the message's language."""
    with translation.override(message.language):
        said = values(message, outlet)
        return Rendered(
            subject=one_line(_rendered(message.kind, "subject.txt", said)),
            text=GAPS.sub("\n\n", _rendered(message.kind, "body.txt", said)).strip() + "\n",
            html=_rendered(message.kind, "body.html", said),
        )


def values(message: Message, outlet: OutletFacts) -> Values:
    """All that the templates of this message may say."""
    return {
        **letterhead(outlet),
        "language": message.language,
        "account_url": web_address(message.context.get("account_url", "")),
        "receipt_url": web_address(message.context.get("receipt_url", "")),
        "name": isolated(one_line(message.context.get("name", ""))),
        **values_of(Message.Kind(message.kind), message.context, message.language),
    }


def letterhead(outlet: OutletFacts) -> Values:
    """Who writes, and in which direction."""
    is_bidi = translation.get_language_bidi()
    return {
        "newsroom": one_line(outlet.name),
        "website": web_address(outlet.website),
        "contact": outlet.contact_email,
        "postal_address": outlet.postal_address,
        "dir": "rtl" if is_bidi else "ltr",
        "start": "right" if is_bidi else "left",
    }


def values_of(  # noqa: C901 - a table of all kinds
    kind: Message.Kind, context: Values, language: str
) -> Values:
    """What the templates of this kind say beyond the letterhead."""
    match kind:
        case Message.Kind.THANKS:
            return thanks(context, language)
        case Message.Kind.THANKS_SUBSCRIPTION | Message.Kind.RECEIPT:
            return instalment(context, language)
        case Message.Kind.PAYMENT_FAILED:
            return payment_failed(context, language)
        case Message.Kind.SUPPORT_ENDED:
            return support_ended(context, language)
        case Message.Kind.CONFIRM_TOPICS:
            return confirm_topics(context, language)
        case Message.Kind.CHOICES_LINK:
            return {"facts": [], "choices_url": web_address(context["choices_url"])}
        case Message.Kind.SUGGESTION_TAKEN_UP:
            return suggestion_taken_up(context)
        case Message.Kind.SUPPORT_STOPPED:
            return support_stopped(context, language)
        case Message.Kind.RENEWAL_NOTICE | Message.Kind.CARD_EXPIRES:
            return notice(context, language)
        case Message.Kind.SUPPORT_CHANGED:
            return support_changed(context, language)
        case Message.Kind.NEW_ADDRESS | Message.Kind.ADDRESS_LEAVES:
            return address_change(context)
        case Message.Kind.SIGN_IN_CODE:
            return {"facts": [], "code": context["code"], "minutes": context["minutes"]}
        case Message.Kind.PROOF | Message.Kind.INVITATION | Message.Kind.SIGN_IN:
            return to_colleague(kind, context, language)
        case Message.Kind.ALARM:
            return alarm(context, language)
        case Message.Kind.WEEKLY_DIGEST:
            return weekly_digest(context, language)
        case _:
            assert_never(kind)


def thanks(context: Values, language: str) -> Values:
    """A gift arrived."""
    return {
        "amount": plain_amount(context, language),
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Date"), day(context["given_at"], language)),
            (_("Repeats"), rhythm(context["interval"])),
            (_("Receipt number"), context["reference"]),
        ],
    }


def instalment(context: Values, language: str) -> Values:
    """The first instalment arrived, or a later one: the same facts."""
    return {
        **recurring(context, language),
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Date"), day(context["given_at"], language)),
            (_("Repeats"), rhythm(context["interval"])),
            *dated(_("Next payment"), context.get("next_at"), language),
            (_("Receipt number"), context["reference"]),
        ],
    }


def payment_failed(context: Values, language: str) -> Values:
    """An instalment could not be collected."""
    next_attempt = context.get("next_attempt_at")
    return {
        **recurring(context, language),
        "pay_url": web_address(context.get("pay_url", "")),
        "next_attempt": day_of_year(next_attempt, language) if next_attempt else "",
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Repeats"), rhythm(context["interval"])),
            *dated(_("Next attempt"), next_attempt, language),
            (_("Reference"), context["reference"]),
        ],
    }


def support_ended(context: Values, language: str) -> Values:
    """A subscription is over, and why."""
    return {
        "reason": context.get("reason", ""),
        "support_url": web_address(context.get("support_url", "")),
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Repeated"), rhythm(context["interval"])),
            *dated(_("Ended"), context.get("ended_at"), language),
            (_("Reference"), context["reference"]),
        ],
    }


def support_stopped(context: Values, language: str) -> Values:
    """A subscription takes no more, and until when it runs."""
    return {
        "support_url": web_address(context.get("support_url", "")),
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Repeated"), rhythm(context["interval"])),
            *dated(_("Ends"), context.get("ends_at"), language),
            (_("Reference"), context["reference"]),
        ],
    }


def support_changed(context: Values, language: str) -> Values:
    """A subscription as it goes on; `what` says which of its ways it was changed in."""
    return {
        **recurring(context, language),
        "what": context["what"],
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Repeats"), rhythm(context["interval"])),
            *dated(_("Paused until"), context.get("resumes_at"), language),
            *dated(_("Next payment"), context.get("next_at"), language),
            (_("Reference"), context["reference"]),
        ],
    }


def address_change(context: Values) -> Values:
    """The same wish, told at both ends."""
    return {
        "facts": [],
        "new": isolated(one_line(context["new"])),
        "answer_url": web_address(context["answer_url"]),
    }


def notice(context: Values, language: str) -> Values:
    """A payment is near; of a card that will not pay it the last figures and its end."""
    good_until, next_at = context.get("good_until"), context.get("next_at")
    return {
        **recurring(context, language),
        "next_day": day_of_year(next_at, language) if next_at else "",
        "last4": context.get("last4", ""),
        "good_until": format_day(date.fromisoformat(good_until), language) if good_until else "",
        "facts": [
            (_("Amount"), exact_amount(context, language)),
            (_("Repeats"), rhythm(context["interval"])),
            *dated(_("Next payment"), next_at, language),
            (_("Reference"), context["reference"]),
        ],
    }


def confirm_topics(context: Values, language: str) -> Values:
    """Somebody typed this address and ticked a box; was it its owner is asked here."""
    return {
        "facts": [],
        "confirm_url": web_address(context["confirm_url"]),
        # Names of sections; empty for every section.
        "sections": [isolated(one_line(name)) for name in context["sections"]],
        "asked_on": day(context["asked_at"], language),
    }


def suggestion_taken_up(context: Values) -> Values:
    """What somebody backed became a topic."""
    return {
        "facts": [],
        "suggestion": isolated(one_line(context["suggestion"])),
        "topic": isolated(one_line(context["topic"])),
        "topic_url": web_address(context["topic_url"]),
        "choices_url": web_address(context["choices_url"]),
    }


def to_colleague(kind: Message.Kind, context: Values, language: str) -> Values:
    """Mail within the newsroom."""
    if kind == Message.Kind.INVITATION:
        return invitation(context, language)
    told = ("subject", "text", "html")
    return {"facts": [], **{part: context[part] for part in told if part in context}}


def invitation(context: Values, language: str) -> Values:
    """Somebody is asked to become a colleague."""
    return {
        "facts": [],
        "invited_by": isolated(one_line(context["invited_by"])),
        "role": context["role"],
        "join_url": web_address(context["join_url"]),
        "until": day(context["until"], language),
    }


def alarm(context: Values, language: str) -> Values:
    """Something is wrong; the words were chosen when it was queued."""
    return {
        "facts": [],
        "since": day_of_year(context["since"], language),
        "what": one_line(context["what"]),
        "todo": one_line(context["do"]),
        "desk_url": web_address(context["desk_url"]),
    }


def recurring(context: Values, language: str) -> Values:
    """What every mail about running support says."""
    return {
        "amount": plain_amount(context, language),
        "interval": context["interval"],
        "manage_url": web_address(context.get("manage_url", "")),
    }


def _rendered(kind: str, part: str, values: Values) -> str:
    return get_template(f"emails/{kind}/{part}").render(values)
