"""What the money paid for lately, on the page that asks for more."""

from dataclasses import dataclass

from django.urls import reverse

from donations.topics import queries


@dataclass(frozen=True, kw_only=True)
class Lately:
    """A link to a topic. `foreign` is the language of its title when it is not the page's."""

    title: str
    address: str
    foreign: str


def lately(language: str) -> list[Lately]:
    """The newest few, without a query when warm."""
    found = []
    for topic in queries.newest():
        title, spoken = topic.said_in(language)
        address = reverse("topic", args=[language, topic.slug])
        foreign = "" if spoken == language else spoken
        found.append(Lately(title=title, address=address, foreign=foreign))
    return found
