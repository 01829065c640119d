"""What is another's is never shown, and looks as if it were not there at all."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from donations.giving import receiptlinks
from donations.giving.models import Donation, Subscription
from donations.money import Money
from donations.seals import seal
from donations.supporters import addresses as moving
from donations.supporters.models import AddressChange, Supporter
from donations.web.account.deed_forms import FORMS
from donations.web.account.gifts import GIFT
from donations.web.account.urls import urlpatterns
from tests.newsroom import Newsroom
from tests.web.signing import signed_in

pytestmark = pytest.mark.django_db

# Each address that names something, by its route: whose is written into it by `fill`.
ADDRESSES = {
    "account_receipt": "/ro/account/gifts/{gift}/receipt.pdf",
    "account_statement": "/ro/account/gifts/{year}/{currency}.pdf",
    "account_stop": "/ro/account/support/{token}/stop/",
    **{f"account_{step}": f"/ro/account/support/{{token}}/{step}/" for step in FORMS},
}
# What makes no sense as an agreement stands leads back to how it does stand.
NOT_NOW = {ADDRESSES["account_resume"], ADDRESSES["account_keep"]}
# Those that name nothing show what is one's own.
OWN = {
    *("account", "account_gifts", "account_card_back", "account_code", "account_name"),
    *("account_address", "account_data", "account_data_file", "account_data_read"),
    *("account_erase", "account_erased"),
}
# Those whose link is the proof.
BY_LINK = {"address_confirm": moving.CONFIRM, "address_object": moving.OBJECT}
NAMED_IN_QUERIES = ["/ro/account/gifts/?before={gift}"]
NOBODY = {"gift": "a" * 24, "year": "2001", "currency": "MDL", "token": "nobodys"}


@pytest.fixture
def ana(newsroom: Newsroom) -> Supporter:
    newsroom.subscribe(email="ana@example.org", money=Money(700, "USD"))
    return Supporter.objects.get(email="ana@example.org")


@pytest.fixture
def eva(newsroom: Newsroom, ana: Supporter) -> Client:
    """Somebody else, who gave too, and is signed in."""
    newsroom.give(email="eva@example.org", name="Eva", money=Money(1000, "EUR"))
    return signed_in("eva@example.org")


def belongings(ana: Supporter) -> dict[str, str]:
    gift = Donation.objects.get(supporter=ana)
    return {
        "gift": seal(gift.pk, purpose=GIFT),
        "year": str(gift.received_at.year),
        "currency": gift.currency,
        "token": Subscription.objects.get(supporter=ana).token,
    }


def told_in(answer: HttpResponse) -> dict[str, str]:
    """Its headers. No answer may be kept, so each has expired at the second it was made."""
    return {name: "" if name == "Expires" else value for name, value in answer.headers.items()}


def addresses() -> Iterator[str]:
    yield from ADDRESSES.values()
    yield from NAMED_IN_QUERIES


def test_no_address_is_forgotten_here() -> None:
    routes = {each.name for each in urlpatterns if isinstance(each, URLPattern)}
    assert routes == {*ADDRESSES, *OWN, *BY_LINK}


@pytest.mark.parametrize("address", [*ADDRESSES.values(), *NAMED_IN_QUERIES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_s_looks_like_nothing(
    ana: Supporter, eva: Client, address: str, method: str
) -> None:
    theirs = getattr(eva, method)(address.format(**belongings(ana)))
    nobody = getattr(eva, method)(address.format(**NOBODY))

    assert theirs.status_code == nobody.status_code
    assert theirs.status_code in ((404,) if method == "get" else (404, 405))
    assert theirs.content == nobody.content
    assert told_in(theirs) == told_in(nobody)


@pytest.mark.parametrize("address", [*ADDRESSES.values(), *NAMED_IN_QUERIES])
def test_it_is_there_for_whose_it_is(ana: Supporter, address: str) -> None:
    answer = signed_in("ana@example.org").get(address.format(**belongings(ana)))

    assert answer.status_code == (302 if address in NOT_NOW else 200)


@pytest.mark.parametrize("address", [*ADDRESSES.values(), *NAMED_IN_QUERIES])
def test_who_is_not_signed_in_is_asked_for_a_code(
    ana: Supporter, client: Client, address: str
) -> None:
    theirs = client.get(address.format(**belongings(ana)))
    nobody = client.get(address.format(**NOBODY))

    for answer in (theirs, nobody):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/code/?next=")


def test_nothing_of_another_was_changed(newsroom: Newsroom, ana: Supporter, eva: Client) -> None:
    asked = len(newsroom.stripe.requests)
    before = Subscription.objects.values().get(supporter=ana)
    told = {"reason": "mine now", "token": "t" * 16, "money": "9", "interval": "year"}
    for step in ("stop", *FORMS):
        path = ADDRESSES[f"account_{step}"].format(**belongings(ana))
        eva.post(path, {**told, "months": "12"})

    assert len(newsroom.stripe.requests) == asked
    assert Subscription.objects.values().get(supporter=ana) == before


def test_a_page_shows_only_one_s_own(ana: Supporter, eva: Client) -> None:
    for path in ("/en/account/", "/en/account/gifts/"):
        text = eva.get(path).content.decode()
        assert "€10" in text
        assert "$7" not in text
        assert "ana@example.org" not in text


def test_a_number_of_a_gift_opens_nothing(ana: Supporter, eva: Client) -> None:
    gift = Donation.objects.get(supporter=ana)

    for name in (str(gift.pk), seal(gift.pk, purpose="unsubscribe"), "0", "a" * 23):
        assert eva.get(f"/ro/account/gifts/{name}/receipt.pdf").status_code == 404


def link(number: object, whose: object) -> str:
    return receiptlinks.SIGNER.sign(f"{number}-{whose}")


def test_a_mailed_link_opens_its_own_receipt_only(ana: Supporter, eva: Client) -> None:
    gift, other = (Donation.objects.get(supporter=each) for each in (ana, eva_herself()))
    nothing = eva.get("/ro/receipt/", {"token": "x"})
    foreign = [
        link(gift.pk, eva_herself().pk),
        link(other.pk, ana.pk),
        link(10**9, ana.pk),
        signing.TimestampSigner(salt="another").sign(f"{gift.pk}-{ana.pk}"),
        link(gift.pk, ana.pk).replace(str(gift.pk), str(other.pk), 1),
        "",
        "\x00",
        "9" * 3000,
    ]
    for token in foreign:
        answer = eva.get("/ro/receipt/", {"token": token})
        assert answer.status_code == 404
        assert answer.content == nothing.content
    assert eva.get("/ro/receipt/", {"token": link(gift.pk, ana.pk)}).status_code == 200


def eva_herself() -> Supporter:
    return Supporter.objects.get(email="eva@example.org")


def test_a_mailed_link_opens_nothing_once_the_gift_is_another_s(
    ana: Supporter, eva: Client
) -> None:
    gift = Donation.objects.get(supporter=ana)
    token = link(gift.pk, ana.pk)
    Donation.objects.filter(pk=gift.pk).update(supporter=eva_herself())

    assert Client().get("/ro/receipt/", {"token": token}).status_code == 404


def a_wish(ana: Supporter) -> AddressChange:
    return AddressChange.objects.create(
        supporter=ana, old=ana.email, new="new@example.org", asked_at=timezone.now()
    )


@pytest.mark.parametrize("route", BY_LINK)
def test_a_link_about_an_address_is_for_one_mailbox(
    ana: Supporter, client: Client, route: str
) -> None:
    wish, path = a_wish(ana), reverse(route, args=["ro"])
    wrong = next(each for each in BY_LINK.values() if each != BY_LINK[route])
    nothing = client.post(f"{path}?token=x")
    foreign = [
        moving.token_of(wish, purpose=wrong),
        moving.token_of(AddressChange(pk=10**9), purpose=BY_LINK[route]),
        signing.TimestampSigner(salt="another").sign(str(wish.pk)),
        str(wish.pk),
        "",
        "\x00",
        "9" * 3000,
    ]
    for token in foreign:
        answer = client.post(f"{path}?{urlencode({'token': token})}")
        assert answer.status_code == 410
        assert answer.content == nothing.content
    wish.refresh_from_db()
    assert (wish.confirmed_at, wish.ended_at) == (None, None)


def test_a_copy_has_nothing_of_another(ana: Supporter, eva: Client) -> None:
    for path in ("/en/account/data/file/", "/en/account/data/read/"):
        told = eva.post(path).content.decode()
        assert "eva@example.org" in told
        assert "ana@example.org" not in told
        assert Subscription.objects.get(supporter=ana).gateway_ref not in told


def test_erasing_oneself_leaves_another(ana: Supporter, eva: Client) -> None:
    before = Subscription.objects.values().get(supporter=ana)
    assert eva.post("/en/account/data/erase/", {"sure": "on"}).status_code == 303
    assert [each.email for each in Supporter.objects.all()] == ["ana@example.org"]
    assert Subscription.objects.values().get(supporter=ana) == before
