"""Every text of the project that is to be translated, found without GNU gettext."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Msgid = str | tuple[str, ...] | list[str]


def sources() -> Iterator[tuple[Path, str]]:
    """Templates as the Python that Django makes of them, and the Python that is ours."""
    for path in sorted((ROOT / "templates").rglob("*.*")):
        code = templatize(path.read_text(), origin=str(path))
        # What was text around the tags keeps its indentation, which Python would stumble over.
        yield path, "\n".join(line.strip() for line in code.splitlines())
    for folder in ("config", "donations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, path.read_text()


@cache
def texts() -> dict[tuple[str | None, Msgid], Path]:
    """Each text, or a text with its plural, with its context, and a file that says it."""
    found: dict[tuple[str | None, Msgid], Path] = {}
    for path, code in sources():
        for _line, message, _comments, context in extract(
            "python", BytesIO(code.encode()), keywords=KEYWORDS
        ):
            found[context, message] = path
    return found


@cache
def catalog(language: str) -> Catalog:
    """The translations into a language."""
    path = ROOT / "donations" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)
