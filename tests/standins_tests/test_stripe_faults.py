"""Faults on request."""

import time

import pytest
import stripe

from tests.standins.stripe import StripeStandin

from .asks import create, gift


@pytest.mark.parametrize(
    ("kind", "error", "status"),
    [
        ("refuse_500", stripe.APIError, 500),
        ("rate_limit_429", stripe.RateLimitError, 429),
        ("card_error", stripe.CardError, 402),
        ("invalid_request", stripe.InvalidRequestError, 400),
        ("auth_401", stripe.AuthenticationError, 401),
    ],
)
def test_an_error_on_request(
    standin: StripeStandin,
    client: stripe.StripeClient,
    kind: str,
    error: type[stripe.StripeError],
    status: int,
) -> None:
    standin.fail_next(kind)
    with pytest.raises(error) as refused:
        create(client, gift())
    assert refused.value.http_status == status
    assert create(client, gift()).id
    assert len(client.v1.checkout.sessions.list().data) == 1


def test_the_sdk_gets_over_a_500_by_itself(standin: StripeStandin) -> None:
    http = stripe.RequestsClient(timeout=5)
    client = stripe.StripeClient(
        "sk_test_x",
        base_addresses={"api": standin.base_url},
        max_network_retries=1,
        http_client=http,
    )
    standin.fail_next("refuse_500")
    assert create(client, gift()).id
    http.close()  # type: ignore[no-untyped-call]


def test_a_timeout_ends_when_the_client_gives_up(standin: StripeStandin) -> None:
    http = stripe.RequestsClient(timeout=0.1)
    client = stripe.StripeClient(
        "sk_test_x", base_addresses={"api": standin.base_url}, http_client=http
    )
    standin.fail_next("timeout")
    began = time.monotonic()
    with pytest.raises(stripe.APIConnectionError):
        create(client, gift())
    assert time.monotonic() - began < 2
    assert len(standin.world.newest_first("checkout.session")) == 1
    http.close()  # type: ignore[no-untyped-call]


def test_only_some_paths_and_times(standin: StripeStandin, client: stripe.StripeClient) -> None:
    standin.fail_next("refuse_500", times=2, path="/events")
    assert create(client, gift()).id
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            client.v1.events.list()
    assert client.v1.events.list().data == []


def test_a_lost_connection_without_execution(
    standin: StripeStandin, client: stripe.StripeClient
) -> None:
    standin.fail_next("drop_connection", executed=False)
    with pytest.raises(stripe.APIConnectionError):
        create(client, gift())
    assert client.v1.checkout.sessions.list().data == []


def test_an_unknown_fault_is_a_mistake_of_the_test(standin: StripeStandin) -> None:
    with pytest.raises(ValueError, match="unknown fault"):
        standin.fail_next("explode")
