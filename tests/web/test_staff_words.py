"""The desk speaks the editor's language, whole."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from donations.articles.models import Article
from donations.giving import operations as giving
from donations.models import ActivityFile, Donation, User
from donations.reconciliation import importing
from tests.gateways.activity import made, payment
from tests.web.desk import NOON, a_gift, a_pledge, a_supporter
from tests.web.test_words_on_pages import english

LANGUAGES = pytest.mark.parametrize("language", ["ro", "ru"])
LINES = [
    payment(1, Type="Dar", Status="Gata"),
    payment(2, Type="Taxă", Status="Gata", Gross="x"),
    payment(3, Type="Dar", Status="Nu"),
]


@pytest.fixture
def busy(editor: User) -> None:
    """Something of everything on each page."""
    article = Article.objects.create(url="https://newscafe.eu/a", title="Apă", first_seen_at=NOON)
    ana = a_supporter()
    pledge = a_pledge(article=article)
    a_gift(pledge_token=pledge.token)
    a_pledge(article=article)
    giving.leave(donation=a_gift(), by=editor, at=NOON)
    for action in (giving.create_supporter, giving.leave):
        gift = a_gift(payer_email="ion@example.org", payer_name="Ion")
        giving.undo(attribution=action(donation=gift, by=editor, at=NOON), by=editor, at=NOON)
    giving.attach(donation=a_gift(), supporter=ana, by=editor, at=NOON)
    giving.attach_to_pledge(donation=a_gift(), pledge=a_pledge(), by=editor, at=NOON)
    for _each in range(20):
        a_gift()


def a_few() -> list[Donation]:
    """One that waits, one that was left alone, one that is somebody's."""
    every = Donation.objects.order_by("pk")
    found = (every.filter(supporter=None), every.filter(is_left_alone=True), every)
    return [gift for some in found for gift in some[:1]]


def pages(desk: Client) -> list[str]:
    """All pages of the desk as they stand."""
    gifts = [f"/staff/gifts/{gift.pk}/?q={q}" for gift in a_few() for q in ("ana", "nimeni")]
    files = [f"/staff/paypal/{file.pk}/" for file in ActivityFile.objects.all()]
    addresses = [
        *("/staff/", "/staff/gifts/", "/staff/gifts/history/", "/staff/articles/"),
        *("/staff/paypal/", *files, *gifts),
    ]
    return [ours(desk.get(address).content.decode()) for address in addresses]


def ours(page: str) -> str:
    """A page without the lines of a file, whose words are PayPal's."""
    return re.sub(r'<table class="raw">.*?</table>', "", page, flags=re.DOTALL)


def hand_in(desk: Client, body: bytes) -> None:
    upload = BytesIO(body)
    upload.name = "lista.csv"
    desk.post("/staff/paypal/", {"file": upload})


@LANGUAGES
def test_every_page(desk: Client, busy: None, language: str) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for page in pages(desk):
        assert english(page, language) == []


@LANGUAGES
def test_a_file_in_every_state(desk: Client, language: str) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for body in (made(LINES), b"PK\x03\x04", made([payment(1, Date="03/04/2026")])):
        hand_in(desk, body)
    shown = pages(desk)
    importing.run_due(at=timezone.now())
    shown += pages(desk)
    asking = ActivityFile.objects.get(state="asking", survey__unknown_kinds__0="Dar")
    answers = {"kind-0": "payment", "kind-1": "account_fee"}
    answers |= {"status-0": "completed", "status-1": "other"}
    shown.append(ours(desk.post(f"/staff/paypal/{asking.pk}/answer/", {}).content.decode()))
    desk.post(f"/staff/paypal/{asking.pk}/answer/", answers)
    importing.run_due(at=timezone.now())
    shown += pages(desk)
    desk.post(f"/staff/paypal/{asking.pk}/confirm/")
    importing.run_due(at=timezone.now())
    asking.refresh_from_db()
    assert asking.state == "done"
    shown += pages(desk)
    slips = {text for page in shown for text in english(page, language)}
    assert not slips, slips


@LANGUAGES
def test_what_is_told_after_a_button(desk: Client, language: str) -> None:
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    gift = a_gift(payer_email="")
    shown = []
    for button in ({}, {"create": 1}, {"leave": 1}, {"leave": 1}):
        address = f"/staff/gifts/{gift.pk}/decide/"
        shown.append(desk.post(address, button, follow=True).content.decode())
    undo = f"/staff/gifts/history/{gift.attributions.get().pk}/undo/"
    shown += [desk.post(undo, follow=True).content.decode() for _twice in range(2)]
    shown.append(desk.post("/staff/paypal/", {}).content.decode())
    slips = {text for page in shown for text in english(page, language)}
    assert not slips, slips
