"""The newsroom's list of sections, kept by staff."""

import pytest

from donations.models import Section
from donations.sections import staffing

pytestmark = pytest.mark.django_db


def order() -> list[str]:
    return list(Section.objects.order_by("position", "pk").values_list("slug", flat=True))


def test_a_new_section_stands_at_the_end() -> None:
    section = staffing.create(names={"ro": "Știință și tehnică", "ru": "Наука"})
    assert section.slug == "stiinta-si-tehnica"
    assert section.is_open
    assert order()[-1] == section.slug
    section.full_clean()


def test_a_name_in_other_letters() -> None:
    assert staffing.create(names={"ru": "Наука"}).slug == "nauka"


def test_a_name_that_letters_cannot_spell() -> None:
    first, second = (staffing.create(names={"ru": name}) for name in ("…", "?!"))
    assert (first.slug, second.slug) == ("section", "section-2")


def test_the_second_time_the_name_is_taken() -> None:
    staffing.create(names={"en": "Science"})
    for names in ({"en": "SCIENCE"}, {"ro": "Știință", "en": "science"}):
        with pytest.raises(staffing.NameTaken):
            staffing.create(names=names)
    assert Section.objects.filter(slug__startswith="scien").count() == 1


def test_a_rename_keeps_the_address() -> None:
    section = Section.objects.get(slug="economy")
    assert staffing.rename(section=section, names={"en": "Money", "ro": "Economie"})
    assert not staffing.rename(section=section, names={"en": "Money", "ro": "Economie"})
    section.refresh_from_db()
    assert (section.slug, section.name("en"), section.name("ru")) == ("economy", "Money", "Money")


def test_a_rename_to_the_name_of_another() -> None:
    section = Section.objects.get(slug="economy")
    with pytest.raises(staffing.NameTaken):
        staffing.rename(section=section, names={"en": "politics"})


def test_moving_up_and_down_and_no_further() -> None:
    section = Section.objects.get(slug="economy")
    assert order() == ["politics", "economy", "war-in-ukraine"]
    assert staffing.move(section=section, places=-1)
    assert order() == ["economy", "politics", "war-in-ukraine"]
    assert not staffing.move(section=section, places=-1)
    assert staffing.move(section=section, places=2)
    assert order() == ["politics", "war-in-ukraine", "economy"]


def test_two_that_stand_level_part() -> None:
    Section.objects.update(position=0)
    assert staffing.move(section=Section.objects.get(slug="war-in-ukraine"), places=-1)
    assert order() == ["politics", "war-in-ukraine", "economy"]


def test_closing_and_reopening_the_second_time_change_nothing() -> None:
    section = Section.objects.get(slug="economy")
    assert [staffing.close(section=section) for _twice in range(2)] == [True, False]
    assert "economy" not in Section.objects.open().values_list("slug", flat=True)
    assert [staffing.reopen(section=section) for _twice in range(2)] == [True, False]
