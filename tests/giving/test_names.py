"""Names of every kind survive the form, the books, the letter and the records."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from donations.giving.models import Donation
from donations.outbox.operations import send_due
from donations.supporters.models import User
from tests.newsroom import Newsroom

NAMES = [
    "Madonna",
    "Ștefan Țurcanu",
    "Ăîâ Șț",
    "Анна Ковальчук-Лещинская",
    "محمد الأمين",
    "שרה כהן",
    "李小龙",
    "Zoë 🌻 D'Árcy",
    "O'Neill <b>&amp;</b>",
    "x" * 200,
]
LONG = "a" * 64 + "@" + ".".join(("b" * 62, "c" * 62, "d" * 60)) + ".md"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_kept_as_it_is(newsroom: Newsroom, name: str) -> None:
    newsroom.give(name=name)

    supporter = Donation.objects.get().supporter
    assert supporter is not None
    assert supporter.name == name


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_letter_greets_by_each_name(newsroom: Newsroom) -> None:
    for number, name in enumerate(NAMES):
        newsroom.give(name=name, email=f"reader{number}@example.org")
    send_due(at=timezone.now())

    bodies = {letter.to[0]: str(letter.body) for letter in mail.outbox}
    for number, name in enumerate(NAMES):
        assert name in bodies[f"reader{number}@example.org"]


@pytest.mark.parametrize("name", NAMES)
def test_staff_find_them_by_name(newsroom: Newsroom, client: Client, name: str) -> None:
    newsroom.give(name=name)
    client.force_login(User.objects.create_superuser("staff@example.org"))

    found = client.get("/admin/donations/supporter/", {"q": name.split(maxsplit=1)[0]})
    assert "1 supporter" in found.content.decode()


def test_an_address_of_254_characters(newsroom: Newsroom) -> None:
    assert len(LONG) == 254
    newsroom.give(email=LONG)
    supporter = Donation.objects.get().supporter
    assert supporter is not None
    assert supporter.email == LONG
