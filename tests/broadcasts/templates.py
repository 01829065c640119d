"""The mail's own template, as an operator may have spoilt it."""

from pathlib import Path

from pytest_django import Settings


def spoil(settings: Settings, folder: Path, words: str) -> None:
    """The text of every broadcast is made of these words from now on."""
    place = folder / "emails" / "broadcast"
    place.mkdir(parents=True)
    (place / "body.txt").write_text(words)
    (changed,) = settings.TEMPLATES
    settings.TEMPLATES = [{**changed, "DIRS": [folder, *changed["DIRS"]]}]
