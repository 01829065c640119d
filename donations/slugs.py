"""Names for addresses, made of what people call a thing."""

from collections.abc import Collection

from anyascii import anyascii
from django.utils.text import slugify

SHORTEST = 3


def slug_of(*titles: str, longest: int) -> str:
    """The first of these titles that letters can spell (ă is a, ц is ts); blank when none can."""
    slugs = (slugify(anyascii(title))[:longest].strip("-_") for title in titles)
    return next((slug for slug in slugs if len(slug) >= SHORTEST), "")


def free(slug: str, *, taken: Collection[str], longest: int) -> str:
    """It, or with the first number behind it that nobody has: bread-2."""
    number, found = 1, slug
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = f"{slug[: longest - len(ending)]}{ending}"
    return found
