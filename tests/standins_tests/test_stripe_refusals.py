"""Parameters that Stripe refuses, the stand-in refuses."""

from typing import Any

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift, paid, plain, pledge

PRICE = "line_items[0][price_data]"
AMOUNT = f"{PRICE}[unit_amount]"
PRODUCT = f"{PRICE}[product_data]"
UNKNOWN, MISSING = "parameter_unknown", "parameter_missing"
NO_INTEGER = "parameter_invalid_integer"
GONE = "payment_method_types_no_longer_supported"


def price(**changes: Any) -> dict[str, Any]:
    asked = gift()
    data = asked["line_items"][0]["price_data"] | changes
    return {"line_items": [{"quantity": 1, "price_data": data}]}


REFUSED: list[tuple[dict[str, Any], str, str | None]] = [
    (gift(foo="1"), "foo", UNKNOWN),
    (gift(api_key="1"), "api_key", UNKNOWN),
    (gift(payment_method_types=["card"]), "payment_method_types", GONE),
    (gift(ui_mode="hosted"), "ui_mode", None),
    (gift(mode="donation"), "mode", None),
    (gift(mode=""), "mode", None),
    (gift(locale="uk"), "locale", None),
    (gift(submit_type="give"), "submit_type", None),
    (gift(subscription_data={"metadata": {"a": "b"}}), "subscription_data", None),
    (pledge(payment_intent_data={"metadata": {"a": "b"}}), "payment_intent_data", None),
    (pledge(customer_creation="always"), "customer_creation", None),
    (gift(success_url="/thanks"), "success_url", "url_invalid"),
    (gift(success_url="http://a.b/?s=%7BCHECKOUT_SESSION_ID%7D"), "success_url", None),
    (gift(customer_email="ana"), "customer_email", "email_invalid"),
    (gift(customer="cus_nobody"), "customer", "resource_missing"),
    (gift(metadata={"k" * 41: "v"}), "metadata", None),
    (gift(metadata={"k": "v" * 501}), "metadata[k]", None),
    (gift(metadata={f"k{n}": "v" for n in range(51)}), "metadata", None),
    (gift(client_reference_id="x" * 201), "client_reference_id", None),
    (gift(expires_at=1), "expires_at", None),
    (gift(discounts=[{"coupon": "x"}]), "discounts", "standin_not_simulated"),
    (gift(**price(unit_amount=0)), AMOUNT, NO_INTEGER),
    (gift(**price(unit_amount=-5)), AMOUNT, NO_INTEGER),
    (gift(**price(unit_amount=10.5)), AMOUNT, NO_INTEGER),
    (gift(**price(unit_amount=100_000_000)), AMOUNT, "amount_too_large"),
    (gift(**price(currency="xyz")), f"{PRICE}[currency]", None),
    (gift(**price(product_data={"description": "a"})), f"{PRODUCT}[name]", MISSING),
    (gift(**price(product_data={"name": "a", "nam": "b"})), f"{PRODUCT}[nam]", UNKNOWN),
    (gift(**price(recurring={"interval": "month"})), f"{PRICE}[recurring]", None),
    (pledge(interval="fortnight"), f"{PRICE}[recurring][interval]", None),
    (pledge(**price()), f"{PRICE}[recurring]", None),
    (gift(adaptive_pricing={"enabled": "yes"}), "adaptive_pricing[enabled]", None),
    (gift(line_items=[{"quantity": 1}]), PRICE, MISSING),
    (gift(line_items={"quantity": 1}), "line_items", None),
    (gift(payment_intent_data="x"), "payment_intent_data", None),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "param", "code"), REFUSED, ids=lambda value: str(value)[-40:])
def test_a_wrong_session_is_refused_by_name(
    standin: StripeStandin,
    client: stripe.StripeClient,
    asked: dict[str, Any],
    param: str,
    code: str | None,
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        create(client, asked)
    assert (refused.value.param, refused.value.code) == (param, code)
    assert client.v1.checkout.sessions.list().data == []


@pytest.mark.parametrize("name", ["mode", "success_url", "line_items"])
def test_what_must_not_be_missing(
    standin: StripeStandin, client: stripe.StripeClient, name: str
) -> None:
    asked = {key: value for key, value in gift().items() if key != name}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        create(client, asked)
    assert (refused.value.param, refused.value.code) == (name, MISSING)


def test_metadata_may_have_digits_for_keys(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = create(client, gift(metadata={"0": "a", "1": "b"}))
    assert standin.object(session.id)["metadata"] == {"0": "a", "1": "b"}


def test_the_minimum_counts_in_the_settlement_currency(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    standin.settings.minimums = {"eur": 50}
    create(client, gift(1000, "mdl"))
    with pytest.raises(stripe.InvalidRequestError) as refused:
        create(client, gift(900, "mdl"))
    assert refused.value.code == "amount_too_small"


def test_keys(standin: StripeStandin) -> None:
    for key in ("pk_test_x", "sk_live_x"):
        client = stripe.StripeClient(key, base_addresses={"api": standin.base_url})
        with pytest.raises(stripe.AuthenticationError):
            client.v1.events.list()
    restricted = stripe.StripeClient("rk_test_x", base_addresses={"api": standin.base_url})
    assert restricted.v1.events.list().data == []


def test_unknown_objects_and_paths(standin: StripeStandin, client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such payment_intent: 'pi_x'") as gone:
        client.v1.payment_intents.retrieve("pi_x")
    assert (gone.value.http_status, gone.value.code) == (404, "resource_missing")
    assert gone.value.request_id is not None
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        client.v1.topups.list()


def test_an_id_of_another_kind_is_unknown(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    session = paid(standin, client, gift())
    with pytest.raises(stripe.InvalidRequestError, match="No such charge"):
        client.v1.charges.retrieve(session["payment_intent"])


def test_an_empty_id_answers_with_a_list(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    assert plain(client.v1.charges.retrieve(""))["object"] == "list"


def test_the_record_of_a_request(standin: StripeStandin, client: stripe.StripeClient) -> None:
    create(client, gift(700), key="cs:7:1")
    [request] = standin.requests
    assert (request.method, request.path) == ("POST", "/v1/checkout/sessions")
    assert request.params["line_items"][0]["price_data"]["unit_amount"] == 700
    assert request.idempotency_key == "cs:7:1"
    assert request.stripe_version == "2026-10-28.endive"
