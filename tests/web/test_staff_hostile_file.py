"""Files that somebody made to break the desk: each is asked about or refused, never a fault."""

import pytest
from django.test import Client

from donations.gateways.paypal.activity import Answers
from donations.models import ActivityFile
from donations.reconciliation import importing
from tests.gateways.activity import made, payment
from tests.web.filedesk import act, hand_in, page, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["03/04/0000", "03/04/9999"])
def test_a_date_that_no_calendar_has(desk: Client, day: str) -> None:
    file = hand_in(desk, made([payment(1, Date=day), payment(2, Date="05/04/2026")]))
    assert "is 5 April 2026" in page(desk, file) or day in page(desk, file)


@pytest.mark.parametrize("amount", ["9E999999", "9E9999999999", "sNaN", "Infinity", "1_0"])
def test_an_amount_that_is_none(desk: Client, amount: str) -> None:
    rows = [
        payment(number, Gross=text, Fee="", Net="")
        for number, text in enumerate([amount, "1,234.56", "1.234,56"])
    ]
    shown = page(desk, hand_in(desk, made(rows)))
    assert f"“{amount}” is" not in shown
    assert "“1,234.56” is" in shown


def test_more_columns_than_a_page_can_ask_about(desk: Client) -> None:
    names = ",".join(f"column {number}" for number in range(2000))
    file = hand_in(desk, f"{names}\n{names}\n".encode())
    assert file.state == ActivityFile.State.REFUSED
    assert "Line 1 is longer" in page(desk, file)


def test_a_line_of_very_many_fields_is_no_example(desk: Client) -> None:
    file = hand_in(desk, made([payment(Type="Darowizna")]) + b"x," * 2000)
    assert file.state == ActivityFile.State.REFUSED


def test_a_late_answer_does_not_begin_a_file_anew(desk: Client) -> None:
    file = hand_in(desk, made([payment(Type="Darowizna")]))
    act(desk, file, "answer", **{"kind-0": "payment"})
    act(desk, file, "confirm")
    file.refresh_from_db()
    assert file.state == ActivityFile.State.DONE

    told = Answers(kinds={"Darowizna": "ignore"})
    assert not importing.answer(file=file, answers=told), "a colleague was faster"
    work()
    file.refresh_from_db()
    assert (file.state, file.answers["kinds"]) == ("done", {"Darowizna": "payment"})
