"""Gifts of nobody known wait in sight, and one button says whose they are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from donations.articles.models import Article
from donations.giving import operations as giving
from donations.giving.models import Attribution, Donation, Pledge
from donations.models import Message, Supporter, User
from donations.money import Money
from tests.web.desk import NOON, a_gift, a_pledge, a_supporter, text_of

Counted = Callable[..., Any]


def decide(desk: Client, gift: Donation, **button: object) -> str:
    """Press a button, and read the page that follows."""
    return text_of(desk.post(f"/staff/gifts/{gift.pk}/decide/", button, follow=True))


def undo(desk: Client, decision: Attribution) -> str:
    return text_of(desk.post(f"/staff/gifts/history/{decision.pk}/undo/", follow=True))


def test_an_empty_queue_says_what_will_come(desk: Client) -> None:
    assert "Every gift has its supporter." in text_of(desk.get("/staff/gifts/"))


def test_the_queue_shows_what_paypal_told_and_who_it_may_be(desk: Client) -> None:
    a_supporter()
    article = Article.objects.create(url="https://newscafe.eu/a", title="Bread", first_seen_at=NOON)
    pledge = a_pledge(article=article)
    gift = a_gift(note="For the choir")

    page = text_of(desk.get("/staff/gifts/"))

    assert "1 gift came without a sign" in page
    assert "€10.00" in page or "EUR 10.00" in page.replace("\xa0", " ")
    for told in ("Ana Popescu", "Ana@example.org", "For the choir", gift.gateway_ref):
        assert told in page
    for guess in ("ana@example.org same e-mail address", pledge.code, "1 hour before", "Bread"):
        assert guess in page


def test_the_newest_comes_first_and_pages_follow(desk: Client) -> None:
    for day in range(25):
        a_gift(received_at=NOON - timedelta(days=day), payer_name=f"Payer {day:02}")
    first, second = (text_of(desk.get(f"/staff/gifts/?page={number}")) for number in (1, 2))
    assert first.index("Payer 00") < first.index("Payer 01")
    assert "25 gifts" in first
    assert "Payer 20" in second
    assert "Page 2 of 2" in second
    assert text_of(desk.get("/staff/gifts/?page=none")) == first


def test_the_payer_s_other_gifts_are_decided_alike_and_taken_back_together(desk: Client) -> None:
    supporter = a_supporter()
    first, second, third = (a_gift(received_at=NOON - timedelta(days=day)) for day in range(3))
    other = a_gift(payer_email="ion@example.org")

    page = decide(desk, first, supporter=supporter.pk)
    decision = Attribution.objects.get()
    assert "The same for 2 more gifts from this address" in page

    address = f"/staff/gifts/history/{decision.pk}/alike/"
    assert "2 more gifts from the same address were decided alike" in text_of(
        desk.post(address, follow=True)
    )
    assert set(supporter.donations.all()) == {first, second, third}
    assert "There are no more gifts" in text_of(desk.post(address, follow=True))
    other.refresh_from_db()
    assert other.supporter is None

    undo(desk, decision)
    assert not supporter.donations.exists()
    assert Attribution.objects.filter(undone_at=None).count() == 0


def test_gifts_that_are_left_alone_together(desk: Client) -> None:
    first, second = a_gift(), a_gift()
    decide(desk, first, leave=1)
    desk.post(f"/staff/gifts/history/{Attribution.objects.get().pk}/alike/")
    assert Donation.objects.filter(is_left_alone=True).count() == 2
    assert second.attributions.get().leader is not None


def test_the_menu_counts_them(desk: Client) -> None:
    a_gift()
    menu = desk.get("/staff/").content.decode()
    assert '<b class="count">1</b>' in menu


def test_attach_to_a_supporter(desk: Client, editor: User) -> None:
    supporter, gift = a_supporter(), a_gift()

    page = decide(desk, gift, supporter=supporter.pk)

    gift.refresh_from_db()
    assert gift.supporter == supporter
    assert "Attached to Ana P. Undo" in page
    assert "Every gift has its supporter." in page
    assert Attribution.objects.get().by == editor
    assert not Message.objects.exists()


def test_attach_to_a_pledge(desk: Client) -> None:
    article = Article.objects.create(url="https://newscafe.eu/a", first_seen_at=NOON)
    pledge, gift = a_pledge(article=article, supporter=a_supporter()), a_gift()

    page = decide(desk, gift, pledge=pledge.pk)

    gift.refresh_from_db()
    pledge.refresh_from_db()
    assert (gift.pledge, gift.article, gift.supporter) == (pledge, article, pledge.supporter)
    assert pledge.status == Pledge.Status.FULFILLED
    assert f"Attached to pledge {pledge.code}. Undo" in page


def test_a_paid_pledge_of_nobody_known_waits_too(desk: Client) -> None:
    pledge = a_pledge()
    gift = a_gift(pledge_token=pledge.token, payer_email="", payer_name="")
    page = decide(desk, gift, supporter=a_supporter().pk)
    gift.refresh_from_db()
    assert "Attached to Ana P. Undo" in page
    assert (gift.pledge, gift.supporter) == (pledge, Supporter.objects.get())
    undo(desk, Attribution.objects.get())
    gift.refresh_from_db()
    assert (gift.pledge, gift.supporter) == (pledge, None)


def test_make_a_new_supporter(desk: Client) -> None:
    gift = a_gift(payer_email="New@Example.org", payer_name="Nou Venit")
    assert "New supporter" in text_of(desk.get("/staff/gifts/"))

    page = decide(desk, gift, create=1)

    gift.refresh_from_db()
    assert gift.supporter == Supporter.objects.get(email="new@example.org", name="Nou Venit")
    assert "Attached to the new supporter Nou Venit" in page


def test_nobody_new_is_made_of_somebody_known_or_of_no_address(desk: Client) -> None:
    a_supporter()
    a_gift()
    gift = a_gift(payer_email="")
    assert "New supporter" not in text_of(desk.get("/staff/gifts/"))

    page = decide(desk, gift, create=1)

    assert "PayPal told no address of this payer." in page
    assert Donation.objects.filter(supporter=None).count() == 2


def test_leave_without_a_supporter(desk: Client) -> None:
    gift = a_gift()

    page = decide(desk, gift, leave=1)

    gift.refresh_from_db()
    assert gift.is_left_alone
    assert "Left without a supporter. Undo" in page
    assert "This gift was left without a supporter." in text_of(
        desk.get(f"/staff/gifts/{gift.pk}/")
    )


@pytest.mark.parametrize("button", ["supporter", "pledge", "create", "leave"])
def test_everything_can_be_taken_back_once(desk: Client, button: str) -> None:
    gift = a_gift(payer_email="new@example.org")
    value = {"supporter": a_supporter().pk, "pledge": a_pledge().pk}.get(button, 1)
    decide(desk, gift, **{button: value})
    decision = Attribution.objects.get()

    first, second = undo(desk, decision), undo(desk, decision)

    gift.refresh_from_db()
    assert (gift.supporter, gift.pledge, gift.is_left_alone) == (None, None, False)
    assert "Taken back: the gift waits again." in first
    assert "This was taken back already, or decided anew since." in second
    assert Attribution.objects.get().is_undone
    assert "Undone by editor@example.org" in second


@pytest.mark.parametrize("button", ["supporter", "pledge", "create", "leave"])
def test_the_second_time_is_told_and_changes_nothing(desk: Client, button: str) -> None:
    gift, supporter = a_gift(payer_email="new@example.org"), a_supporter()
    value = {"supporter": a_supporter("b@example.org").pk, "pledge": a_pledge().pk}.get(button, 1)
    giving.attach(donation=gift, supporter=supporter, by=None, at=NOON)

    page = decide(desk, gift, **{button: value})

    gift.refresh_from_db()
    assert gift.supporter == supporter
    assert "It was decided in the meantime whose gift this is." in page
    assert "This is a gift of Ana P.." in page
    assert Attribution.objects.count() == 1


@pytest.mark.parametrize(
    "button",
    [
        {},
        {"supporter": 99999},
        {"supporter": "x"},
        {"pledge": "9" * 30},
        {"leave": 1, "create": 1},
        {"supporter": "\0"},
    ],
)
def test_what_no_button_says_changes_nothing(desk: Client, button: dict[str, object]) -> None:
    gift = a_gift()
    assert "Nothing was changed." in decide(desk, gift, **button)
    assert not Attribution.objects.exists()


def test_the_queue_is_opened_where_it_was_left(desk: Client) -> None:
    response = desk.post(f"/staff/gifts/{a_gift().pk}/decide/", {"leave": 1, "page": 3})
    assert response.headers["Location"] == "/staff/gifts/?page=3"


def test_another_supporter_is_found_by_name_or_address(desk: Client) -> None:
    gift = a_gift()
    a_supporter("ion@example.org", "Ion Creangă")
    a_supporter("maria@example.org", "Maria")
    page = text_of(desk.get(f"/staff/gifts/{gift.pk}/?q=ion+EXAMPLE"))
    assert "Ion Creangă" in page
    assert "Maria" not in page
    assert "Nobody is called that." in text_of(desk.get(f"/staff/gifts/{gift.pk}/?q=%00%25_"))


def test_many_who_are_called_so_are_cut(desk: Client) -> None:
    gift = a_gift()
    for number in range(21):
        a_supporter(f"ion{number}@example.org", "Ion")
    page = text_of(desk.get(f"/staff/gifts/{gift.pk}/?q=ion"))
    assert page.count("Attach ") >= 20
    assert "There are more: type more of the name or the address." in page


def test_the_history_lists_who_did_what(desk: Client) -> None:
    assert "Nothing yet." in text_of(desk.get("/staff/gifts/history/"))
    decide(desk, a_gift(), supporter=a_supporter().pk)
    decide(desk, a_gift(money=Money(500, "USD")), leave=1)
    page = text_of(desk.get("/staff/gifts/history/"))
    assert page.index("Left without a supporter") < page.index("Attached to Ana P.")
    assert page.count("editor@example.org") == 2
    assert page.count("Undo") == 3  # The heading, and a button for each.


def test_what_strangers_wrote_is_only_text(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    gift = a_gift(payer_name=evil, note=f"=HYPERLINK(1)\n{evil}", payer_email=f"{evil}@x.org")
    a_supporter(name=evil)
    for address in (
        "/staff/gifts/",
        f"/staff/gifts/{gift.pk}/?q={evil}",
        f"/staff/gifts/{gift.pk}/?q=ana",
    ):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert "=HYPERLINK(1)<br>&lt;script&gt;" in page
    decide(desk, gift, supporter=Supporter.objects.get().pk)
    assert "<script>alert" not in desk.get("/staff/gifts/history/").content.decode()


def test_more_gifts_are_no_more_queries(
    desk: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    def fill() -> None:
        for _each in range(6):
            a_gift(payer_name="Ion")
            a_pledge(
                article=Article.objects.get_or_create(
                    url=f"https://newscafe.eu/{Pledge.objects.count()}", first_seen_at=NOON
                )[0]
            )
            decide(desk, a_gift(), leave=1)

    a_supporter("ion@example.org", "Ion")
    for address in ("/staff/gifts/", "/staff/gifts/history/", "/staff/articles/"):
        fill()
        desk.get(address)
        with django_assert_max_num_queries(7) as asked:
            desk.get(address)
            few = len(asked)
        fill()
        with django_assert_num_queries(few):
            desk.get(address)


def test_a_gift_that_is_not_there(desk: Client) -> None:
    assert desk.get("/staff/gifts/99/").status_code == 404
    assert desk.get(f"/staff/gifts/{'9' * 30}/").status_code == 404
    assert desk.post("/staff/gifts/99/decide/").status_code == 404
    assert desk.post("/staff/gifts/history/99/undo/").status_code == 404
