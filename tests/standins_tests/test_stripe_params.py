"""The border: forms decoded, types checked."""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stripe import params as sdk
from stripe._encode import _api_encode

from tests.standins.common.clock import after
from tests.standins.stripe.errors import ApiError
from tests.standins.stripe.money import plain, processing_fee, settle, share
from tests.standins.stripe.params import schema
from tests.standins.stripe.params.form import decode

words = st.text("aZ01ș &=%+.,;", min_size=1, max_size=6)
branches = st.dictionaries(words, words, min_size=1, max_size=3)
twigs = st.dictionaries(words, words | branches, min_size=1, max_size=3)
trees = st.dictionaries(words, words | twigs, min_size=1, max_size=3)


@settings(max_examples=40)
@given(trees)
def test_what_the_sdk_encodes_is_decoded(tree: dict[str, Any]) -> None:
    form = urlencode(list(_api_encode(tree)))
    assert decode(form) == tree


@pytest.mark.parametrize("body", ["a[=1", "[a]=1", "a]=1", "a=1&a[b]=2", "a[b=1"])
def test_malformed_names(body: str) -> None:
    with pytest.raises(ApiError):
        decode(body)


def test_lists_come_in_the_order_of_their_numbers() -> None:
    raw = decode("&".join(f"types[{n}]=t{n}" for n in (10, 2, 1)))
    assert schema.read(sdk.EventListParams, raw) == {"types": ["t1", "t2", "t10"]}
    assert schema.read(sdk.EventListParams, decode("types[]=a&types[]=b"))["types"] == ["a", "b"]


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("cancel_at_period_end=true", {"cancel_at_period_end": True}),
        ("pause_collection=", {"pause_collection": ""}),
        ("cancel_at=", {"cancel_at": ""}),
        ("cancel_at=1800000000", {"cancel_at": 1_800_000_000}),
        ("description=free+text", {"description": "free text"}),
        ("metadata[a]=1", {"metadata": {"a": "1"}}),
    ],
)
def test_values_get_their_types(body: str, typed: dict[str, Any]) -> None:
    assert schema.read(sdk.SubscriptionUpdateParams, decode(body)) == typed


@pytest.mark.parametrize("body", ["cancel_at=soon", "items=x", "items[0]=x", "metadata=x"])
def test_wrong_types(body: str) -> None:
    with pytest.raises(ApiError) as refused:
        schema.read(sdk.SubscriptionUpdateParams, decode(body))
    assert refused.value.error["param"]


def test_fees_and_conversion() -> None:
    assert processing_fee(1000) == 40
    assert processing_fee(1033) == 40  # 15.495
    assert processing_fee(1100) == 42  # 16.5, the half goes up
    assert settle(20000, "mdl", {"eur"}).amount == 1012
    assert settle(1500, "jpy", {"eur"}).amount == 900
    assert share(-200, 1, 3) == -67
    assert (plain(1250, "eur"), plain(1500, "jpy")) == ("12.50 EUR", "1500 JPY")


@settings(max_examples=60)
@given(st.integers(0, 4_000_000_000), st.integers(1, 36), st.sampled_from(["month", "year"]))
def test_a_period_is_never_empty(start: int, count: int, interval: str) -> None:
    assert after(start, interval, count, anchor=start) >= start + count * 28 * 86400
