"""The list of sections, kept on the desk."""

import pytest
from django.test import Client

from donations.models import Section
from tests.web.desk import text_of
from tests.web.topics import a_topic

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/sections/"


def order() -> list[str]:
    return list(Section.objects.order_by("position", "pk").values_list("slug", flat=True))


def press(desk: Client, slug: str, button: str) -> str:
    section = Section.objects.get(slug=slug)
    return text_of(desk.post(f"{ADDRESS}{section.pk}/{button}/", follow=True))


def test_all_of_them_with_their_topics(desk: Client) -> None:
    a_topic()
    page = text_of(desk.get(ADDRESS))
    assert "Politics Politică Политика 1" in page


def test_adding_one(desk: Client) -> None:
    page = text_of(desk.post(ADDRESS, {"name_ro": "Știință", "name_ru": " Наука "}, follow=True))
    assert "Added: Știință" in page
    assert Section.objects.get(slug="stiinta").names == {"ro": "Știință", "ru": "Наука"}


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ({}, "Write its name."),
        ({"name_en": "  "}, "Write its name."),
        ({"name_en": "x" * 81}, "Please shorten this to 80 characters."),
        ({"name_en": "a\x07"}, "Some characters here cannot be saved."),
        ({"name_en": "politics", "name_ru": "Новое"}, "There is a section of this name already."),
    ],
)
def test_what_is_wrong_is_said_and_kept(desk: Client, names: dict[str, str], says: str) -> None:
    economy = Section.objects.get(slug="economy")
    for address in (ADDRESS, f"{ADDRESS}{economy.pk}/"):
        response = desk.post(address, names)
        assert response.status_code == 422
        assert says in text_of(response)
        if "name_ru" in names:
            assert 'value="Новое"' in response.content.decode()
    assert Section.objects.count() == 3


def test_renaming_and_the_second_time(desk: Client) -> None:
    economy = Section.objects.get(slug="economy")
    assert 'value="Economie"' in desk.get(f"{ADDRESS}{economy.pk}/").content.decode()
    for _twice in range(2):
        desk.post(f"{ADDRESS}{economy.pk}/", {"name_en": "Money"})
    economy.refresh_from_db()
    assert (economy.names, economy.slug) == ({"en": "Money"}, "economy")


def test_up_and_down(desk: Client) -> None:
    press(desk, "economy", "up")
    assert order() == ["economy", "politics", "war-in-ukraine"]
    press(desk, "economy", "up")
    press(desk, "economy", "down")
    press(desk, "economy", "down")
    assert order() == ["politics", "war-in-ukraine", "economy"]


def test_closing_and_opening_again(desk: Client) -> None:
    assert "Open again" in press(desk, "economy", "close")
    press(desk, "economy", "close")
    assert not Section.objects.get(slug="economy").is_open
    assert "Open again" not in press(desk, "economy", "reopen")
    assert Section.objects.get(slug="economy").is_open


def test_what_is_not_there(desk: Client) -> None:
    assert desk.get(f"{ADDRESS}99/").status_code == 404
    for button in ("up", "down", "close", "reopen"):
        assert desk.post(f"{ADDRESS}99/{button}/").status_code == 404
