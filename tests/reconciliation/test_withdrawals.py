"""PayPal's withdrawals to the bank, which only the activity file tells of."""

import pytest

from donations.giving.models import Payout
from donations.ledger.models import Account
from donations.ledger.queries import balance
from donations.reconciliation.rebuild import differences
from tests.gateways.activity import made, payment, reasons, txn, understood
from tests.reconciliation.activity import imported

pytestmark = pytest.mark.django_db


def withdrawal(number: int = 8, **changes: str) -> dict[str, str]:
    """Nine euros to the bank."""
    row = {
        "Type": "User Initiated Withdrawal", "Gross": "-9.00", "Fee": "0.00", "Net": "-9.00",
        "Balance_Impact": "Debit",
    }  # fmt: skip
    return payment(number, **row | changes)


def returned(number: int = 9, of: int = 8) -> dict[str, str]:
    """The bank sent them back."""
    return withdrawal(
        number, Type="Reversal of ACH Withdrawal Transaction", Gross="9.00", Net="9.00",
        Reference_Txn_ID=txn(of), Balance_Impact="Credit",
    )  # fmt: skip


def test_a_withdrawal_is_a_payout() -> None:
    report = imported(made([payment(), withdrawal()]))

    assert report.kinds == {"payment": 1, "withdrawal": 1}
    payout = Payout.objects.get()
    assert (payout.gateway_ref, payout.amount_minor, payout.status) == (txn(8), 900, "paid")
    assert (payout.has_parts, payout.is_automatic) == (False, False)
    assert balance(account=Account.PAYPAL, currency="EUR").minor == 931 - 900
    assert balance(account=Account.BANK, currency="EUR").minor == 900
    assert differences() == []


def test_the_second_time_adds_nothing() -> None:
    imported(made([withdrawal()]))
    again = imported(made([payment(), withdrawal()]))
    assert (again.taken, again.known) == (1, 1)
    assert Payout.objects.count() == 1


@pytest.mark.parametrize("files", [[[8, 9]], [[8], [9]], [[9], [8]], [[9], [8, 9]]])
def test_one_that_came_back_in_any_order(files: list[list[int]]) -> None:
    rows = {8: withdrawal(), 9: returned()}
    for numbers in files:
        imported(made([rows[number] for number in numbers]))

    payout = Payout.objects.get()
    assert (payout.gateway_ref, payout.status) == (txn(8), "failed")
    assert balance(account=Account.BANK, currency="EUR").minor == 0
    assert differences() == []


def test_one_that_came_back_from_nowhere_is_asked_about() -> None:
    lost = returned() | {"Reference Txn ID": ""}
    assert reasons(understood(made([lost]))) == ["reference"]
    assert reasons(understood(made([withdrawal(Status="Pending")]))) == ["pending"]
