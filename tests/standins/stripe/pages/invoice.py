"""The hosted invoice page: where a failed renewal is paid after all."""

from ...common.html import e
from .. import cards
from ..acts import invoicing
from ..cards import CardDeclinedError
from ..controls import Controls
from ..money import plain
from ..obj import Obj
from . import answer
from .answer import PageAnswer
from .pay import card_fields


def show(controls: Controls, ident: str, problem: str = "") -> PageAnswer:
    bill = controls.world.get("invoice", ident)
    if bill["status"] != "open":
        return answer.message(
            f"Invoice {e(bill['number'])}", f"This invoice is {e(bill['status'])}."
        )
    return answer.page("Invoice", _form(bill, problem), status=402 if problem else 200)


def submit(controls: Controls, ident: str, form: dict[str, str]) -> PageAnswer:
    """Pay with another card, which from now on is the subscription's."""
    try:
        card = cards.find(form.get("card_number", ""))
        if card.declined:
            raise CardDeclinedError(card.declined)
    except CardDeclinedError as declined:
        return show(controls, ident, str(declined))
    with controls.world.lock:
        bill = controls.world.get("invoice", ident)
        if bill["status"] == "open":
            sub = invoicing.subscription_of(controls.world, bill)
            controls.world.hidden.setdefault(sub["id"], {})["card"] = card.number
            controls.pay_invoice(ident)
    return answer.see_other(f"/invoice/{ident}")


def _form(bill: Obj, problem: str) -> str:
    return f"""<div class="card"><h1>Invoice {e(bill["number"])}</h1>
<p class="amount">{e(plain(bill["amount_remaining"], bill["currency"]))}</p>
<p class="every">for {e(bill["customer_email"])}</p>
{f'<p class="error" role="alert">{e(problem)}</p>' if problem else ""}
<form method="post" action="/invoice/{e(bill["id"])}">{card_fields()}<button>Pay</button></form>
</div>"""
