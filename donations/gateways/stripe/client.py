"""Calls to Stripe: one client, its errors in our words, its objects as plain dicts."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import stripe
from django.conf import settings

from donations.gateways.base import (
    AlreadyRefunded,
    AmountTooSmall,
    Contested,
    GatewayRefused,
    GatewayUnavailable,
)

# An empty id calls the list address and ".." climbs the path, so ids are checked before use.
ID = re.compile(r"(cs|pi|ch|py|sub|in|cus|re|pyr|du|dp|evt|txn|po)_[A-Za-z0-9_]{1,250}", re.ASCII)
# A reader waits for some of these calls, and so does a thread of the web server.
TIMEOUT_SECONDS = (3, 10)
RETRIES = 1

REFUSALS: Mapping[str | None, type[GatewayRefused]] = MappingProxyType(
    {
        "amount_too_small": AmountTooSmall,
        "charge_already_refunded": AlreadyRefunded,
        "charge_disputed": Contested,
    }
)


class NotAnId(GatewayRefused):
    """The text is not an id of Stripe's."""


class NotThere(GatewayRefused):
    """Stripe does not know the object."""


@lru_cache(maxsize=4)
def client_for(key: str, api_base: str) -> stripe.StripeClient:
    """The client of one key and address. The SDK's global key stays unset so that a slip fails."""
    stripe.enable_telemetry = False
    return stripe.StripeClient(
        key,
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        base_addresses={"api": api_base} if api_base else None,
    )


def client() -> stripe.StripeClient:
    """The client of the settings in force."""
    return client_for(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


def checked(ref: str) -> str:
    """The id itself. Raises NotAnId."""
    if not ID.fullmatch(ref):
        raise NotAnId("not an id of Stripe's")
    return ref


def plain(obj: stripe.StripeObject) -> dict[str, Any]:
    """A Stripe object as JSON-ready dicts and lists."""
    converted: dict[str, Any] = obj.to_dict(for_json=True)
    return converted


@contextmanager
def our_errors() -> Iterator[None]:
    """Say in our words what went wrong at Stripe, with its request id and no data of people."""
    try:
        yield
    except stripe.APIConnectionError as error:
        raise GatewayUnavailable("Stripe could not be reached") from error
    except (stripe.RateLimitError, stripe.APIError) as error:
        raise GatewayUnavailable(describe(error), answered=True) from error
    except stripe.InvalidRequestError as error:
        raise refusal(error) from error
    except stripe.IdempotencyError as error:
        raise unanswered(error) from error
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise GatewayUnavailable(describe(error), answered=True) from error
    except stripe.StripeError as error:
        raise GatewayRefused(describe(error)) from error


def refusal(error: stripe.InvalidRequestError) -> GatewayRefused:
    """Which of our refusals a bad request is."""
    if error.code in REFUSALS:
        return REFUSALS[error.code](describe(error))
    if error.http_status == 404:
        return NotThere(describe(error))
    return GatewayRefused(describe(error))


def unanswered(error: stripe.IdempotencyError) -> GatewayUnavailable | GatewayRefused:
    """The first call under this key is still running: what becomes of it nobody knows yet."""
    if error.code == "idempotency_key_in_use":
        return GatewayUnavailable(describe(error))
    return GatewayRefused(describe(error))


def describe(error: stripe.StripeError) -> str:
    """The kind of error and Stripe's request id: enough to find it in the dashboard."""
    return f"{type(error).__name__} {error.code or ''} (request {error.request_id})"
