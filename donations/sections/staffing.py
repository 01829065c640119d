"""The newsroom's own list of sections: named, put in order, closed."""

from collections.abc import Mapping

from django.db import transaction

from donations.outlet.models import Outlet
from donations.sections.models import Section
from donations.slugs import free, slug_of

LONGEST_SLUG = 60


class NameTaken(Exception):
    """Readers could not tell the two sections apart."""


@transaction.atomic
def create(*, names: Mapping[str, str]) -> Section:
    """A new one, at the end of the list. Raises `NameTaken`, also at a second click."""
    take_turns()
    refuse_taken(names)
    last = Section.objects.order_by("-position").values_list("position", flat=True).first()
    slugs = set(Section.objects.values_list("slug", flat=True))
    slug = slug_of(*names.values(), longest=LONGEST_SLUG) or "section"
    return Section.objects.create(
        slug=free(slug, taken=slugs, longest=LONGEST_SLUG),
        names=dict(names),
        position=0 if last is None else last + 1,
    )


@transaction.atomic
def rename(*, section: Section, names: Mapping[str, str]) -> bool:
    """Other names, under the old address; False when it is called so already."""
    take_turns()
    refuse_taken(names, besides=section)
    found = Section.objects.get(pk=section.pk)
    if found.names == dict(names):
        return False
    found.names = dict(names)
    found.save(update_fields=["names"])
    return True


@transaction.atomic
def move(*, section: Section, places: int) -> bool:
    """Up (below 0) or down the list; False at its end. Two that stood level part here."""
    take_turns()
    order = list(Section.objects.order_by("position", "pk"))
    before = order.index(section)
    after = min(max(before + places, 0), len(order) - 1)
    order.insert(after, order.pop(before))
    for position, each in enumerate(order):
        each.position = position
    Section.objects.bulk_update(order, ["position"])
    return after != before


def close(*, section: Section) -> bool:
    """Nobody can choose it any more; its topics and who follows it stay. False if it is closed."""
    return bool(Section.objects.filter(pk=section.pk).mark_closed())


def reopen(*, section: Section) -> bool:
    """It can be chosen again; False if it can be."""
    return bool(Section.objects.filter(pk=section.pk).mark_open())


def take_turns() -> None:
    """One at a time, until the transaction ends."""
    list(Outlet.objects.select_for_update().values_list("pk"))


def refuse_taken(names: Mapping[str, str], besides: Section | None = None) -> None:
    """No two of the same name in one language."""
    for other in Section.objects.all():
        same = {
            key for key, name in names.items() if other.names.get(key, "").lower() == name.lower()
        }
        if same and other != besides:
            raise NameTaken
