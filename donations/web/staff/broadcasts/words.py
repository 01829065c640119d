"""Broadcasts in words: how one stands, who it is for, why somebody gets nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from babel.dates import format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from django.conf import settings
from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from donations.broadcasts.models import Broadcast, Delivery
from donations.days import format_day

State, Support = Broadcast.State, Broadcast.Support
Words = Promise | str

# Django's own name the limit in a sentence that no language here bends rightly.
NUMBER_MESSAGES: dict[str, Any] = {
    "invalid": gettext_lazy("Give a whole number."),
    "min_value": gettext_lazy("Give a whole number, 1 or more."),
    "max_value": gettext_lazy("This number is too large."),
}
STATES: Mapping[str, Words] = {
    State.DRAFT: gettext_lazy("draft"),
    State.SCHEDULED: gettext_lazy("scheduled"),
    State.FREEZING: gettext_lazy("the list is being written"),
    State.SENDING: gettext_lazy("being sent"),
    State.PAUSED: gettext_lazy("paused"),
    State.FINISHED: gettext_lazy("finished"),
    State.CANCELED: gettext_lazy("canceled"),
    State.NEEDS_REVIEW: gettext_lazy("needs a look"),
}
SUPPORT: Mapping[str, Words] = {
    Support.ALL: gettext_lazy("Everybody"),
    Support.RECURRING: gettext_lazy("Only monthly and yearly supporters"),
    Support.ONCE: gettext_lazy("Only those who gave once or several times"),
    Support.LAPSED: gettext_lazy("Only those whose regular support has ended"),
}
DELIVERIES: Mapping[str, Words] = {
    Delivery.State.PENDING: gettext_lazy("waiting"),
    Delivery.State.CLAIMED: gettext_lazy("being sent"),
    Delivery.State.SENT: gettext_lazy("sent"),
    Delivery.State.UNCERTAIN: gettext_lazy("uncertain"),
    Delivery.State.FAILED: gettext_lazy("failed"),
    Delivery.State.EXCLUDED: gettext_lazy("left out"),
    Delivery.State.WITHDRAWN: gettext_lazy("left meanwhile"),
}
# What our own workers write down; the rest are words of mail servers.
ERRORS: Mapping[str, Words] = {
    "the sending process was lost": gettext_lazy("the sending process was lost"),
    "the database was lost": gettext_lazy("the database was lost"),
    "given up": gettext_lazy("given up after three days"),
}
# Where there was no answer, by the first word of what is kept.
SILENCES: Mapping[str, Words] = {
    "SMTPServerDisconnected": gettext_lazy("the line broke before the mail server answered"),
    "NotHandedOver": gettext_lazy("the line broke before the mail was handed over"),
    "NobodyToSendTo": gettext_lazy("the address cannot be written to"),
    "AnymailRecipientsRefused": gettext_lazy("the mail provider refused the address"),
}
REASONS: Mapping[str, Words] = {
    Delivery.Reason.STOPPED: gettext_lazy("stopped this mail"),
    Delivery.Reason.UNCONFIRMED: gettext_lazy("has not confirmed the address yet"),
    Delivery.Reason.BOUNCED: gettext_lazy("no mail arrives there"),
    Delivery.Reason.COMPLAINED: gettext_lazy("reported our mail as spam"),
    Delivery.Reason.ASKED: gettext_lazy("asked us not to write"),
}


def language() -> str:
    """In which this page speaks."""
    return get_language() or settings.LANGUAGE_CODE


def figure(value: int) -> str:
    """A count inside a sentence, with its thousands apart."""
    return format_decimal(value, locale=language())


def moment(value: datetime) -> str:
    """24 November 2026 at 10:00, in the newsroom's time zone."""
    local = localtime(value, get_default_timezone())
    hour = format_time(local.time(), "HH:mm", locale=language())
    return _("%(day)s at %(hour)s") % {"day": format_day(local, language()), "hour": hour}


def duration(seconds: int) -> str:
    """4 minutes."""
    return format_timedelta(timedelta(seconds=max(seconds, 1)), locale=language())


def audience(broadcast: Broadcast) -> str:
    """Who it is for, in a line: everybody who follows “Politics” · Romanian and Russian."""
    quoted = _("“%(name)s”") % {"name": broadcast.topic.section.name(language())}
    followed = _("any section") if broadcast.to_every_section else quoted
    said = {
        Support.ALL: _("Everybody who follows %(section)s"),
        Support.RECURRING: _("Monthly and yearly supporters who follow %(section)s"),
        Support.ONCE: _("People who gave once or several times and follow %(section)s"),
        Support.LAPSED: _("People whose regular support has ended and who follow %(section)s"),
    }[Support(broadcast.support)]
    people = said % {"section": followed}
    return f"{people} · {languages(broadcast.languages)}" if broadcast.languages else people


def languages(codes: Iterable[str]) -> str:
    """Romanian and Russian."""
    return listed([language_name(code) for code in codes])


def language_name(code: str) -> str:
    """As this page's language calls it."""
    return _(cast("str", names().get(code, code)))


def names() -> dict[str, Words]:
    """The newsroom's languages."""
    return dict(settings.LANGUAGES)


def listed(parts: list[str]) -> str:
    """One, two and three."""
    return format_list(parts, locale=language())


def problem(broadcast: Broadcast) -> str:
    """What is in the way, as far as it is known by its first words."""
    known = {
        "It was to be begun": _(
            "It was to begin on %(moment)s. The service could not, and then it was too late."
        )
        % {"moment": moment(broadcast.send_at) if broadcast.send_at else "—"},
        "The list has": _("The list of people does not add up, so nothing was sent."),
        "The topic": _("The topic is not published any more, or has no text."),
        "The template": _("The mail's template is broken. Whoever runs the service has to look."),
    }
    if " refusals in a row" in broadcast.problem:
        reply = broadcast.problem.partition("the last: ")[2]
        return _(
            "It was paused because many mail servers refused it one after another."
            " The last one said: %(reply)s"
        ) % {"reply": reply}
    told = (words for begins, words in known.items() if broadcast.problem.startswith(begins))
    return next(told, broadcast.problem)


def error(kept: str) -> Words:
    """Why a mail was not simply sent: in our words where they are ours, else the mail server's."""
    return ERRORS.get(kept) or SILENCES.get(kept.partition(":")[0]) or kept


def excluded(reasons: Mapping[str, int]) -> list[tuple[Words, int]]:
    """Why people get nothing, the most first."""
    counts = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(REASONS.get(reason, reason), count) for reason, count in counts if count]


def title(broadcast: Broadcast) -> str:
    """The topic's, in this page's language where it has one."""
    text = broadcast.topic.text(language())
    return text.title if text else broadcast.topic.slug
