"""A supporter takes everything along, or has it erased; each after a fresh code."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from donations.models import Change, Erasure
from donations.outbox.models import Message
from donations.supporters.models import Supporter
from tests.newsroom import Newsroom
from tests.paypalroom import PayPalRoom
from tests.web.form import flat
from tests.web.signing import signed_in

pytestmark = pytest.mark.django_db
CODE, DATA, ERASE = "/en/account/code/", "/en/account/data/", "/en/account/data/erase/"


@pytest.fixture
def ana(newsroom: Newsroom) -> Client:
    newsroom.subscribe()
    return signed_in("ana@example.org")


def grown_old(client: Client) -> Client:
    """She signed in long ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    return client


def mailed_code() -> str:
    sent = Message.objects.filter(key__startswith="fresh_code:").order_by("-pk")
    return str(sent[0].context["code"])


def test_who_has_just_signed_in_is_not_asked_again(ana: Client) -> None:
    assert ana.get(DATA).status_code == 200


def test_who_signed_in_long_ago_needs_a_code(ana: Client) -> None:
    old = grown_old(ana)
    assert old.get(ERASE)["Location"] == f"{CODE}?to=account_erase"
    assert old.post(f"{DATA}file/")["Location"] == f"{CODE}?to=account_data"
    old.post(f"{CODE}?to=account_erase", {"send": "1"})
    answer = old.post(f"{CODE}?to=account_erase", {"code": mailed_code()})
    assert answer["Location"] == ERASE
    assert old.get(ERASE).status_code == 200


def test_a_wrong_code_opens_nothing_and_neither_does_the_right_one_after_five(
    ana: Client,
) -> None:
    old = grown_old(ana)
    old.post(CODE, {"send": "1"})
    right = mailed_code()
    for _try in range(5):
        assert old.post(CODE, {"code": "00000000"}).status_code == 422
    assert old.post(CODE, {"code": right}).status_code == 422
    assert old.get(DATA).status_code == 302


def test_codes_are_not_sent_without_end(ana: Client) -> None:
    old = grown_old(ana)
    assert [old.post(CODE, {"send": "1"}).status_code for _n in range(4)] == [303, 303, 303, 429]


def test_nor_all_day_long(ana: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    old, now = grown_old(ana), time.time
    sent = []
    for minute in range(0, 14, 2):
        later = minute * 60
        monkeypatch.setattr("time.time", lambda later=later: now() + later)
        sent += [old.post(CODE, {"send": "1"}).status_code for _n in range(2)]
    assert sent == [303] * 12 + [429] * 2


def test_what_is_proved_here_adds_no_passkey(ana: Client) -> None:
    """A passkey outlives the session: for that they sign in anew."""
    old = grown_old(ana)
    old.post(CODE, {"send": "1"})
    assert old.post(CODE, {"code": mailed_code()})["Location"] == DATA
    answer = old.get("/accounts/2fa/webauthn/add/")
    assert answer["Location"].startswith("/accounts/login/again/")


def test_an_address_leads_only_to_doors_of_ours(ana: Client) -> None:
    assert ana.get(f"{CODE}?to=https://evil.example/")["Location"] == DATA


def test_everything_as_a_file(newsroom: Newsroom, ana: Client) -> None:
    answer = ana.post(f"{DATA}file/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-support.json"'
    told: dict[str, Any] = json.loads(answer.content)
    assert told["schema"] == "footnote.supporter/1"
    assert [gift["amount_minor"] for gift in told["donations"]] == [500]
    assert told["supporter"][0]["email"] == "ana@example.org"
    assert told["subscriptions"][0]["gateway_ref"] == newsroom.subscription().gateway_ref
    assert {each["kind"] for each in told["messages"]} >= {"thanks_subscription", "sign_in_code"}
    assert any("text" in each for each in told["messages"])
    assert told["notifications"]


def test_no_code_is_in_the_file(ana: Client) -> None:
    code = Message.objects.filter(kind="sign_in_code").get().context["code"]
    assert code not in ana.post(f"{DATA}file/").content.decode()


def test_everything_as_a_page(ana: Client) -> None:
    text = flat(ana.post(f"{DATA}read/"))
    assert "Everything that we keep about you" in text
    assert "Letters to you" in text


def test_that_it_was_taken_is_written_down_without_a_name(ana: Client) -> None:
    ana.post(f"{DATA}file/")
    kept = Change.objects.get(what="supporter.copied")
    assert (kept.about_name, kept.by, kept.before, kept.after) == ("", None, {}, {})


def test_a_link_takes_nothing(ana: Client) -> None:
    assert ana.get(f"{DATA}file/").status_code == 405


def test_erased_after_one_clear_question(newsroom: Newsroom, ana: Client) -> None:
    assert "Your regular support ends at once:" in flat(ana.get(ERASE))
    assert ana.post(ERASE).status_code == 422
    assert Supporter.objects.exists()
    answer = ana.post(ERASE, {"sure": "on"})
    assert answer["Location"] == "/en/account/erased/"
    assert "It is erased." in flat(ana.get("/en/account/erased/"))
    assert not Supporter.everybody.exists()
    assert newsroom.subscription().status == "canceled"
    assert ana.get("/en/account/").status_code == 302


def test_the_second_time_nobody_is_there(ana: Client) -> None:
    ana.post(ERASE, {"sure": "on"})
    assert ana.post(ERASE, {"sure": "on"}).status_code == 302
    assert Erasure.objects.count() == 1


def test_while_the_provider_is_away_nothing_is_erased(ana: Client, settings: Settings) -> None:
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    answer = ana.post(ERASE, {"sure": "on"})
    assert answer.status_code == 503
    assert Supporter.objects.get().email == "ana@example.org"


def test_an_order_at_paypal_is_named_first(paypal_room: PayPalRoom) -> None:
    paypal_room.promise("pledge-3", interval="month", amount_minor=500)
    paypal_room.happen("subscr_signup")
    paypal_room.happen("subscr_payment_1")
    client = signed_in("ana@example.org")
    assert "only you can end it there" in flat(client.get(ERASE))
    client.post(ERASE, {"sure": "on"})
    paypal_room.happen("subscr_payment_2")
    assert not Supporter.everybody.exists()
    gifts = paypal_room.subscription().donations
    assert gifts.count() == 2
    assert not gifts.exclude(payer_email="", supporter=None).exists()
