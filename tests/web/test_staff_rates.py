"""Exchange rates at the desk: entered, read again, withdrawn, and written down."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from donations.models import Change, ExchangeRate, User
from donations.rates.queries import PER_PAGE
from donations.recounts.operations import day_of
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db
HERE = "/staff/rates/"


def typed(**changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    today = day_of(timezone.now()).isoformat()
    told = {"currency": "USD", "rate": "0.86", "worth_in": "EUR", "on": today, "source": "ECB"}
    return told | changes


def said(desk: Client, **changes: str) -> str:
    return text_of(desk.post(HERE, typed(**changes), follow=True)).replace("\xa0", " ")


def value(page: Any, name: str) -> str:
    """What a field has in it."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|name="{name}"', page.content.decode())
    assert found
    return found[1] or ""


def chosen(page: Any, name: str) -> str:
    """Which of the choices."""
    select = page.content.decode().split(f'name="{name}"')[1].split("</select>")[0]
    found = re.search(r'<option value="([^"]*)" selected', select)
    return found[1] if found else ""


def test_with_none_it_says_what_will_appear(desk: Client) -> None:
    assert "None yet." in text_of(desk.get(HERE))


def test_entered_it_stands_in_the_list_and_in_the_history(desk: Client, editor: User) -> None:
    page = said(desk, rate="0,8600")
    assert "Entered: 1 USD = 0.86 EUR" in page
    assert ExchangeRate.objects.get().rate == Decimal("0.86")
    change = Change.objects.get()
    assert (change.what, change.by) == ("exchange_rate.entered", editor)
    assert change.before == {}
    assert change.after == {
        "currency": "USD", "worth_in": "EUR", "rate": "0.86", "source": "ECB",
        "on": typed()["on"],
    }  # fmt: skip
    history = text_of(desk.get("/staff/history/?what=exchange_rate"))
    assert "entered an exchange rate" in history
    assert "Worth in" in history


def test_the_second_time_it_is_here_already(desk: Client) -> None:
    said(desk)
    assert "Nothing was entered twice." in said(desk)
    assert ExchangeRate.objects.count() == Change.objects.count() == 1


@pytest.mark.parametrize("changes", [{"rate": "0.87"}, {"source": "BNM"}])
def test_another_of_the_same_day_is_refused_with_what_to_do(
    desk: Client, changes: dict[str, str]
) -> None:
    said(desk)
    response = desk.post(HERE, typed(**changes))
    assert response.status_code == 422
    page = text_of(response)
    assert "There is a rate for this day: 1 USD = 0.86 EUR" in page
    assert "Withdraw it first if it is wrong." in page
    assert ExchangeRate.objects.count() == Change.objects.count() == 1


def test_withdrawn_it_can_still_be_read(desk: Client) -> None:
    said(desk)
    address = f"{HERE}{ExchangeRate.objects.get().pk}/withdraw/"
    page = text_of(desk.post(address, follow=True))
    assert "The rate is withdrawn. It can still be read." in page
    assert "1 USD = 0.86 EUR" in page
    assert "withdrawn" in page
    assert f'action="{address}"' not in desk.get(HERE).content.decode()
    change = Change.objects.latest("pk")
    assert change.what == "exchange_rate.withdrawn"
    assert change.before == {"withdrawn_at": None}
    assert set(change.after) == {"withdrawn_at"}


def test_withdrawn_the_second_time_nothing_happens(desk: Client) -> None:
    said(desk)
    address = f"{HERE}{ExchangeRate.objects.get().pk}/withdraw/"
    assert "The rate is withdrawn." in text_of(desk.post(address, follow=True))
    before = ExchangeRate.objects.values().get()
    assert "The rate is withdrawn." not in text_of(desk.post(address, follow=True))
    assert ExchangeRate.objects.values().get() == before
    assert Change.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"rate": ""}, "This field is required."),
        ({"rate": "much"}, "Enter the rate in figures, for example 0.92."),
        ({"rate": "0"}, "Enter a rate above zero."),
        ({"rate": "-1"}, "Enter the rate in figures"),
        ({"rate": "0.123456789"}, "Use at most eight decimals."),
        ({"rate": "100000000"}, "This rate is too large to be true."),
        ({"source": " "}, "This field is required."),
        ({"source": "x" * 101}, "Please shorten this to 100 characters."),
        ({"source": "a\x07"}, "Some characters here cannot be saved."),
        ({"worth_in": "USD"}, "Choose another currency than the first."),
        ({"currency": "XXX"}, "Select a valid choice."),
        ({"on": "2999-01-01"}, "This day has not come yet."),
        ({"on": "soon"}, "Enter a valid date."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    desk: Client, changes: dict[str, str], says: str
) -> None:
    response = desk.post(HERE, typed(**changes))
    assert response.status_code == 422
    assert says in text_of(response)
    assert not ExchangeRate.objects.exists()
    assert not Change.objects.exists()


def test_the_form_begins_with_what_the_address_asks_for(desk: Client) -> None:
    page = desk.get(HERE, {"currency": "MDL", "worth_in": "EUR", "on": "2026-10-31"})
    assert (chosen(page, "currency"), chosen(page, "worth_in")) == ("MDL", "EUR")
    assert value(page, "on") == "2026-10-31"


@pytest.mark.parametrize("on", ["", "soon", "\x00", "2026-13-01"])
def test_else_with_the_first_two_currencies_and_today(desk: Client, on: str) -> None:
    page = desk.get(HERE, {"on": on}, headers={"accept-language": "ro"})
    assert (chosen(page, "currency"), chosen(page, "worth_in")) == ("USD", "EUR")
    # As a date field of a browser wants it, whatever the language.
    assert value(page, "on") == day_of(timezone.now()).isoformat()


def test_many_are_on_several_pages(desk: Client) -> None:
    today = day_of(timezone.now())
    for back in range(PER_PAGE + 2):
        said(desk, on=(today - timedelta(days=back)).isoformat(), rate=f"1.{back + 100}")
    first = desk.get(HERE)
    assert "1 USD = 1.151 EUR" in text_of(first)
    assert "1 USD = 1.101 EUR" not in text_of(first)
    older = re.search(r"before=(\d+)", first.content.decode())
    assert older
    second = desk.get(HERE, {"before": older[1]})
    assert "1 USD = 1.101 EUR" in text_of(second)
    assert "1 USD = 1.102 EUR" not in text_of(second)
    assert "before=" not in second.content.decode()


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_who_handles_no_money_sees_and_enters_none(client: Client, role: str) -> None:
    user = User.objects.create_user("v@example.org", is_staff=True, role=role)
    client.force_login(user)
    assert client.get(HERE).status_code == 403
    assert client.post(HERE, typed()).status_code == 403
    assert f'href="{HERE}' not in client.get("/staff/").content.decode()
    assert not ExchangeRate.objects.exists()


def test_a_treasurer_enters_one(client: Client) -> None:
    user = User.objects.create_user("t@example.org", is_staff=True, role="treasurer")
    client.force_login(user)
    assert f'href="{HERE}"' in client.get("/staff/").content.decode()
    assert client.post(HERE, typed()).status_code == 302
    assert ExchangeRate.objects.count() == 1


def test_it_is_plain_to_administrators_and_cannot_be_edited_there(desk: Client) -> None:
    said(desk)
    record = f"/admin/donations/exchangerate/{ExchangeRate.objects.get().pk}/change/"
    assert "86000000" in desk.get(record).content.decode()
    assert desk.post(record, {"source": "x"}).status_code == 403
