"""What an editor pastes into pages, newsletters and feeds: the ask as HTML."""

import re
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from donations import links
from donations.gateways.paypal import me_address
from donations.giving.models import Method
from donations.outlet.queries import OutletFacts
from donations.web.footer import ROUTES, ask_of, words

# Where a newsletter's or a feed's own system writes the address of the article.
PLACEHOLDER = "{{ url }}"
WHITE_SPACE = re.compile(r"[ \n]+")  # Spaces that do not break are part of the text.
LINE_BREAK = re.compile(r"(?<=>) (?=<(?:p|script|/footnote-support)\b)")
# What the ask needs on a phone and on a desk; a frame cannot grow by itself.
FRAME_HEIGHT = 440


def snippets(outlet: OutletFacts, language: str, *, light: bool) -> dict[str, str]:
    """One for pages, one for pages that allow no script, one for where no page is."""
    context = {
        **_fallback(outlet, language),
        "light": light,
        "height": FRAME_HEIGHT,
        "script": links.absolute(reverse("embed_script")),
        "frame": links.absolute(frame_path(language, light=light)),
    }
    return {
        "script": _html("script", context),
        "frame": _html("frame", context),
        "plain": _html("plain", {**context, "placeholder": PLACEHOLDER}),
    }


def plain(outlet: OutletFacts, language: str) -> str:
    """The ask as one paragraph, safe to show."""
    return _html("plain", _fallback(outlet, language))


def frame_path(language: str, *, light: bool) -> str:
    """The page for a frame."""
    return f"{reverse('embed_footer')}?lang={language}{'&scheme=light' if light else ''}"


def _fallback(outlet: OutletFacts, language: str) -> dict[str, Any]:
    """What needs no script: words, links, and the plain address as no collector reads it."""
    ask = ask_of(outlet)
    text = words(ask, outlet, language)
    ways = [(text["ways"][way][0], ROUTES[way]) for way in ask.ways]
    takes_paypal = Method.PAYPAL.value in ask.ways
    me = me_address(outlet) if takes_paypal else ""
    return {
        "language": language,
        "text": text,
        "ways": [
            (word, links.page(route, language=language))
            for word, route in ways or [(text["heading"], ROUTES[Method.CARD.value])]
        ],
        "me": me,
        "me_shown": me.partition("://")[2],
        "paypal": outlet.paypal_email.replace("@", "[at]") if takes_paypal else "",
    }


def _html(kind: str, context: dict[str, Any]) -> str:
    """A line for each element that stands by itself, without the template's own white space."""
    text = render_to_string(f"embed/snippet/{kind}.html", context).strip()
    return LINE_BREAK.sub("\n", WHITE_SPACE.sub(" ", text))
