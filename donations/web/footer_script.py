"""The article footer's script: written, and made small enough for the pages of others."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from donations.outlet import queries as outlets
from donations.outlet.queries import OutletFacts
from donations.web.footer import Ask, ask_of, words

TAG = "footnote-support"
# What a page of others pays for us, compressed; Django adds up to 100 random bytes to it.
MOST_BYTES = 4096 - 128
LEVEL = 6  # As Django compresses.
TITLE_LENGTH = 200
STYLES = Path(__file__).parents[1] / "static" / "donations" / "footer.css"
SPACE_IN_CSS = re.compile(r"\s*([{};,])\s*|(?<=:)\s+")
COMMENT_IN_CSS = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def footer_script(outlet: OutletFacts, language: str) -> str:
    """In one language or in all; a newsroom of very many words leaves some to the support page."""
    spoken = [code for code, _name in settings.LANGUAGES]
    languages = [language] if language in spoken else spoken
    ask = ask_of(outlet)
    texts = {code: words(ask, outlet, code) for code in languages}
    for unsaid in ({}, {"promise": ""}, {"promise": "", "mission": ""}):
        source = written(ask, {code: text | unsaid for code, text in texts.items()})
        if len(gzip.compress(source.encode(), LEVEL)) <= MOST_BYTES:
            break
    return source


def written(ask: Ask, texts: dict[str, Any]) -> str:
    """The script with its data and its styles, without what only people read."""
    default = outlets.default_language()
    data = {
        "site": settings.SITE_URL,
        "language": default if default in texts else next(iter(texts)),
        "currency": ask.currency,
        "ways": ask.ways,
        "texts": texts,
    }
    source = render_to_string(
        "embed/footer.js",
        {
            "ask": packed(data),
            "looks": packed(styles()),
            "tag": TAG,
            "title_length": TITLE_LENGTH,
        },
    )
    lines = (line.strip() for line in source.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def packed(data: object) -> str:
    """JSON as a literal of JavaScript."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def styles() -> str:
    """The styles without what only people read."""
    text = COMMENT_IN_CSS.sub("", STYLES.read_text())
    return SPACE_IN_CSS.sub(r"\1", text).strip()
