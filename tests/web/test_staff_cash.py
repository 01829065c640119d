"""Cash and bank transfers, entered by hand and never edited."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.giving.models import Attribution, Donation, Refund
from donations.history.models import Change
from donations.models import InboundEvent, Message, User
from donations.reconciliation.rebuild import differences
from donations.supporters.models import Supporter
from donations.webhooks.operations import replay
from tests.afterwards import Afterwards
from tests.newsroom import Newsroom
from tests.web.desk import a_supporter, text_of


def day(ahead: int = 0) -> str:
    """Today, or so many days ahead of it, when it is asked: a suite may run over midnight."""
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "way": "bank", "amount": "25.50", "currency": "EUR", "day": day(),
        "ref": "BT-2026/17", "email": "", "name": "", "note": "", "token": "t" * 20, **changes,
    }  # fmt: skip


def enter(desk: Client, supporter: Supporter | None = None, **changes: Any) -> Any:
    query = f"?supporter={supporter.pk}" if supporter else ""
    return desk.post(f"/staff/donations/new/{query}", entry(**changes), follow=True)


@pytest.mark.parametrize("language", ["en", "ro", "ru"])
def test_the_day_is_filled_in_as_browsers_read_it(desk: Client, language: str) -> None:
    page = desk.get("/staff/donations/new/", headers={"accept-language": language})
    assert f'lang="{language}"' in page.text
    assert f'<input type="date" name="day" value="{day()}"' in page.text


def test_of_somebody_known(desk: Client, editor: User) -> None:
    ana = a_supporter()
    page = text_of(enter(desk, ana)).replace("\xa0", " ")
    assert "It is in the books." in page
    assert "EUR 25.50" in page
    gift = Donation.objects.get()
    assert (gift.supporter, gift.gateway, gift.payer_email) == (ana, "manual", "")
    assert Afterwards().balance() == {"assets:outside": 2550, "income:donations": -2550}
    assert differences() == []
    assert Change.objects.get().by == editor
    assert not Message.objects.exists()


def test_of_somebody_new(desk: Client) -> None:
    enter(desk, email="New@Example.org", name="Nou Venit")
    new = Supporter.objects.get()
    assert (new.email, new.name) == ("new@example.org", "Nou Venit")
    assert Donation.objects.get().supporter == new


def test_of_nobody(desk: Client) -> None:
    enter(desk)
    gift = Donation.objects.get()
    assert (gift.supporter, gift.is_left_alone) == (None, True)
    assert Attribution.objects.get().action == "left"


def test_thanks_only_when_asked_and_only_soon(desk: Client) -> None:
    ana = a_supporter()
    enter(desk, ana, thanks="on")
    assert Message.objects.get().to == ana.email
    enter(desk, ana, thanks="on", ref="BT-2", day=day(-4))
    assert Message.objects.count() == 1


def test_the_second_time_is_the_first(desk: Client) -> None:
    enter(desk)
    assert "Nothing was entered twice." in text_of(enter(desk))
    assert "stands for another gift" in text_of(enter(desk, amount="7"))
    assert Donation.objects.count() == Change.objects.count() == 1


def test_replayed_it_is_the_same(desk: Client) -> None:
    ana = a_supporter()
    enter(desk, ana)
    assert replay(event_id=InboundEvent.objects.get().pk, at=timezone.now())
    assert Donation.objects.get().supporter == ana
    assert differences() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "soon"},
        {"amount": "0"},
        {"amount": "x"},
        {"currency": "XXX"},
        {"ref": ""},
        {"ref": "a b"},
        {"email": "ana@"},
        {"way": "cheque"},
    ],
)
def test_what_cannot_be_entered(desk: Client, changes: dict[str, Any]) -> None:
    assert enter(desk, **changes).status_code == 422
    assert not Donation.objects.exists()
    assert not InboundEvent.objects.exists()


def test_what_has_not_happened_yet_cannot_be_entered(desk: Client) -> None:
    assert enter(desk, day=day(1)).status_code == 422
    assert not Donation.objects.exists()
    assert not InboundEvent.objects.exists()


def test_a_mistake_is_given_back_and_nothing_is_left(desk: Client, newsroom: Newsroom) -> None:
    enter(desk)
    gift = Donation.objects.get()
    form = {"amount": "25.50", "why": "Entered twice", "sure": "on", "token": "r" * 20}
    page = text_of(desk.post(f"/staff/donations/{gift.pk}/refund/", form, follow=True))
    assert "on its way back" in page
    desk.post(f"/staff/donations/{gift.pk}/refund/", form)
    assert Refund.objects.get().status == "succeeded"
    assert Afterwards().balance() == {"income:donations": -2550, "income:refunds": 2550}
    newsroom.check_books()
    assert not newsroom.stripe.requests


def test_nobody_from_outside_enters_anything(client: Client, db: None) -> None:
    assert client.post("/webhooks/manual/", b"{}", "application/json").status_code == 404


def test_a_supporter_who_is_none(desk: Client) -> None:
    for number in ("x", "9" * 30, "77", ""):
        assert desk.get(f"/staff/donations/new/?supporter={number}").status_code == 200
