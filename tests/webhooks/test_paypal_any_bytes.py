"""Whatever is posted to PayPal's door: kept as it came or refused at once, never a fault."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donations.webhooks.models import InboundEvent
from tests.paypalroom import PAYLOADS, PayPalRoom

SAMPLES = [path.read_bytes() for path in sorted(PAYLOADS.glob("*.txt"))]
pieces = st.binary(max_size=20) | st.sampled_from(
    (
        *(b"&txn_id=1", b"&payment_status=Completed", b"&mc_gross=1e9", b"&mc_gross=-0.001"),
        *(b"&charset=idna", b"&charset=%00", b"&mc_currency=%E2%82%AC", b"&payment_date=N/A"),
        *(
            b"%",
            b"%ff",
            b"%ED%A0%80",
            b"\0",
            b"&",
            b"=",
            b";",
            b"&txn_type=",
            b"&txn_type=new_case",
        ),
    )
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A true message of which a part is missing or was replaced."""
    body = draw(st.sampled_from(SAMPLES))
    begin = draw(st.integers(0, len(body)))
    return body[:begin] + draw(pieces) + body[begin + draw(st.integers(0, 60)) :]


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=damaged() | st.lists(pieces, max_size=6).map(b"".join))
def test_any_bytes_even_if_paypal_vouches_for_them(paypal_room: PayPalRoom, body: bytes) -> None:
    with transaction.atomic():
        status = paypal_room.post(paypal_room.paypal.sign(body))
        kept = [bytes(event.body) for event in InboundEvent.objects.all()]
        assert (status, kept) in ((200, [body]), (400, []))

        paypal_room.settle()
        assert set(paypal_room.states()) <= {"done", "pending", "parked"}
        paypal_room.check_books()
        transaction.set_rollback(True)
