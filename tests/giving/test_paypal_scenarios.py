"""What can happen to a gift at PayPal, each told in every manner: one set of books."""

import pytest
from django.test import Client

from donations.articles.models import Article
from donations.giving.models import Donation, Pledge
from donations.money import Money
from donations.outbox.models import Message
from donations.webhooks.models import InboundEvent
from tests.paypalroom import MANNERS, PROMISED_AT, Manner, PayPalRoom

TEN = Money(1000, "EUR")
FEE_OF_TEN = 69


@pytest.fixture(params=MANNERS)
def room(request: pytest.FixtureRequest, paypal_room: PayPalRoom) -> PayPalRoom:
    manner: Manner = request.param
    paypal_room.manner = manner
    return paypal_room


@pytest.fixture
def doubled(paypal_room: PayPalRoom) -> PayPalRoom:
    """For a single message there is no other order, but it may come twice."""
    paypal_room.manner = "twice"
    return paypal_room


def test_a_gift_is_recorded_with_its_fee_and_thanked_once(doubled: PayPalRoom) -> None:
    article = Article.objects.create(url="https://news.example/water", first_seen_at=PROMISED_AT)
    doubled.promise("don-7", article=article)
    doubled.happen("donate_completed")
    doubled.finish()

    donation = Donation.objects.get()
    assert (donation.money, donation.fee) == (TEN, Money(FEE_OF_TEN, "EUR"))
    assert (donation.payer_email, donation.payer_name) == ("ana@example.org", "Ana Popescu")
    assert donation.note == "Mulțumesc! Спасибо"
    assert donation.pledge is not None
    assert donation.pledge.status == Pledge.Status.FULFILLED
    assert donation.supporter is not None
    assert donation.supporter.email == "ana@example.org"
    assert donation.article == article
    assert doubled.balance() == {
        "assets:paypal": 1000 - FEE_OF_TEN,
        "income:donations": -1000,
        "expenses:fees": FEE_OF_TEN,
    }
    assert doubled.letters() == ["thanks"]
    assert Message.objects.get().language == "ro"
    assert set(doubled.states()) == {"done"}


def test_a_pending_payment_counts_when_it_completes(room: PayPalRoom) -> None:
    room.promise("don-8", amount_minor=5000)
    room.happen("echeck_pending")
    if room.is_live:
        assert room.donations() == []
        assert room.letters() == []
        assert Pledge.objects.get().status == Pledge.Status.OPEN
    room.happen("echeck_completed")
    room.finish()

    assert room.donations() == [Money(5000, "EUR")]
    assert room.letters() == ["thanks"]
    assert Pledge.objects.get().status == Pledge.Status.FULFILLED


@pytest.mark.parametrize("status", ["Failed", "Denied", "Expired", "Voided"])
def test_a_pending_payment_that_fails_is_no_money(room: PayPalRoom, status: str) -> None:
    room.promise("don-8", amount_minor=5000)
    room.happen("echeck_pending")
    room.happen("echeck_denied", payment_status=status)
    room.finish()

    assert room.donations() == []
    assert room.letters() == []
    assert room.balance() == {}
    assert Pledge.objects.get().status != Pledge.Status.FULFILLED


@pytest.mark.parametrize("status", ["Processed", "Created", "In-Progress", "Whatever"])
def test_only_completed_is_money(doubled: PayPalRoom, status: str) -> None:
    doubled.happen("donate_completed", payment_status=status)
    doubled.finish()

    assert doubled.donations() == []
    assert doubled.states() == ["done"]


def test_money_that_was_sent_by_a_known_reader_is_still_only_a_guess(room: PayPalRoom) -> None:
    room.promise("don-7")
    room.happen("donate_completed")
    room.happen("paypalme_send_money")
    room.finish()

    sent = Donation.objects.get(gateway_ref="4AB00003XX0000001")
    assert (sent.supporter, sent.pledge, sent.note) == (None, None, "keep going")
    assert sent.payer_email == Donation.objects.exclude(pk=sent.pk).get().payer_email
    assert room.letters() == ["thanks", "thanks"]


def test_money_that_nobody_promised_is_kept_and_thanked(doubled: PayPalRoom) -> None:
    doubled.happen("paypalme_send_money", payer_email="joerg@example.org", residence_country="DE")
    doubled.finish()

    assert doubled.donations() == [Money(2500, "EUR")]
    assert Donation.objects.get().supporter is None
    letter = Message.objects.get()
    assert (letter.to, letter.kind, letter.language) == ("joerg@example.org", "thanks", "en")


def test_a_code_in_the_note_finds_its_pledge(doubled: PayPalRoom) -> None:
    pledge = doubled.promise("don-7", amount_minor=2500)
    doubled.happen("paypalme_send_money", memo=f"For you: {pledge.code.lower()} :)")
    doubled.finish()

    assert Donation.objects.get().pledge == pledge
    assert doubled.letters() == ["thanks"]


def test_the_token_goes_before_a_code(doubled: PayPalRoom) -> None:
    pledge, other = doubled.promise("don-7"), doubled.promise("don-8")
    doubled.happen("donate_completed", memo=other.code)
    doubled.finish()

    assert Donation.objects.get().pledge == pledge


