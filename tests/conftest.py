"""What every test may use: a Stripe of our own, and a newsroom that talks to it."""

from collections.abc import Iterator

import pytest
import stripe as sdk
from django.core.cache import caches
from pytest_django import Settings

from tests.newsroom import Newsroom
from tests.standins.stripe import StripeStandin

WEBHOOK_SECRET = "whsec_test_secret_of_the_suite"


@pytest.fixture(scope="session")
def stripe_server() -> Iterator[StripeStandin]:
    """One server for the whole run."""
    with StripeStandin(webhook_secret=WEBHOOK_SECRET) as standin:
        yield standin


@pytest.fixture
def stripe(stripe_server: StripeStandin, settings: Settings) -> StripeStandin:
    """A fresh account at the stand-in, and settings that lead to it."""
    stripe_server.reset()
    settings.STRIPE_SECRET_KEY = "sk_test_suite"
    settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
    settings.STRIPE_API_BASE = stripe_server.base_url
    settings.STRIPE_IS_STANDIN = True
    return stripe_server


@pytest.fixture(scope="session", autouse=True)
def _impatient_sdk() -> Iterator[None]:
    """The SDK's own retries without its pauses of half a second and more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sdk.HTTPClient, "INITIAL_DELAY", 0.001)
        patch.setattr(sdk.HTTPClient, "MAX_DELAY", 0.002)
        yield


@pytest.fixture(autouse=True)
def _cold_cache() -> None:
    for each in caches.all(initialized_only=True):
        each.clear()


@pytest.fixture
def newsroom(db: None, stripe: StripeStandin) -> Newsroom:
    """The service with the stand-in beside it; events are told as they happen."""
    return Newsroom(stripe)
