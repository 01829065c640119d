"""The payment page behind every link."""

import secrets

from ...common.html import e, hidden
from ..controls import Controls
from ..links import LinkRefusedError, Offer
from . import answer
from .answer import PageAnswer

_EVERY = {"D": "day", "W": "week", "M": "month", "Y": "year"}
Form = dict[str, str]


def show(controls: Controls, link: str) -> PageAnswer:
    try:
        offer = controls.read(link)
    except LinkRefusedError as refused:
        return answer.message("Things do not appear to be working", e(refused), status=400)
    return answer.page("Pay", _page(offer, link, {}))


def submit(controls: Controls, form: Form) -> PageAnswer:
    """Pay, and go back to where the link says; two clicks pay once."""
    link = form.get("link", "")
    try:
        offer = controls.read(link)
    except LinkRefusedError as refused:
        return answer.message("Things do not appear to be working", e(refused), status=400)
    with controls.world.lock:
        if form.get("key", "") not in controls.world.sent_forms:
            try:
                _pay(controls, offer, link, form)
            except LinkRefusedError as refused:
                body = _page(offer, link, form, str(refused))
                return answer.page("Pay", body, status=422)
            controls.world.sent_forms.add(form.get("key") or secrets.token_hex(8))
    if answer.is_web(offer.return_url):
        return answer.see_other(offer.return_url)
    return answer.message("Thank you", f"Your payment to {e(offer.business)} is made.")


def _pay(controls: Controls, offer: Offer, link: str, form: Form) -> None:
    email = form.get("payer_email", "").strip()
    if "@" not in email:
        raise LinkRefusedError("Enter the e-mail address of your PayPal account.")
    controls.pay_link(
        link,
        payer_email=email,
        payer_name=form.get("payer_name", "").strip(),
        note=form.get("note", "").strip(),
        amount=form.get("amount", "").strip() if offer.is_changeable else None,
        country=form.get("country", "RO"),
        monthly="monthly" in form,
        pending=form.get("funding") == "bank",
    )


def canceled(controls: Controls) -> PageAnswer:
    return answer.message("Nothing was paid", "You can close this page.")


def _page(offer: Offer, link: str, sent: Form, problem: str = "") -> str:
    error = f'<p class="error" role="alert">{e(problem)}</p>' if problem else ""
    back = offer.cancel_url if answer.is_web(offer.cancel_url) else "/standin/canceled"
    return f"""<div class="card">
{_what(offer)}{error}
<form method="post" action="/standin/pay">
{hidden("link", link)}{hidden("key", secrets.token_hex(8))}
{_amount(offer, sent)}
{_field("payer_name", "Your name", sent, "text", "name", "required")}
{_field("payer_email", "E-mail of your PayPal account", sent, "email", "email", "required")}
{_field("note", "Add a note", sent, "text", "off") if offer.takes_note and not offer.unit else ""}
{_monthly() if offer.may_repeat else ""}
<fieldset><legend>Pay with</legend>
<label class="choice"><input type="radio" name="funding" value="balance" checked>
Balance or card</label>
<label class="choice"><input type="radio" name="funding" value="bank">
Bank account (takes days to clear)</label></fieldset>
<button>Pay</button>
</form>
<p class="back"><a href="{e(back)}">Cancel</a></p>
</div>"""


def _what(offer: Offer) -> str:
    """To whom, what for, how much and how often."""
    name = offer.said.get("item_name") or "Send money"
    head = f"<h1>{e(name)}</h1>"
    if offer.amount is not None and not offer.is_changeable:
        head += f'<p class="amount">{e(offer.amount)} {e(offer.currency)}</p>'
    return head + f'<p class="every">{e(_how_often(offer))}, to {e(offer.business)}</p>'


def _how_often(offer: Offer) -> str:
    if not offer.unit:
        return "One time"
    word = _EVERY[offer.unit]
    every = f"Every {word}" if offer.count == 1 else f"Every {offer.count} {word}s"
    return every if offer.times is None else f"{every}, {offer.times} times"


def _amount(offer: Offer, sent: Form) -> str:
    if not offer.is_changeable:
        return ""
    known = {"amount": str(offer.amount)} if offer.amount is not None else {}
    label = f"Amount in {offer.currency}"
    return _field("amount", label, known | sent, "text", "off", 'inputmode="decimal" required')


def _monthly() -> str:
    return """<label class="choice"><input type="checkbox" name="monthly" value="1">
Make this a monthly donation</label>"""


def _field(name: str, label: str, sent: Form, kind: str, complete: str, more: str = "") -> str:
    return f"""<div class="field"><label for="{name}">{e(label)}</label>
<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}" {more}
 value="{e(sent.get(name, ""))}"></div>"""
