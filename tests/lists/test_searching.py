"""Somebody is found by any part of a name or an address, a gift by its payer and numbers too."""

import pytest

from donations.giving.models import Subscription
from tests.lists.crowd import NOON, a_gift, a_supporter, all_of, gifts_asked, people_asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
    a_supporter("Ana Popescu", email="ana.p@gmail.com")
    ion = a_supporter("Ion Rusu", email="ion_rusu@mail.md", days=1)
    agreement = Subscription.objects.create(
        gateway="stripe",
        gateway_ref="sub_1Nabc234",
        customer_ref="cus_9xyz",
        status="active",
        amount_minor=500,
        currency="EUR",
        interval="month",
        supporter=ion,
        observed_at=NOON,
        created_at=NOON,
    )
    a_gift(
        note="For the choir",
        supporter=ion,
        subscription=agreement,
        gateway_ref="pi_3ABCdef",
        payment_ref="ch_3ABCdef",
    )
    a_gift(days=1, payer_name="Zoe P", payer_email="Zoe@Mail.md", gateway_ref="4AB12345XX")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("popescu", ["Ana Popescu"]),
        ("OPES", ["Ana Popescu"]),
        ("GMAIL", ["Ana Popescu"]),
        ("rusu@mail", ["Ion Rusu"]),
        ("ion mail", ["Ion Rusu"]),
        ("ion gmail", []),
        ("an", ["Ana Popescu"]),
        ("na", []),
        ("i", ["Ion Rusu"]),
        ("_r", []),
        ("n_r", []),
        ("%", []),
        ("\\", []),
        ("'; --", []),
        ("sub_1Nabc234", ["Ion Rusu"]),
        ("sub_1N", ["Ion Rusu"]),
        ("cus_9x", ["Ion Rusu"]),
        ("pi_3AB", ["Ion Rusu"]),
        ("ch_3ABCdef", ["Ion Rusu"]),
        ("\x00 ", ["Ana Popescu", "Ion Rusu"]),
        ("nobody", []),
    ],
)
def test_supporters(people: None, text: str, found: list[str]) -> None:
    wanted = people_asked()
    wanted.told["q"] = text  # type: ignore[index]
    assert [each.name for each in all_of(wanted)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("choir", ["pi_3ABCdef"]),
        ("ion", ["pi_3ABCdef"]),
        ("zoe@mail", ["4AB12345XX"]),
        ("mail.md", ["pi_3ABCdef", "4AB12345XX"]),
        ("zo", ["4AB12345XX"]),
        ("ae", []),
        ("4AB12345XX", ["4AB12345XX"]),
        ("4AB123", ["4AB12345XX"]),
        ("AB12345", []),
        ("ch_3ABC", ["pi_3ABCdef"]),
        ("sub_1Na", ["pi_3ABCdef"]),
        ("popescu", []),
    ],
)
def test_donations(people: None, text: str, found: list[str]) -> None:
    wanted = gifts_asked(f"q={text}")
    assert [each.gateway_ref for each in all_of(wanted)] == found
