"""What an application would send, and short ways to a paid session."""

from typing import Any

import stripe

from tests.standins.stripe import VISA, StripeStandin

JsonDict = dict[str, Any]


def gift(amount: int = 1000, currency: str = "eur", **more: Any) -> JsonDict:
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Support"}}
    asked: JsonDict = {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": "http://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.example/back",
    }
    return asked | more


def pledge(
    amount: int = 500, currency: str = "eur", interval: str = "month", **more: Any
) -> JsonDict:
    asked = gift(amount, currency, mode="subscription")
    asked["line_items"][0]["price_data"]["recurring"] = {"interval": interval}
    return asked | more


def create(client: stripe.StripeClient, asked: JsonDict, key: str = "") -> stripe.checkout.Session:
    options: Any = {"idempotency_key": key} if key else {}
    return client.v1.checkout.sessions.create(asked, options)  # type: ignore[arg-type]


def paid(
    standin: StripeStandin, client: stripe.StripeClient, asked: JsonDict, card: str = VISA
) -> JsonDict:
    """A session after its payment, as plain JSON."""
    session = create(client, asked)
    standin.pay(session.id, card)
    return standin.object(session.id)


def types(standin: StripeStandin, start: int = 0) -> list[str]:
    return [event["type"] for event in standin.events[start:]]


def plain(obj: stripe.StripeObject) -> JsonDict:
    return obj.to_dict(for_json=True)
