"""What every test may use: a Stripe, a PayPal and a mail server of our own, and a newsroom."""

import signal
from collections.abc import Iterator
from typing import NoReturn

import pytest
import stripe as sdk
from django.core.cache import caches
from django.test import override_settings
from django.utils import translation
from pytest_django import Settings

from tests.newsroom import Newsroom
from tests.paypalroom import PayPalRoom
from tests.standins.paypal import PayPalStandin
from tests.standins.smtp import SmtpStandin
from tests.standins.stripe import StripeStandin

WEBHOOK_SECRET = "whsec_test_secret_of_the_suite"


def pytest_configure() -> None:
    """SIGTERM is as good as Ctrl-C: what was started has to be stopped."""
    signal.signal(signal.SIGTERM, interrupted)


def interrupted(*_: object) -> NoReturn:
    """Once; a second signal must not disturb the putting away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


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


@pytest.fixture(scope="session")
def paypal_server() -> Iterator[PayPalStandin]:
    """One server for the whole run."""
    with PayPalStandin() as standin:
        yield standin


@pytest.fixture
def paypal(paypal_server: PayPalStandin, settings: Settings) -> PayPalStandin:
    """A fresh account at the stand-in, and settings that lead to it."""
    paypal_server.reset()
    settings.PAYPAL_WEBSITE_URL = paypal_server.base_url
    settings.PAYPAL_IPN_VERIFY_URL = paypal_server.verify_url
    settings.PAYPAL_IS_STANDIN = True
    return paypal_server


@pytest.fixture(scope="session", autouse=True)
def _impatient_sdk() -> Iterator[None]:
    """The SDK's own retries without its pauses of half a second and more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sdk.HTTPClient, "INITIAL_DELAY", 0.001)
        patch.setattr(sdk.HTTPClient, "MAX_DELAY", 0.002)
        yield


@pytest.fixture(scope="session", autouse=True)
def _paypal_itself() -> Iterator[None]:
    """Links lead to PayPal's own site, where no test goes, and nobody verifies anything."""
    nowhere = "http://127.0.0.1:9/cgi-bin/webscr"
    with override_settings(
        PAYPAL_WEBSITE_URL="https://www.paypal.com",
        PAYPAL_IPN_VERIFY_URL=nowhere,
        PAYPAL_IS_STANDIN=False,
    ):
        yield


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """A page leaves its language behind in its thread; the next request would choose its own."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _cold_cache() -> None:
    for each in caches.all(initialized_only=True):
        each.clear()


@pytest.fixture
def newsroom(db: None, stripe: StripeStandin) -> Newsroom:
    """The service with the stand-in beside it; events are told as they happen."""
    return Newsroom(stripe)


@pytest.fixture
def paypal_room(db: None, paypal: PayPalStandin, settings: Settings) -> PayPalRoom:
    """The service with PayPal beside it, and no card provider; messages are told as it happens."""
    settings.STRIPE_SECRET_KEY = settings.STRIPE_WEBHOOK_SECRET = ""
    return PayPalRoom(paypal)


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpStandin]:
    """A mail server on this machine, and settings that lead to it."""
    with SmtpStandin() as standin:
        settings.EMAIL_BACKEND = "donations.outbox.backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", standin.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_FINAL_REPLY_TIMEOUT = 0.3
        yield standin
