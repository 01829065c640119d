"""What a broadcast says, rendered once for each language.

Where something differs from person to person a placeholder stands: letters and figures only, so
that it stays whole however the mail is written. `merging.py` puts the person's own words there.
"""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from donations import links, markup
from donations.broadcasts.models import Broadcast, Edition
from donations.outbox.rendering import GAPS, Rendered, letterhead
from donations.outbox.wording import one_line, web_address
from donations.outlet import queries as outlets
from donations.topics.models import Picture, Topic, TopicText

GREETING = "greetingplaceholder7k2m"
GREETING_HTML = "greetinghtmlplaceholder9q4x"
TOKEN = "tokenplaceholder5v8w3z6y"  # noqa: S105  as long as a token
WHY = "whyplaceholder2j6h8d"
WHY_HTML = "whyhtmlplaceholder4n9s"
# Each has to be in each part exactly so often, or nothing goes out.
IN_TEXT = {GREETING: 1, TOKEN: 1, WHY: 1}
IN_HTML = {GREETING_HTML: 1, TOKEN: 2, WHY_HTML: 1}
# RFC 5322, 2.1.1: at most 998 octets a line; a letter has four at most.
LONG_LINE, TEXT_WIDTH, HTML_WIDTH = 200, 76, 180
# Gmail shows about 102 KB of a message and hides the rest.
MAX_HTML = 95_000
PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


class NothingToSay(Exception):
    """The topic has no text in any language, or is not published."""


class BrokenEdition(Exception):
    """What was rendered is not fit to be sent; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What staff write for one language; blank: the topic's title, and no preface."""

    subject: str = ""
    preface: str = ""


def told(topic: Topic, language: str) -> TopicText:
    """The topic's text for readers of this language. Raises NothingToSay."""
    text = topic.text(language)
    if text is None:
        raise NothingToSay("The topic has no text yet.")
    return text


def render(broadcast: Broadcast, edition: Edition) -> Rendered:
    """The edition with its placeholders. Raises NothingToSay and BrokenEdition."""
    text = told(broadcast.topic, edition.language)
    try:
        with translation.override(edition.language):
            rendered = composed(broadcast, edition, text, with_body=True)
            if len(rendered.html.encode()) > MAX_HTML:
                rendered = composed(broadcast, edition, text, with_body=False)
    except Exception as error:
        # The templates are files that an operator may have changed, and can fail in any way.
        raise BrokenEdition(f"The template fails: {type(error).__name__}: {error}") from error
    check(rendered)
    return rendered


def complete(broadcast: Broadcast) -> None:
    """An edition in each of the newsroom's languages, also in one that is new."""
    Edition.objects.bulk_create(
        (Edition(broadcast=broadcast, language=each) for each in dict(settings.LANGUAGES)),
        ignore_conflicts=True,
    )


def freeze_words(broadcast: Broadcast) -> None:
    """Keep what is sent from now on, once: later changes of the topic do not reach it.

    Raises NothingToSay and BrokenEdition.
    """
    for edition in broadcast.editions.filter(frozen_html=""):
        rendered = render(broadcast, edition)
        Edition.objects.filter(pk=edition.pk, frozen_html="").update(
            frozen_subject=rendered.subject,
            frozen_text=rendered.text,
            frozen_html=rendered.html,
        )


def composed(
    broadcast: Broadcast, edition: Edition, text: TopicText, *, with_body: bool
) -> Rendered:
    """From the templates; without its body a text that is too long for a mail is only announced."""
    said = values(broadcast, edition, text, with_body=with_body)
    plain = GAPS.sub("\n\n", _rendered("body.txt", said)).strip() + "\n"
    return Rendered(
        subject=one_line(edition.subject or text.title),
        text="\n".join(folded(plain.splitlines(), TEXT_WIDTH)) + "\n",
        html=folded_html(_rendered("body.html", said)),
    )


def values(
    broadcast: Broadcast, edition: Edition, text: TopicText, *, with_body: bool
) -> dict[str, object]:
    """All that the templates may say."""
    topic, body = broadcast.topic, text.body if with_body else ""
    path = reverse("unsubscribe", args=[TOKEN])
    spoken = "" if text.language == edition.language else text.language
    return {
        **letterhead(outlets.current()),
        "language": edition.language,
        "text_language": text.language,
        "greeting": GREETING,
        "greeting_html": GREETING_HTML,
        "why": WHY,
        "why_html": WHY_HTML,
        "spoken": capfirst(get_language_info(spoken)["name_local"]) if spoken else "",
        "title": one_line(text.title),
        "summary": text.summary,
        "preface": markup.to_plain(edition.preface),
        "preface_html": markup.to_mail_html(edition.preface),
        "body": markup.to_plain(body),
        "body_html": markup.to_mail_html(body),
        "is_cut": bool(text.body) and not with_body,
        "page_url": links.absolute(reverse("topic", args=[edition.language, topic.slug])),
        "article_url": web_address(topic.link),
        "picture_url": address_of(topic.picture),
        "picture_alt": text.picture_alt,
        "supporters_count": topic.supporters_count or 0,
        "leave_url": links.absolute(path),
    }


def address_of(picture: Picture | None) -> str:
    """Where a mail finds the topic's picture; blank without one."""
    return links.absolute(reverse("picture", args=[picture.digest])) if picture else ""


def check(rendered: Rendered) -> None:
    """Every placeholder has to be there as often as it should. Raises BrokenEdition."""
    if not rendered.subject:
        raise BrokenEdition("The subject is blank.")
    for part, expected in ((rendered.text, IN_TEXT), (rendered.html, IN_HTML)):
        for placeholder, times in expected.items():
            if part.count(placeholder) != times:
                found = part.count(placeholder)
                raise BrokenEdition(f"The template has {placeholder} {found} times, not {times}.")


def folded(lines: Iterable[str], width: int) -> list[str]:
    """Lines that every mail server takes; a long word, an address, stays whole."""
    kept: list[str] = []
    for line in lines:
        if len(line) <= LONG_LINE:
            kept.append(line)
        else:
            kept += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return kept


def folded_html(html: str) -> str:
    """The same for HTML, where a line break is a space except in <pre>."""
    parts = PRE.split(html)
    parts[::2] = ["\n".join(folded(part.split("\n"), HTML_WIDTH)) for part in parts[::2]]
    return "".join(parts)


def _rendered(part: str, said: dict[str, object]) -> str:
    return get_template(f"emails/broadcast/{part}").render(said)
