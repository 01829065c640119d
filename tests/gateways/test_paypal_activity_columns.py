"""Columns by name in any language, and what their words mean."""

import pytest

from donations.gateways.paypal.activity import KINDS, STATUSES
from donations.gateways.paypal.activity.headings import HEADINGS, plain
from donations.gateways.paypal.activity.words import WORDS
from tests.gateways.activity import (
    looked,
    made,
    payment,
    reasons,
    renamed,
    taken,
    txn,
    understood,
)

FRENCH = {
    "Time": "Heure",
    "TimeZone": "Fuseau horaire",
    "Name": "Nom",
    "Status": "État",
    "Currency": "Devise",
    "Gross": "Avant commission",
    "Fee": "Commission",
    "From Email Address": "De l’adresse email",
    "Transaction ID": "Numéro de transaction",
    "Reference Txn ID": "Nº de transaction de référence",
    "Note": "Remarque",
    "Balance Impact": "Impact sur le solde",
}
DUTCH_STATEMENT = {
    "Date": "Datum",
    "Time": "Tijd",
    "TimeZone": "Tijdzone",
    "Type": "Omschrijving",
    "Currency": "Valuta",
    "Gross": "Bruto",
    "Fee": "Kosten",
    "Transaction ID": "Transactiereferentie",
    "From Email Address": "Van e-mailadres",
    "Name": "Naam",
}


def test_a_french_file() -> None:
    row = payment(Status="Terminé", Balance_Impact="Crédit", Note="merci")
    [outcome] = taken(understood(made([renamed(row, FRENCH)])))
    assert (outcome.told.note, outcome.told.payer_email) == ("merci", "ana@example.org")


def test_a_dutch_statement_tells_only_what_is_completed() -> None:
    body = made([renamed(payment(TimeZone="Europe/Amsterdam"), DUTCH_STATEMENT)], without="Status")
    assert len(taken(understood(body))) == 1


def test_a_download_without_its_status_is_asked_about() -> None:
    body = made([payment()], without="Status")
    assert looked(body).missing == ["status"]
    assert looked(body, columns={"status": ""}).is_settled


def test_headings_however_they_are_written() -> None:
    names = {"Transaction ID": " transaction\u00a0id ", "TimeZone": "Time zone"}
    assert looked(made([renamed(payment(), names)])).is_settled


def test_columns_of_another_language_are_told_by_a_person() -> None:
    names = {name: f"Колонка {name}" for name in payment()}
    body = made([renamed(payment(), names)])
    assert set(looked(body).missing) == {"date", "currency", "gross", "txn_id", "type", "status"}
    assert {"fee", "from_email", "name", "note", "custom"} < set(looked(body).wanting)
    told = {
        "date": "Date", "type": "Type", "status": "Status", "currency": "Currency",
        "gross": "Gross", "txn_id": "Transaction ID",
    }  # fmt: skip
    [row] = taken(understood(body, columns={a: names[b] for a, b in told.items()}))
    assert row.told.fee is None
    told |= {"fee": "Fee", "from_email": "From Email Address"}
    [row] = taken(understood(body, columns={a: names[b] for a, b in told.items()}))
    assert (row.told.fee, row.told.payer_email) != (None, "")


def test_a_column_that_there_is_none_of_is_not_the_one_without_a_name() -> None:
    body = made([{**payment(), "": "17"}])
    assert "fee" not in looked(body, columns={"fee": ""}).columns


def test_a_heading_that_is_not_there_answers_nothing() -> None:
    body = made([payment()], without="Transaction ID")
    assert looked(body, columns={"txn_id": "Nothing"}).missing == ["txn_id"]


def test_a_code_goes_before_a_word_and_stands_for_one() -> None:
    coded = {"Transaction Event Code": "T0013", **payment(Type="Whatever in Polish")}
    assert [row.kind for row in taken(understood(made([coded])))] == ["payment"]
    coded["Transaction Event Code"] = "T0300"
    assert reasons(understood(made([coded], without="Type"))) == ["deposit"]


def test_words_that_nobody_knows_are_asked_about_once() -> None:
    rows = [payment(each, Type="Darowizna", Status="Zakończona") for each in (1, 2)]
    found = looked(made(rows))
    assert (found.unknown_kinds, found.unknown_statuses) == (["Darowizna"], ["Zakończona"])
    told = {"kinds": {"Darowizna": "payment"}, "statuses": {"Zakończona": "completed"}}
    assert len(taken(understood(made(rows), **told))) == 2


def test_what_is_not_completed_is_left_out_whatever_it_is() -> None:
    rows = [
        payment(1, Type="Darowizna", Status="Pending"),
        payment(2, Type="Darowizna", Balance_Impact="Memo"),
        payment(3, Status="Denied"),
        payment(4, Type="General Authorization"),
    ]
    assert looked(made(rows)).is_settled
    assert reasons(understood(made(rows))) == ["authorization", "memo", "other", "pending"]


def test_answers_can_leave_a_word_out() -> None:
    body = made([payment(Type="Loan")])
    assert reasons(understood(body, kinds={"Loan": "ignore"})) == ["ignore"]
    body = made([payment(Status="Odd")])
    assert reasons(understood(body, statuses={"Odd": "other"})) == ["other"]
    assert reasons(understood(body, statuses={"Odd": "pending"})) == ["pending"]


def test_a_payment_that_was_refunded_later_came_all_the_same() -> None:
    rows = [
        payment(1, Status="Partially Refunded"),
        payment(2, Type="Payment Refund", Status="Reversed", Reference_Txn_ID=txn(1)),
    ]
    outcomes = understood(made(rows))
    assert [row.kind for row in taken(outcomes)] == ["payment"]
    assert reasons(outcomes) == ["other"]


@pytest.mark.parametrize("table", [HEADINGS, WORDS])
def test_no_word_means_two_things(table: dict[str, tuple[str, ...]]) -> None:
    words = [plain(word) for words in table.values() for word in words]
    assert len(words) == len(set(words))


def test_our_words_for_answers() -> None:
    assert set(WORDS) | {"ignore"} == set(KINDS)
    assert len(STATUSES) == 3
