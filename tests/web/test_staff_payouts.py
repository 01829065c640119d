"""What reached the bank, and which gifts are in it."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from donations.models import Donation, Payout, PayoutItem, User
from tests.newsroom import Newsroom
from tests.web.desk import NOON, a_gift, a_supporter, text_of

PATH = "/staff/payouts/"
Counted = Callable[[int], Any]
pytestmark = pytest.mark.django_db


def a_payout(number: int = 1, **changes: Any) -> Payout:
    """By Stripe, of ten euros."""
    told: dict[str, Any] = {
        "gateway": "stripe", "gateway_ref": f"po_{number}", "amount_minor": 1000,
        "currency": "EUR", "fee_minor": 0, "status": "paid", "is_automatic": True,
        "made_at": NOON + timedelta(minutes=number), "observed_at": NOON, "has_parts": True,
        **changes,
    }  # fmt: skip
    return Payout.objects.create(**told)


def an_item(payout: Payout, minor: int, **changes: Any) -> PayoutItem:
    """A payment that the payout took along."""
    number = PayoutItem.objects.count() + 1
    told: dict[str, Any] = {
        "ref": f"txn_{number}", "kind": "payment", "source_ref": f"ch_{number}",
        "payment_ref": f"pi_{number}", "amount_minor": minor, "fee_minor": 0,
        "currency": "EUR", "moved_at": NOON, **changes,
    }  # fmt: skip
    return PayoutItem.objects.create(payout=payout, **told)


def test_none_yet(desk: Client) -> None:
    assert "What Stripe pays out appears here by itself" in text_of(desk.get(PATH))


def test_from_stripe_to_the_page(desk: Client, newsroom: Newsroom) -> None:
    newsroom.give()
    newsroom.stripe.complete_payout(newsroom.stripe.pay_out())
    newsroom.tell()

    listed = desk.get(PATH)
    payout, gift = Payout.objects.get(), Donation.objects.get()
    assert f'href="{PATH}{payout.pk}/"' in listed.content.decode()
    assert "€9.60" in text_of(listed) or "EUR 9.60" in text_of(listed)
    assert "at the bank" in text_of(listed)

    page = desk.get(f"{PATH}{payout.pk}/")
    words = text_of(page)
    assert "It adds up to the payout, to the last unit." in words
    assert "Gifts 1 EUR 10.00 EUR 0.40 EUR 9.60" in words
    assert f'href="/staff/donations/{gift.pk}/"' in page.content.decode()
    assert "ana@example.org" in words or "Ana" in words
    assert "not in our books" not in words


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        (900, "what is in it comes to EUR 0.60 more than the payout."),
        (1000, "EUR 0.40 of the payout is not among what is in it."),
    ],
)
def test_what_does_not_add_up_is_shown_with_what_is_strange(
    amount: int, says: str, desk: Client
) -> None:
    payout = a_payout(amount_minor=amount)
    an_item(payout, 1000, fee_minor=40)
    words = text_of(desk.get(f"{PATH}{payout.pk}/"))
    assert f"This does not add up: {says}" in words
    assert "It adds up" not in words
    assert "Payments in it that are not in our books" in words
    assert "pi_1" in words


def test_refunds_disputes_and_the_payout_s_own_fee(desk: Client) -> None:
    payout = a_payout(amount_minor=375, fee_minor=25)
    an_item(payout, 1000, fee_minor=40)
    an_item(payout, -200, kind="refund")
    an_item(payout, -300, kind="dispute", fee_minor=60)
    words = text_of(desk.get(f"{PATH}{payout.pk}/"))
    assert "Fee for the payout itself EUR 0.25" in words
    assert "Together EUR 4.00" in words
    assert "It adds up" in words


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"has_parts": False}, "The provider tells what is in it when it has arrived"),
        ({"has_parts": False, "is_automatic": False}, "It was made by hand"),
        ({"status": "failed", "failure": "account_closed"}, "came back account_closed"),
        ({"status": "in_transit"}, "on its way"),
        ({"amount_minor": -1000}, "-EUR 10.00"),
    ],
)
def test_each_state_says_so(changes: dict[str, Any], says: str, desk: Client) -> None:
    payout = a_payout(**changes)
    words = text_of(desk.get(f"{PATH}{payout.pk}/")).replace("−", "-")
    assert says in words


def test_each_currency_for_itself(desk: Client) -> None:
    a_payout(1)
    a_payout(2, currency="USD", amount_minor=700)
    words = text_of(desk.get(PATH))
    assert "EUR 10.00" in words
    assert "USD 7.00" in words
    only = text_of(desk.get(PATH, {"currency": "USD"}))
    assert "EUR 10.00" not in only
    assert "EUR 10.00" in text_of(desk.get(PATH, {"currency": "XXX'"}))


def test_page_by_page(desk: Client) -> None:
    for number in range(1, 121):
        a_payout(number, made_at=NOON if number % 2 else NOON + timedelta(minutes=number))
    seen: list[int] = []
    query: dict[str, str] = {}
    for _page in range(3):
        context = desk.get(PATH, query).context
        seen += [each.row.pk for each in context["listed"]]
        query = {"after": context["next"]}
    assert context["next"] == ""
    assert len(seen) == len(set(seen)) == 120
    assert desk.get(PATH, {"after": "nonsense"}).context["is_first"] is False


def test_more_in_it_is_no_more_queries(desk: Client, django_assert_num_queries: Counted) -> None:
    payout = a_payout()
    an_item(payout, 1)
    path = f"{PATH}{payout.pk}/"
    desk.get(path)
    with django_assert_num_queries(9):
        desk.get(path)
    for _each in range(120):
        gift = a_gift(gateway="stripe", payment_ref=f"pi_{PayoutItem.objects.count() + 1}")
        assert gift.payment_ref
        an_item(payout, 1)
    with django_assert_num_queries(9):
        page = text_of(desk.get(path))
    assert "Page 1 of 2" in page
    for _each in range(9):
        a_payout(_each + 2)
    with django_assert_num_queries(5):
        desk.get(PATH)


def rows_of(desk: Client, payout: Payout) -> list[dict[str, str]]:
    """The file, read back."""
    answer = desk.get(f"{PATH}{payout.pk}/payout.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file(desk: Client) -> None:
    payout = a_payout()
    supporter = a_supporter("=cmd@example.org")
    gift = a_gift(gateway="stripe", payment_ref="pi_1")
    Donation.objects.filter(pk=gift.pk).update(supporter=supporter)
    an_item(payout, 1000, fee_minor=40)
    an_item(payout, -200, kind="refund", source_ref="@SUM(1)", payment_ref="  =1+1")

    first, second = rows_of(desk, payout)
    assert (first["amount"], first["fee"], first["net"]) == ("10.00", "0.40", "9.60")
    assert (first["donation"], first["supporter"]) == (str(gift.pk), "'=cmd@example.org")
    assert (second["amount"], second["source"]) == ("-2.00", "'@SUM(1)")
    assert second["payment"] == "'  =1+1"


def test_the_file_of_a_large_one_adds_up(desk: Client, django_assert_num_queries: Counted) -> None:
    payout = a_payout(amount_minor=1200)
    PayoutItem.objects.bulk_create(
        PayoutItem(
            payout=payout, ref=f"txn_{number}", kind="payment", amount_minor=1, fee_minor=0,
            currency="EUR", moved_at=NOON, payment_ref=f"pi_{number}",
        )
        for number in range(1200)
    )  # fmt: skip
    rows = rows_of(desk, payout)
    assert len(rows) == 1200
    assert sum(int(row["net"].replace(".", "")) for row in rows) == payout.amount_minor


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("viewer", 403), ("treasurer", 200)])
def test_who_may_look(role: str, status: int, client: Client) -> None:
    payout = a_payout()
    client.force_login(User.objects.create_user("c@example.org", is_staff=True, role=role))
    for path in (PATH, f"{PATH}{payout.pk}/", f"{PATH}{payout.pk}/payout.csv"):
        assert client.get(path).status_code == status
    assert client.get(f"{PATH}9999/").status_code == (404 if status == 200 else 403)
