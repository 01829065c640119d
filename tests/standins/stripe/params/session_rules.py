"""What the types of `POST /v1/checkout/sessions` cannot say."""

from urllib.parse import urlsplit

from .. import money
from ..errors import ApiError, invalid, not_simulated
from ..obj import Obj
from ..world import World
from .common_rules import check_currency, check_email, check_metadata, check_recurring
from .schema import missing

HALF_AN_HOUR, ONE_DAY = 30 * 60, 24 * 3600
LARGEST_AMOUNT = 99_999_999

_SIMULATED = {
    "mode", "ui_mode", "submit_type", "success_url", "cancel_url", "line_items", "metadata",
    "payment_intent_data", "subscription_data", "customer", "customer_email",
    "customer_creation", "client_reference_id", "locale", "adaptive_pricing", "expires_at",
    "expand", "billing_address_collection", "custom_text", "phone_number_collection",
    "integration_identifier",
}  # fmt: skip
_INTENT_DATA = {
    "metadata", "description", "receipt_email", "statement_descriptor_suffix",
}  # fmt: skip
_SUBSCRIPTION_DATA = frozenset({"metadata", "description"})


def check_names(raw: Obj) -> None:
    """Before the types: a parameter that endive took away has an error of its own."""
    if "payment_method_types" in raw:
        message = "`payment_method_types` is no longer supported in this API version."
        code = "payment_method_types_no_longer_supported"
        raise invalid(message, param="payment_method_types", code=code)


def check(world: World, params: Obj) -> None:
    for name in params:
        if name not in _SIMULATED:
            raise not_simulated(name)
    _check_mode(params)
    _check_urls(params)
    _check_customer(world, params)
    _check_expiry(world, params)
    if len(params.get("client_reference_id", "")) > 200:
        raise invalid(
            "Invalid client_reference_id: at most 200 characters", param="client_reference_id"
        )
    for owner in ("", "payment_intent_data", "subscription_data"):
        check_metadata(params.get(owner, {}) if owner else params, owner)
    _check_lines(world, params)


def _check_mode(params: Obj) -> None:
    mode = params.get("mode")
    if mode is None:
        raise missing("mode")
    if mode == "setup":
        raise not_simulated("mode=setup")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise not_simulated(f"ui_mode={params['ui_mode']}")
    forbidden = {"payment": ["subscription_data"]}.get(
        mode, ["payment_intent_data", "customer_creation"]
    )
    for name in forbidden:
        if name in params:
            raise invalid(f"You can not pass `{name}` in `{mode}` mode.", param=name)
    for name, known in (
        ("payment_intent_data", _INTENT_DATA),
        ("subscription_data", _SUBSCRIPTION_DATA),
    ):
        for key in params.get(name, {}):
            if key not in known:
                raise not_simulated(f"{name}[{key}]")


def _check_urls(params: Obj) -> None:
    if "success_url" not in params:
        raise missing("success_url")
    for name in ("success_url", "cancel_url"):
        url = params.get(name)
        if url is None:
            continue
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise invalid("Not a valid URL", param=name, code="url_invalid")
        if "%7BCHECKOUT_SESSION_ID%7D" in url.upper():
            # Stripe would not replace it and nobody would notice until the reader comes back.
            raise invalid("The braces of {CHECKOUT_SESSION_ID} must not be encoded", param=name)


def _check_customer(world: World, params: Obj) -> None:
    if "customer" in params and "customer_email" in params:
        raise invalid("You may only specify one of these parameters: customer, customer_email.")
    if "customer" in params:
        world.get("customer", params["customer"], param="customer")
    if "customer_email" in params:
        check_email(params["customer_email"], "customer_email")


def _check_expiry(world: World, params: Obj) -> None:
    ahead = params.get("expires_at", world.now + ONE_DAY) - world.now
    # A minute of grace: the client's clock and the way here.
    if not HALF_AN_HOUR - 60 <= ahead <= ONE_DAY + 60:
        message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from now."
        raise invalid(message, param="expires_at")


def _check_lines(world: World, params: Obj) -> None:
    lines = params.get("line_items")
    if not lines:
        raise missing("line_items")
    if len(lines) > 1:
        raise not_simulated("line_items[1]")
    line = lines[0]
    if "price_data" not in line:
        raise (
            not_simulated("line_items[0][price]")
            if "price" in line
            else missing("line_items[0][price_data]")
        )
    for name in line:
        if name not in ("price_data", "quantity"):
            raise not_simulated(f"line_items[0][{name}]")
    if line.get("quantity", 0) < 1:
        raise missing("line_items[0][quantity]")
    _check_price(world, line["price_data"], line["quantity"], params["mode"])


def _check_price(world: World, price: Obj, quantity: int, mode: str) -> None:
    path = "line_items[0][price_data]"
    check_currency(price["currency"], f"{path}[currency]")
    if ("product" in price) == ("product_data" in price):
        raise invalid(f"Pass one of {path}[product] and {path}[product_data]", param=path)
    if "product" in price:
        world.get("product", price["product"], param=f"{path}[product]")
    elif not price["product_data"]["name"].strip():
        raise invalid("The product name must not be empty", param=f"{path}[product_data][name]")
    if "unit_amount" not in price:
        raise (
            not_simulated(f"{path}[unit_amount_decimal]")
            if "unit_amount_decimal" in price
            else missing(f"{path}[unit_amount]")
        )
    if ("recurring" in price) != (mode == "subscription"):
        wanted = "recurring" if mode == "subscription" else "one-time"
        raise invalid(
            f"You must provide a {wanted} price in `{mode}` mode.", param=f"{path}[recurring]"
        )
    check_recurring(price.get("recurring"), f"{path}[recurring]")
    check_amount(world, price["unit_amount"] * quantity, price["currency"], f"{path}[unit_amount]")


def check_amount(world: World, amount: int, currency: str, param: str) -> None:
    if amount < 1:
        raise invalid(
            "This value must be greater than or equal to 1.",
            param=param,
            code="parameter_invalid_integer",
        )
    if amount > LARGEST_AMOUNT:
        raise invalid(
            "Amount must be no more than 999,999.99", param=param, code="amount_too_large"
        )
    settled = money.settle(amount, currency, world.settings.settles_in)
    least = world.settings.minimums.get(settled.currency)
    if least is not None and settled.amount < least:
        raise _too_small(least, settled.currency, param)


def _too_small(least: int, currency: str, param: str) -> ApiError:
    shown = money.plain(least, currency)
    message = f"The Checkout Session's total amount due must add up to at least {shown}"
    return invalid(message, param=param, code="amount_too_small")
