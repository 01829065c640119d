"""Very many followers at once."""

from donations.sections.models import Follow, Section
from donations.supporters.models import Supporter
from tests.broadcasts.conftest import AT


def come(count: int, *, domain: str, section: Section) -> None:
    """So many followers at one domain, `reader0@…` and so on."""
    people = Supporter.objects.bulk_create(
        Supporter(email=f"reader{number}@{domain}", language="en", created_at=AT, proved_at=AT)
        for number in range(count)
    )
    Follow.objects.bulk_create(
        Follow(supporter=person, section=section, language="en", asked_at=AT, confirmed_at=AT)
        for person in people
    )
