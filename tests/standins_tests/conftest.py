from collections.abc import Iterator

import pytest
import stripe

from tests.standins.paypal import PayPalStandin
from tests.standins.stripe import StripeStandin

from .receiver import Receiver


@pytest.fixture(scope="session")
def running() -> Iterator[StripeStandin]:
    with StripeStandin() as standin:
        yield standin


@pytest.fixture
def standin(running: StripeStandin) -> StripeStandin:
    running.reset()
    return running


@pytest.fixture
def pal(paypal_server: PayPalStandin) -> PayPalStandin:
    """PayPal with an empty account."""
    paypal_server.reset()
    return paypal_server


@pytest.fixture
def telling(receiver: Receiver) -> Iterator[PayPalStandin]:
    """A PayPal of its own, which posts its messages to the receiver."""
    with PayPalStandin(notify_url=receiver.url) as standin:
        standin.courier.retry_delays = (0.01, 0.01)
        yield standin


@pytest.fixture
def client(standin: StripeStandin) -> Iterator[stripe.StripeClient]:
    yield from connect(standin)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def posting(receiver: Receiver) -> Iterator[StripeStandin]:
    """A stand-in of its own, which posts its events to the receiver."""
    with StripeStandin(webhook_url=receiver.url) as standin:
        standin.courier.retry_delays = (0.01, 0.01)
        yield standin


@pytest.fixture
def posting_client(posting: StripeStandin) -> Iterator[stripe.StripeClient]:
    yield from connect(posting)


def connect(standin: StripeStandin) -> Iterator[stripe.StripeClient]:
    http = stripe.RequestsClient(timeout=5)
    yield stripe.StripeClient(
        "sk_test_x",
        base_addresses={"api": standin.base_url},
        max_network_retries=0,
        http_client=http,
    )
    http.close()  # type: ignore[no-untyped-call]
