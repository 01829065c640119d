"""The donor's own page: what they agreed to pay again, and how to stop it."""

from urllib.parse import parse_qs

from ...common.html import e, hidden
from ..controls import Controls
from ..ids import account_id
from ..state import Subscription
from . import answer
from .answer import PageAnswer
from .pay import Form


def show(controls: Controls, query: str) -> PageAnswer:
    """`cmd=_subscr-find&alias=…`; PayPal asks donors to sign in, and this asks who they are."""
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    email, alias = asked.get("payer_email", ""), asked.get("alias", "")
    found = _subscriptions(controls, alias, email) if email else ""
    body = f"""<div class="card"><h1>Your automatic payments</h1>
<form method="get" action="/cgi-bin/webscr">{hidden("cmd", "_subscr-find")}{hidden("alias", alias)}
<div class="field"><label for="payer_email">E-mail of your PayPal account</label>
<input id="payer_email" name="payer_email" type="email" autocomplete="email" required
 value="{e(email)}"></div><button>Show</button></form>{found}</div>"""
    return answer.page("Your automatic payments", body)


def submit(controls: Controls, form: Form) -> PageAnswer:
    """Stop it."""
    controls.cancel(form.get("subscription", ""))
    return answer.message("Stopped", "No more payments will be made.")


def _subscriptions(controls: Controls, alias: str, email: str) -> str:
    with controls.world.lock:
        found = [
            sub
            for sub in controls.world.subscriptions.values()
            if sub.payer.email.lower() == email.lower()
            and sub.status == "active"
            and alias in ("", sub.business, account_id(sub.business))
        ]
    rows = "".join(_row(sub) for sub in found)
    return rows or "<p>There is nothing that would be paid again.</p>"


def _row(sub: Subscription) -> str:
    return f"""<form method="post" action="/standin/stop">{hidden("subscription", sub.id)}
<p>{e(sub.said.get("item_name", ""))} {e(sub.amount)} {e(sub.currency)} to {e(sub.business)}</p>
<button class="second">Cancel<span class="hush"> {e(sub.id)}</span></button></form>"""
