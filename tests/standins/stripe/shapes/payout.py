"""Payouts and the balance."""

from ..ids import new_id
from ..obj import Obj

TWO_DAYS = 2 * 86400


def payout(amount: int, currency: str, *, automatic: bool, now: int) -> Obj:
    obj: Obj = {"id": new_id("po_"), "object": "payout", "amount": amount}
    obj |= {"application_fee": None, "application_fee_amount": None}
    obj |= {"arrival_date": now + TWO_DAYS, "automatic": automatic, "balance_transaction": None}
    obj |= {"created": now, "currency": currency, "description": None}
    obj |= {"destination": new_id("ba_"), "failure_balance_transaction": None}
    obj |= {"failure_code": None, "failure_message": None, "livemode": False, "metadata": {}}
    obj |= {"method": "standard", "original_payout": None, "payout_method": None}
    obj |= {"reconciliation_status": "in_progress" if automatic else "not_applicable"}
    obj |= {"reversed_by": None, "source_type": "card", "statement_descriptor": None}
    obj |= {"trace_id": {"status": "pending", "value": None}, "type": "bank_account"}
    return obj | {"status": "pending"}


def balance(available: dict[str, int], pending: dict[str, int]) -> Obj:
    def parts(sums: dict[str, int]) -> list[Obj]:
        return [
            {"amount": amount, "currency": currency, "source_types": {"card": amount}}
            for currency, amount in sorted(sums.items())
        ]

    obj: Obj = {"object": "balance", "available": parts(available), "livemode": False}
    return obj | {"pending": parts(pending)}
