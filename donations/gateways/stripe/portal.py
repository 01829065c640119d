"""Stripe's own page for another card. Card data never come near us."""

from stripe.params.billing_portal import SessionCreateParams

from donations.gateways.base import NewCard
from donations.gateways.stripe.client import checked, client, our_errors
from donations.gateways.stripe.words import LOCALES


def new_card_url(request: NewCard) -> str:
    """A portal session that can do nothing but this; it comes back by itself."""
    params: SessionCreateParams = {
        "customer": checked(request.customer_ref),
        "return_url": request.return_url,
        "flow_data": {
            "type": "payment_method_update",
            "after_completion": {
                "type": "redirect",
                "redirect": {"return_url": request.return_url},
            },
        },
    }
    if request.language in LOCALES:
        params["locale"] = LOCALES[request.language]
    with our_errors():
        session = client().v1.billing_portal.sessions.create(
            params, {"idempotency_key": request.idempotency_key}
        )
    return session.url
