"""A Checkout Session from its creation to its end."""

from typing import NoReturn

from .. import cards
from ..cards import AuthenticationNeededError, Card, CardDeclinedError
from ..errors import invalid
from ..obj import Obj
from ..params import session_rules
from ..shapes import checkout as shapes
from ..world import World
from . import charging, disputes, invoicing, subscribing


class SessionClosedError(Exception):
    """Already paid or expired: there is nothing left to pay."""


def create(world: World, params: Obj) -> Obj:
    session_rules.check(world, params)
    line = params["line_items"][0]
    price = line["price_data"]
    expires_at = params.get("expires_at", world.now + session_rules.ONE_DAY)
    amount = price["unit_amount"] * line["quantity"]
    session = shapes.session(
        params,
        now=world.now,
        expires_at=expires_at,
        amount=amount,
        currency=price["currency"],
        base_url=world.base_url,
    )
    world.hidden[session["id"]] = {
        "line": line,
        "data": params.get("payment_intent_data") or params.get("subscription_data") or {},
    }
    return world.add(session)


def open_session(world: World, ident: str) -> Obj:
    """The session, if it can still be paid; one that is over its time expires here."""
    session = world.get("checkout.session", ident)
    if session["status"] == "open" and session["expires_at"] <= world.now:
        expire(world, session)
    if session["status"] != "open":
        raise SessionClosedError(session["status"])
    return session


def pay(
    world: World, ident: str, *, number: str, email: str | None = None, authenticated: bool = False
) -> Obj:
    """Pay by card. A declined card leaves the session open."""
    session = open_session(world, ident)
    card = cards.find(number)
    if card.declined:
        decline(world, session, card, card.declined)
    if card.asks_authentication and not authenticated:
        raise AuthenticationNeededError
    _complete(world, session, card, email)
    return session


def pay_later(world: World, ident: str, *, email: str | None = None) -> Obj:
    """Pay by bank debit: the session completes now, the money is decided in days."""
    session = open_session(world, ident)
    _complete(world, session, None, email)
    return session


def fail_authentication(world: World, ident: str, number: str) -> None:
    decline(world, open_session(world, ident), cards.find(number), "authentication_failed")


def decline(world: World, session: Obj, card: Card, reason: str) -> NoReturn:
    """Keep the failed attempt, as Stripe does, and tell the payer."""
    charge = charging.start(
        world, _intent(world, session), email=session["customer_email"], card=card
    )
    code = "card_declined"
    if reason == "authentication_failed":
        code = "payment_intent_authentication_failure"
    charging.fail(world, charge, decline_code=reason, code=code)
    raise CardDeclinedError(reason)


def _intent(world: World, session: Obj) -> Obj:
    """In payment mode one PaymentIntent serves every attempt of the session."""
    if session["payment_intent"]:
        return world.get("payment_intent", session["payment_intent"])
    data = world.hidden[session["id"]]["data"] if session["mode"] == "payment" else {}
    intent = charging.new_intent(
        world,
        session["amount_total"],
        session["currency"],
        customer=session["customer"],
        data=data,
    )
    if session["mode"] == "payment":
        session["payment_intent"] = intent["id"]
    return intent


def _complete(world: World, session: Obj, card: Card | None, email: str | None) -> None:
    address = _email(world, session, email)
    _give_customer(world, session, address)
    if session["mode"] == "subscription":
        charge = _subscribe(world, session, card, address)
    else:
        charge = charging.start(world, _intent(world, session), email=address, card=card)
    if card is not None:
        charging.succeed(world, charge)
    session |= {"customer_details": shapes.customer_details(address, None)}
    session |= {"payment_status": "unpaid" if card is None else "paid", "status": "complete"}
    session |= {"url": None}
    if card is not None and session["invoice"]:
        _pay_invoice(world, session)
    world.emit("checkout.session.completed", session)
    if card is not None:
        charging.settle(world, charge)
        _contest(world, charge, card)


def _email(world: World, session: Obj, typed: str | None) -> str:
    if session["customer"]:
        known: str = world.get("customer", session["customer"])["email"]
        return known
    return session["customer_email"] or typed or "reader@example.org"


def _give_customer(world: World, session: Obj, email: str) -> None:
    if session["customer"] is None and session["customer_creation"] == "always":
        session["customer"] = world.add(shapes.customer(email, None, world.now))["id"]


def _subscribe(world: World, session: Obj, card: Card | None, email: str) -> Obj:
    hidden = world.hidden[session["id"]]
    sub, bill, charge = subscribing.start(
        world,
        customer=session["customer"],
        line=hidden["line"],
        data=hidden["data"],
        card=card,
        email=email,
    )
    session |= {"subscription": sub["id"], "invoice": bill["id"]}
    return charge


def _pay_invoice(world: World, session: Obj) -> None:
    invoicing.mark_paid(world, world.get("invoice", session["invoice"]))


def _contest(world: World, charge: Obj, card: Card) -> None:
    if card.contested:
        disputes.open_dispute(world, charge, inquiry=card.contested == "inquiry")


def settle_delayed(world: World, ident: str, *, succeeded: bool) -> Obj:
    """The bank debit of a completed session is decided."""
    session = world.get("checkout.session", ident)
    if session["status"] != "complete" or session["payment_status"] != "unpaid":
        raise invalid("This session is not waiting for a delayed payment.", param="id")
    charge = _waiting_charge(world, session)
    if succeeded:
        charging.succeed(world, charge)
        session["payment_status"] = "paid"
        if session["invoice"]:
            _pay_invoice(world, session)
        world.emit("checkout.session.async_payment_succeeded", session)
        charging.settle(world, charge)
        return session
    charging.fail(
        world, charge, decline_code="generic_decline", code="payment_intent_payment_attempt_failed"
    )
    if session["invoice"]:
        invoicing.mark_failed(world, world.get("invoice", session["invoice"]))
    world.emit("checkout.session.async_payment_failed", session)
    return session


def _waiting_charge(world: World, session: Obj) -> Obj:
    intent = session["payment_intent"] or invoicing.intent_of(world, session["invoice"])
    charge = charging.charge_of(world, intent)
    if charge["status"] != "pending":
        raise invalid("The delayed payment of this session was already decided.", param="id")
    return charge


def expire(world: World, session: Obj) -> Obj:
    if session["status"] != "open":
        message = 'Only Checkout Sessions with a status in ["open"] can be expired. '
        raise invalid(f"{message}This one is {session['status']}.", param="session")
    session |= {"status": "expired", "url": None}
    world.emit("checkout.session.expired", session)
    return session


def expire_due(world: World) -> None:
    for session in reversed(world.newest_first("checkout.session")):
        if session["status"] == "open" and session["expires_at"] <= world.now:
            expire(world, session)
