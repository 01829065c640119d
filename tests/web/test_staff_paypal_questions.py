"""What only a person can tell about PayPal's file is asked, and remembered."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donations.models import ActivityFile, Donation
from tests.gateways.activity import ENGLISH, made, payment, renamed
from tests.web.desk import text_of
from tests.web.filedesk import act, address, hand_in, page, work

AMBIGUOUS = {"Date": "03/04/2026"}
FOREIGN = {"Date": "Dato", "Gross": "Sum", "Transaction ID": "Nummer", "Status": "Stand"}


def foreign(rows: Iterable[dict[str, str]]) -> bytes:
    """The same rows in a language that nobody has seen."""
    return made(renamed(row, FOREIGN) for row in rows)


def test_another_language_is_asked_about_and_remembered(desk: Client) -> None:
    rows = [payment(1, Type="Gave", Status="Ferdig"), payment(2, Type="Gebyr", Status="Ferdig")]
    file = hand_in(desk, foreign(rows))

    asked = page(desk, file)
    assert "Some things in this file only a person can tell." in asked
    for column in ("Date", "Gross", "Transaction ID", "Status"):
        assert column in asked
    assert "4AB00001XX0000001" in asked  # An example row.

    asked = act(
        desk,
        file,
        "answer",
        **{
            "column-date": "Dato",
            "column-gross": "Sum",
            "column-txn_id": "Nummer",
            "column-status": "Stand",
        },
    )
    assert "What do these types mean? Gave" in asked
    assert "What do these states mean? Ferdig" in asked

    ready = act(
        desk,
        file,
        "answer",
        **{"kind-0": "payment", "kind-1": "account_fee", "status-0": "completed"},
    )
    assert "Gifts to be taken 1" in ready
    act(desk, file, "confirm")

    later = hand_in(desk, foreign([payment(3, Type="Gave", Status="Ferdig")]))
    assert "Gifts to be taken 1" in page(desk, later)


def test_answers_that_were_wrong_are_asked_for_anew(desk: Client) -> None:
    rows = [payment(1, Type="Gave")]
    file = hand_in(desk, made(rows))
    act(desk, file, "answer", **{"kind-0": "ignore"})
    act(desk, file, "confirm")
    assert not Donation.objects.exists()

    later = hand_in(desk, made(rows))
    assert "those about an earlier file of the same kind" in page(desk, later)
    assert "What do these types mean? Gave" in act(desk, later, "again")
    act(desk, later, "answer", **{"kind-0": "payment"})
    act(desk, later, "confirm")
    assert Donation.objects.count() == 1
    assert "has moved on in the meantime" in act(desk, later, "again")


def test_nothing_is_asked_again_that_nobody_answered(desk: Client) -> None:
    assert "Ask me again" not in page(desk, hand_in(desk, made([payment(1)])))


def test_an_answer_that_is_missing_is_asked_for_again(desk: Client) -> None:
    file = hand_in(desk, foreign([payment(1)]))
    response = desk.post(address(file, "answer/"), {"column-date": "Nowhere"})
    assert response.status_code == 422
    assert (
        text_of(response).count("Please choose.") + text_of(response).count("Select a valid") == 4
    )
    file.refresh_from_db()
    assert file.state == ActivityFile.State.ASKING


@pytest.mark.parametrize(("chosen", "day"), [("day", "2026-04-03"), ("month", "2026-03-04")])
def test_which_is_the_day(desk: Client, chosen: str, day: str) -> None:
    file = hand_in(desk, made([payment(1, **AMBIGUOUS)]))
    asked = page(desk, file)
    assert "“03/04/2026” is 3 April 2026" in asked
    assert "“03/04/2026” is 4 March 2026" in asked
    act(desk, file, "answer", day_first=chosen)
    act(desk, file, "confirm")
    assert Donation.objects.get().received_at.date().isoformat() == day


@pytest.mark.parametrize("mark", [".", ","])
def test_which_mark_is_before_the_decimals(desk: Client, mark: str) -> None:
    """Both marks in one file, and neither proves more than the other."""
    rows = [
        payment(1, Gross="1.00", Fee="0.00", Net="1.00"),
        payment(2, Gross="2,00", Fee="0,00", Net="2,00"),
    ]
    file = hand_in(desk, made(rows))
    asked = page(desk, file)
    assert "How are its amounts read?" in asked
    assert "Lines not understood 1" in act(desk, file, "answer", decimal=mark)


def test_whoever_thought_about_it_is_not_told_that_it_is_late(desk: Client) -> None:
    """The file was uploaded long ago, and goes on only now."""
    asked, ready = (
        hand_in(desk, made([payment(77, **AMBIGUOUS)])),
        hand_in(desk, ENGLISH.read_bytes()),
    )
    past = timezone.now() - timedelta(hours=3)
    ActivityFile.objects.update(uploaded_at=past, changed_at=past)
    desk.post(address(asked, "answer/"), {"day_first": "day"})
    desk.post(address(ready, "confirm/"))
    for file in (asked, ready):
        assert "No task worker has begun" not in page(desk, file)
    work()
    assert "Imported" in page(desk, ready)
    assert "Gifts to be taken 1" in page(desk, asked)
