"""A supporter's name on the page of supporters, and their address."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from donations.outbox.models import Message
from donations.supporters.models import AddressChange, Consent, Supporter, User
from donations.supporters.naming import hide_name
from tests.newsroom import Newsroom
from tests.visiting import visitor
from tests.web.form import flat
from tests.web.signing import signed_in

pytestmark = pytest.mark.django_db
NAME, ADDRESS, PUBLIC = "/en/account/name/", "/en/account/address/", "/en/supporters/"


@pytest.fixture
def ana(newsroom: Newsroom) -> Client:
    newsroom.give()
    return signed_in("ana@example.org")


def shown() -> str:
    return flat(visitor().get(PUBLIC))


def test_nobody_is_shown_who_did_not_ask(ana: Client) -> None:
    assert "Nobody is named here yet." in shown()


def test_a_name_is_shown_with_the_words_that_were_agreed_to(ana: Client) -> None:
    ana.post(NAME, {"shown": "on", "name": "Ana  from Bălți"})
    assert "Ana from Bălți" in shown()
    said = Consent.objects.get(purpose="name")
    assert (said.granted, said.source) == (True, "account")
    assert said.wording.startswith("Show this name on the public page")


def test_and_taken_off_again(ana: Client) -> None:
    ana.post(NAME, {"shown": "on", "name": "Ana"})
    ana.post(NAME, {"name": "Ana"})
    assert Supporter.objects.get().public_name == ""
    said = Consent.objects.filter(purpose="name").order_by("pk")
    assert [each.granted for each in said] == [True, False]


def test_the_second_time_nothing_is_said_again(ana: Client) -> None:
    for _time in range(2):
        ana.post(NAME, {"shown": "on", "name": "Ana"})
    assert Consent.objects.filter(purpose="name").count() == 1


@pytest.mark.parametrize("name", ["", "www.shop.example", "write@me.example", "x" * 81])
def test_only_a_name(ana: Client, name: str) -> None:
    assert ana.post(NAME, {"shown": "on", "name": name}).status_code == 422
    assert Supporter.objects.get().public_name == ""


def test_staff_take_a_name_off(ana: Client) -> None:
    ana.post(NAME, {"shown": "on", "name": "Ana"})
    assert hide_name(supporter=Supporter.objects.get(), is_hidden=True)
    assert not hide_name(supporter=Supporter.objects.get(), is_hidden=True)
    ana.post(NAME, {"shown": "on", "name": "Anna"})
    assert not re.search(r"\bAnn", shown())


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "٢"])
def test_pages_that_are_not_there(page: str) -> None:
    assert visitor().get(PUBLIC, {"page": page}).status_code == 404


def wish(client: Client, new: str = "new@example.org") -> None:
    assert client.post(ADDRESS, {"email": new}).status_code == 303


def link(kind: str) -> str:
    url = Message.objects.filter(kind=kind).order_by("-pk")[0].context["answer_url"]
    return "/" + str(url).split("/", 3)[3]


def address() -> str:
    return Supporter.objects.get(name="Ana Ș.").email


def test_nothing_changes_before_the_new_mailbox_answers(ana: Client) -> None:
    wish(ana)
    assert address() == "ana@example.org"
    told = {each.kind: each.to for each in Message.objects.filter(kind__contains="address")}
    assert told == {"new_address": "new@example.org", "address_leaves": "ana@example.org"}
    visitor().get(link("new_address"))
    assert address() == "ana@example.org"


def test_it_answers(ana: Client) -> None:
    wish(ana)
    assert "Gata: de acum vă scriem aici." in flat(visitor().post(link("new_address")))
    assert address() == "new@example.org"
    assert ana.get("/en/account/").status_code == 200
    assert signed_in("new@example.org").get("/en/account/gifts/").status_code == 200


def test_the_second_time_there_is_nothing_to_answer(ana: Client) -> None:
    wish(ana)
    visitor().post(link("new_address"))
    assert visitor().post(link("new_address")).status_code == 410
    assert visitor().post(link("address_leaves")).status_code == 410


def test_the_old_mailbox_objects(ana: Client) -> None:
    wish(ana)
    assert "Schimbarea este anulată." in flat(visitor().post(link("address_leaves")))
    assert visitor().post(link("new_address")).status_code == 410
    assert address() == "ana@example.org"


def test_an_address_of_somebody_else_gets_the_same_answer(newsroom: Newsroom, ana: Client) -> None:
    newsroom.give(email="ion@example.org", name="Ion")
    wish(ana, "ion@example.org")
    taken = flat(ana.get("/en/account/"))
    wish(ana, "free@example.org")
    assert "Look into the new mailbox" in taken
    assert "Look into the new mailbox" in flat(ana.get("/en/account/"))
    first = AddressChange.objects.order_by("pk")[0]
    assert first.ended_at is not None
    assert Message.objects.filter(kind="new_address").count() == 2


def test_and_takes_nothing_over(newsroom: Newsroom, ana: Client) -> None:
    newsroom.give(email="ion@example.org", name="Ion")
    wish(ana, "ion@example.org")
    assert "are deja propriile contribuții" in flat(visitor().post(link("new_address")))
    assert sorted(Supporter.objects.values_list("email", flat=True)) == [
        "ana@example.org", "ion@example.org",
    ]  # fmt: skip


def test_neither_does_a_colleague_s_address(ana: Client) -> None:
    User.objects.create_user("eva@example.org", is_staff=True)
    wish(ana, "eva@example.org")
    visitor().post(link("new_address"))
    assert address() == "ana@example.org"


def test_the_same_wish_twice_is_one(ana: Client) -> None:
    wish(ana)
    wish(ana)
    assert AddressChange.objects.count() == 1
    assert Message.objects.filter(kind="new_address").count() == 1


def test_a_wish_grows_old(ana: Client) -> None:
    wish(ana)
    visitor()
    AddressChange.objects.update(asked_at=timezone.now())
    assert visitor().get(link("new_address") + "x").status_code == 410


def test_wishes_are_not_without_end(ana: Client) -> None:
    answers = [ana.post(ADDRESS, {"email": f"a{n}@example.org"}).status_code for n in range(6)]
    assert answers == [303, 303, 303, 303, 303, 429]
