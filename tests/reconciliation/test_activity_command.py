"""`import_paypal_activity`: what it prints, what it refuses, and what it asks."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from donations.giving.models import Donation
from tests.gateways.activity import ENGLISH, made, payment
from tests.reconciliation.activity import imported, refund

pytestmark = pytest.mark.django_db


def run(*arguments: str | Path) -> str:
    said = StringIO()
    call_command("import_paypal_activity", *map(str, arguments), stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "Download.CSV"


def test_the_report() -> None:
    assert "Nothing was changed" in run(ENGLISH, "--dry-run")
    assert not Donation.objects.exists()
    said = run(ENGLISH)
    kinds = "1 conversion, 4 payment, 1 refund, 1 subscription_payment, 1 withdrawal"
    assert f"13 rows.\ntaken: 8 ({kinds})" in said
    assert "  payments: 1000.00 USD" in said
    assert "  2 holds and their release" in said
    assert Donation.objects.count() == 5
    assert "taken: 0\nknown already: 8" in run(ENGLISH)


def test_what_was_not_understood_is_listed_by_line(file: Path) -> None:
    wrong = [payment(number, TimeZone="XYZ") for number in range(60)]
    file.write_bytes(made([payment(99), *wrong, refund(98, of=97)]))
    said = run(file)
    assert "not understood: 60\n  line 3: a time zone that is not known: XYZ" in said
    assert "  … and 10 more" in said
    assert "waiting for a payment that nobody has told of: 1" in said


def test_what_contradicts_the_books(file: Path) -> None:
    imported(made([payment(1)]))
    file.write_bytes(made([payment(1, Gross="11.00", Net="10.31")]))
    assert "contradicting the books: 1\n  line 2: it is in the books with" in run(file)


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"\xff\xfeD\0a\0t\0e\0", "UTF-16"),
        (made([payment()], delimiter=";"), "semicolons"),
        (b"Date,Gross\n1,2\n", "Columns that it lacks: Currency, Transaction ID, Type, Status"),
        (made([payment()], without="Transaction ID"), "no column “Transaction ID”"),
    ],
)
def test_what_cannot_be_imported(file: Path, body: bytes, complaint: str) -> None:
    """Scenario 62, on the command line."""
    file.write_bytes(body)
    with pytest.raises(CommandError, match=complaint):
        run(file)
    assert not Donation.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing")
    with pytest.raises(CommandError, match="directory"):
        run(tmp_path)


def test_questions_name_the_option_that_answers_them(file: Path) -> None:
    rows = [
        payment(1, Type="A=B", Status="Gut", Date="02/03/2026"),
        payment(2, Date="02/03/2026", Gross="1.010,00", Fee="-10,00", Net="1.000,00"),
    ]
    file.write_bytes(made(rows))
    with pytest.raises(CommandError) as asked:
        run(file)
    for option in ("--kind", "--status", "--day-first", "--decimal"):
        assert option in str(asked.value)
    said = run(
        file, "--kind", "A=B=payment", "--status", "Gut=completed", "--month-first",
        "--decimal", "point",
    )  # fmt: skip
    assert "taken: 1 (1 payment)" in said
    assert Donation.objects.get().received_at.month == 2


def test_columns_by_option(file: Path) -> None:
    file.write_bytes(made([payment()]).replace(b"Transaction ID", b"Kod").replace(b"Status", b"S"))
    assert "taken: 1" in run(file, "--map", "txn_id=Kod", "--map", "status=", "--day-first")


@pytest.mark.parametrize(
    "option", [("--map", "id=Kod"), ("--kind", "Gift"), ("--kind", "Gift=gift"), ("--status", "=x")]
)
def test_options_that_say_nothing(option: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="write it as A=B"):
        run(ENGLISH, *option)
