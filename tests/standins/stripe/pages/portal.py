"""The customer portal: end or keep a subscription, change the card."""

from ...common.html import e, hidden
from ..acts import portal
from ..cards import CardDeclinedError
from ..controls import Controls
from ..errors import invalid
from ..money import plain
from ..obj import Obj
from . import answer
from .answer import PageAnswer
from .pay import card_fields


def show(controls: Controls, ident: str, problem: str = "") -> PageAnswer:
    with controls.world.lock:
        session = controls.world.get("billing_portal.session", ident)
        subs = portal.subscriptions(controls.world, session)
        # A flow is about one thing, and shows nothing else.
        parts = [] if _flow(session) else [_subscription(ident, sub) for sub in subs]
        if subs:
            parts.append(_card_form(ident, problem))
        else:
            parts.append('<p class="empty">No subscription.</p>')
        if session["return_url"]:
            parts.append(f'<p class="back"><a href="{e(session["return_url"])}">Back</a></p>')
    body = '<div class="card"><h1>Your subscriptions</h1>' + "".join(parts) + "</div>"
    return answer.page("Customer portal", body, status=402 if problem else 200)


def submit(controls: Controls, ident: str, form: dict[str, str]) -> PageAnswer:
    session = controls.world.get("billing_portal.session", ident)
    if "card_number" in form:
        try:
            controls.change_card(ident, form["card_number"])
        except CardDeclinedError as declined:
            return show(controls, ident, str(declined))
        after = (_flow(session) or {}).get("after_completion", {}).get("redirect", {})
        return answer.see_other(after.get("return_url") or f"/portal/{ident}")
    owned = {sub["id"] for sub in portal.subscriptions(controls.world, session)}
    if form.get("subscription") not in owned:
        raise invalid("No such subscription of this customer.", param="subscription")
    controls.cancel_at_period_end(form["subscription"], form.get("ends") == "true")
    return answer.see_other(session["return_url"] or f"/portal/{ident}")


def _flow(session: Obj) -> Obj | None:
    """Changing the card, when that is all that it was made for."""
    flow: Obj = session.get("flow") or {}
    return flow if flow.get("type") == "payment_method_update" else None


def _subscription(ident: str, sub: Obj) -> str:
    price = sub["items"]["data"][0]["price"]
    ends = sub["cancel_at"] is not None
    label = "Keep this subscription" if ends else "Cancel at the end of the period"
    fields = hidden("subscription", sub["id"]) + hidden("ends", "false" if ends else "true")
    amount = plain(price["unit_amount"], price["currency"])
    return f"""<p class="amount">{e(amount)}</p>
<p class="every">every {e(price["recurring"]["interval"])} · {e(sub["status"].replace("_", " "))}
{" · ends" if ends else ""}</p>
<form method="post" action="/portal/{e(ident)}">{fields}<button>{label}</button></form>"""


def _card_form(ident: str, problem: str) -> str:
    error = f'<p class="error" role="alert">{e(problem)}</p>' if problem else ""
    return f"""<h2>New card</h2>{error}
<form method="post" action="/portal/{e(ident)}">{card_fields()}
<button class="second">Use this card</button></form>"""