def test_a_token_of_nobody_is_an_unattributed_gift(doubled: PayPalRoom) -> None:
    doubled.happen("donate_completed", custom="order 12 of the shop")
    doubled.finish()

    assert doubled.donations() == [TEN]
    assert Donation.objects.get().pledge is None


def test_two_gifts_by_one_link_are_two_gifts(room: PayPalRoom) -> None:
    room.promise("don-7")
    room.happen("donate_completed")
    room.happen("donate_completed", txn_id="4AB00001XX0000002")
    room.finish()

    assert room.donations() == [TEN, TEN]
    assert set(Donation.objects.values_list("pledge__token", flat=True)) == {"don-7"}
    assert room.letters() == ["thanks", "thanks"]


@pytest.mark.parametrize(
    ("currency", "gross", "fee", "money"),
    [
        ("JPY", "1500", "94", Money(1500, "JPY")),
        ("HUF", "5000", "250", Money(500_000, "HUF")),
        ("TWD", "900", "40", Money(90_000, "TWD")),
        ("GBP", "10.50", "0.66", Money(1050, "GBP")),
    ],
)
def test_every_currency_in_its_own_units(
    doubled: PayPalRoom, currency: str, gross: str, fee: str, money: Money
) -> None:
    doubled.happen("jpy", mc_currency=currency, mc_gross=gross, mc_fee=fee)
    doubled.finish()

    assert doubled.donations() == [money]


def test_whole_yen_go_back(room: PayPalRoom) -> None:
    room.happen("jpy")
    room.happen(
        "refund_partial",
        mc_currency="JPY",
        mc_gross="-150",
        mc_fee="-9",
        parent_txn_id="4AB00008XX0000001",
    )
    room.finish()

    assert room.balance("JPY") == {
        "assets:paypal": 1500 - 94 - 150 + 9,
        "income:donations": -1500,
        "income:refunds": 150,
        "expenses:fees": 94 - 9,
    }


def test_zloty_that_paypal_turned_into_euro(doubled: PayPalRoom) -> None:
    doubled.happen(
        "donate_completed",
        mc_currency="PLN",
        mc_gross="100.00",
        mc_fee="4.50",
        settle_amount="21.80",
        settle_currency="EUR",
        exchange_rate="0.228272",
    )
    doubled.finish()

    donation = Donation.objects.get()
    assert (donation.money, donation.fee) == (Money(10000, "PLN"), Money(450, "PLN"))
    assert (donation.settled_minor, donation.settled_currency) == (2180, "EUR")
    assert doubled.balance("PLN") == {
        "income:donations": -10000,
        "expenses:fees": 450,
        "equity:exchange": 9550,
    }
    assert doubled.balance("EUR") == {"assets:paypal": 2180, "equity:exchange": -2180}


def test_another_amount_under_the_same_name_is_for_people_to_look_at(
    paypal_room: PayPalRoom,
) -> None:
    paypal_room.happen("donate_completed")
    paypal_room.happen("donate_completed", mc_gross="11.00")

    assert paypal_room.states() == ["done", "pending"]
    assert "PostingConflict" in paypal_room.waiting()[0]
    assert paypal_room.donations() == [TEN]
    paypal_room.check_books()


def test_money_that_the_newsroom_sends_is_no_gift(doubled: PayPalRoom) -> None:
    doubled.happen("masspay_out")
    doubled.finish()

    assert doubled.balance() == {}
    assert doubled.states() == ["done"]


def test_money_to_somebody_else_is_set_aside(doubled: PayPalRoom) -> None:
    doubled.happen("wrong_receiver")
    doubled.finish()

    assert doubled.donations() == []
    assert doubled.states() == ["parked"]


@pytest.mark.parametrize(
    ("name", "charset", "payer"),
    [
        ("donate_windows1252", "windows-1252", "Jörg Müller"),
        ("donate_windows1252", "bogus", "Jörg Müller"),
        ("donate_windows1252", "", "Jörg Müller"),
        ("donate_windows1252", None, "Jörg Müller"),
    ],
)
def test_a_message_is_read_in_its_own_charset(
    doubled: PayPalRoom, name: str, charset: str | None, payer: str
) -> None:
    body = doubled.happen(name, charset=charset)
    doubled.finish()

    assert Donation.objects.get().payer_name == payer
    assert doubled.paypal.asked == {body: 1}
    assert bytes(InboundEvent.objects.get().body) == body


def test_a_name_in_cyrillic(doubled: PayPalRoom) -> None:
    doubled.happen("donate_completed", first_name="Ион", last_name="Чебан")
    doubled.finish()

    assert Donation.objects.get().payer_name == "Ион Чебан"


@pytest.mark.django_db
def test_there_is_no_door_for_the_other_kind_of_messages(
    paypal_room: PayPalRoom, client: Client
) -> None:
    body = b'{"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {}}'
    signed = {
        "PayPal-Cert-Url": f"{paypal_room.paypal.base_url}/elsewhere",
        "PayPal-Transmission-Sig": "c2lnbmVk",
    }

    answers = [
        client.post(path, data=body, content_type="application/json", headers=signed).status_code
        for path in ("/webhooks/paypal/", "/webhooks/paypal/ipn/")
    ]

    assert answers == [404, 400]
    assert not InboundEvent.objects.exists()
    assert (paypal_room.paypal.asked, paypal_room.paypal.verifier.followed) == ({}, 0)
