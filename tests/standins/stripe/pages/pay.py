"""The hosted payment page: the session's `url`."""

from ...common.html import e, hidden
from ..acts.checkout import SessionClosedError, open_session
from ..cards import CARDS, AuthenticationNeededError, CardDeclinedError
from ..controls import Controls
from ..money import plain
from ..obj import Obj
from . import answer
from .answer import PageAnswer

_WHAT = {
    "4242424242424242": "pays",
    "4000000000009995": "is declined",
    "4000002500003155": "asks for authentication",
    "4000000000000341": "pays now, renewals fail",
    "4000000000000259": "pays, then is disputed",
}


def show(controls: Controls, ident: str, problem: str = "") -> PageAnswer:
    with controls.world.lock:
        session = controls.world.get("checkout.session", ident)
        try:
            open_session(controls.world, ident)
        except SessionClosedError:
            return _closed(session)
        return answer.page("Pay", _form(controls, session, problem), status=402 if problem else 200)


def submit(controls: Controls, ident: str, form: dict[str, str]) -> PageAnswer:
    """Pay, ask for authentication, or show the page again with what went wrong."""
    email = form.get("email", "").strip() or None
    number = form.get("card_number", "")
    try:
        if form.get("method") == "delayed":
            controls.pay_delayed(ident, email=email)
        elif form.get("authentication") == "fail":
            controls.fail_authentication(ident, number)
        else:
            authenticated = form.get("authentication") == "complete"
            controls.pay(ident, number, email=email, authenticated=authenticated)
    except CardDeclinedError as declined:
        return show(controls, ident, str(declined))
    except AuthenticationNeededError:
        return _authentication(controls, ident, number, email or "")
    except SessionClosedError:
        # Two clicks make one payment: the second finds it done and goes the same way.
        session = controls.world.get("checkout.session", ident)
        if session["status"] != "complete":
            return _closed(session)
    return answer.see_other(success_url(controls.world.get("checkout.session", ident)))


def success_url(session: Obj) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _closed(session: Obj) -> PageAnswer:
    if session["status"] == "complete":
        link = f'<p class="back"><a href="{e(success_url(session))}">Continue</a></p>'
        return answer.message("Already paid", "This payment was already made.", link=link)
    link = _back(session, "Back")
    return answer.message(
        "Expired", "This payment page has expired. Please start again.", link=link
    )


def _back(session: Obj, label: str) -> str:
    url = session["cancel_url"]
    return f'<p class="back"><a href="{e(url)}">{e(label)}</a></p>' if url else ""


def _what(controls: Controls, session: Obj) -> str:
    """Product, amount and interval, as heading."""
    price = controls.world.hidden[session["id"]]["line"]["price_data"]
    name = price["product_data"]["name"] if "product_data" in price else _product(controls, price)
    head = f"<h1>{e(name)}</h1><p class='amount'>"
    head += f"{e(plain(session['amount_total'], session['currency']))}</p>"
    return head + f"<p class='every'>{e(_interval(price.get('recurring')))}</p>"


def _product(controls: Controls, price: Obj) -> str:
    return str(controls.world.get("product", price["product"])["name"])


def _interval(recurring: Obj | None) -> str:
    if recurring is None:
        return "one time"
    count = recurring.get("interval_count", 1)
    return (
        f"every {recurring['interval']}"
        if count == 1
        else f"every {count} {recurring['interval']}s"
    )


def _form(controls: Controls, session: Obj, problem: str) -> str:
    return f"""<div class="card">
{_what(controls, session)}
{f'<p class="error" role="alert">{e(problem)}</p>' if problem else ""}
<form method="post" action="/pay/{e(session["id"])}">
{_email_field(controls, session)}
<fieldset><legend>Pay by</legend>
<label class="choice"><input type="radio" name="method" value="card" checked> Card</label>
<label class="choice"><input type="radio" name="method" value="delayed">
Bank debit (delayed)</label>
</fieldset>
{card_fields()}
<button>Pay</button>
</form>
{_back(session, "Cancel and go back")}
{_card_list()}
</div>"""


def _email_field(controls: Controls, session: Obj) -> str:
    known = session["customer_email"]
    if session["customer"]:
        known = controls.world.get("customer", session["customer"])["email"]
    fixed = "readonly" if known else "required"
    return f"""<div class="field"><label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="email"
 value="{e(known or "")}" {fixed}></div>"""


def card_fields() -> str:
    return """<div class="field"><label for="card_number">Card number</label>
<input id="card_number" name="card_number" inputmode="numeric" autocomplete="off"
 aria-describedby="card_hint" placeholder="4242 4242 4242 4242">
<p class="hint" id="card_hint">A test card; a real one is refused.</p></div>
<div class="pair">
<div class="field"><label for="exp">Expiry</label><input id="exp" name="exp" autocomplete="off"
 placeholder="12 / 34"></div>
<div class="field"><label for="cvc">CVC</label><input id="cvc" name="cvc" autocomplete="off"
 inputmode="numeric" placeholder="123"></div>
</div>"""


def _card_list() -> str:
    rows = "".join(f"<li><code>{_spaced(n)}</code> {e(what)}</li>" for n, what in _WHAT.items())
    return f'<details class="cards"><summary>Test cards</summary><ul>{rows}</ul></details>'


def _spaced(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _authentication(controls: Controls, ident: str, number: str, email: str) -> PageAnswer:
    session = controls.world.get("checkout.session", ident)
    kept = hidden("card_number", number) + hidden("email", email)
    last4 = CARDS["".join(number.split())].last4
    body = f"""<div class="card">
{_what(controls, session)}
<p>Your bank wants to make sure that it is you who pays with the card ending in {e(last4)}.</p>
<form method="post" action="/pay/{e(ident)}">{kept}
<button name="authentication" value="complete">Complete authentication</button>
<button class="second" name="authentication" value="fail">Fail authentication</button>
</form></div>"""
    return answer.page("Authentication", body)
