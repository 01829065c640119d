"""The words of each mail: one function per kind builds what its templates need.

`context` is what was true when the message was queued, frozen as JSON; amounts and dates are
written as the message's language writes them, so all of this runs inside its translation.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never

from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from donations.days import format_day, format_day_of_year
from donations.money import Money, format_exactly, format_money
from donations.outbox.models import Message
from donations.outlet.queries import OutletFacts

Facts = list[tuple[str, str]]
Values = dict[str, Any]
RIGHT_TO_LEFT = ("R", "AL", "AN")
# Nothing below the Hebrew block is written that way.
FIRST_RIGHT_TO_LEFT = "\u0590"
# Unicode's category Cc, which will never have others.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
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


def values_of(kind: Message.Kind, context: Values, language: str) -> Values:
    """What the templates of this kind say beyond the letterhead."""
    match kind:
        case Message.Kind.THANKS:
            return thanks(context, language)
        case Message.Kind.THANKS_SUBSCRIPTION:
            return thanks_subscription(context, language)
        case Message.Kind.RECEIPT:
            return receipt(context, language)
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
        case Message.Kind.PROOF:
            return {"facts": [], **{part: context[part] for part in ("subject", "text", "html")}}
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


def thanks_subscription(context: Values, language: str) -> Values:
    """The first instalment arrived."""
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


def receipt(context: Values, language: str) -> Values:
    """A later instalment arrived; the same facts as with the first."""
    return thanks_subscription(context, language)


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


def recurring(context: Values, language: str) -> Values:
    """What every mail about running support says."""
    return {
        "amount": plain_amount(context, language),
        "interval": context["interval"],
        "manage_url": web_address(context.get("manage_url", "")),
    }


def plain_amount(context: Values, language: str) -> str:
    """As a sentence says it: 10 €."""
    return format_money(Money(context["amount_minor"], context["currency"]), language)


def exact_amount(context: Values, language: str) -> str:
    """As a receipt says it: 10,00 EUR."""
    return format_exactly(Money(context["amount_minor"], context["currency"]), language)


def day(moment: str, language: str) -> str:
    """The date for a table: 3 May 2026."""
    return format_day(local_date(moment), language)


def day_of_year(moment: str, language: str) -> str:
    """The date for a sentence: 3 May. In Russian a year would end it with a second full stop."""
    return format_day_of_year(local_date(moment), language)


def local_date(moment: str) -> date:
    """The date in the newsroom's time zone."""
    local = timezone.localtime(datetime.fromisoformat(moment), timezone.get_default_timezone())
    return local.date()


def dated(label: str, moment: str | None, language: str) -> Facts:
    """A line with a date, or none when there is no date."""
    return [(label, day(moment, language))] if moment else []


def rhythm(interval: str) -> str:
    """How often it repeats."""
    words = {"month": _("every month"), "year": _("every year"), "other": _("regularly")}
    return words.get(interval, _("no, once only"))


def web_address(url: str) -> str:
    """The address when it leads to a page, or nothing."""
    return url if url.startswith(("https://", "http://")) else ""


def one_line(text: str) -> str:
    """Without line breaks or other characters that steer instead of being read."""
    return " ".join(CONTROL.sub(" ", text).split())


def isolated(name: str) -> str:
    """A name written from right to left keeps to itself and does not turn its sentence around."""
    if max(name, default="") >= FIRST_RIGHT_TO_LEFT and any(
        unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in name
    ):
        return f"\u2068{name}\u2069"
    return name


def _rendered(kind: str, part: str, values: Values) -> str:
    return get_template(f"emails/{kind}/{part}").render(values)
