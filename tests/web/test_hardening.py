"""What somebody with bad intentions may try, and what a tired member of staff may type."""

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from donations.models import Message, Outlet, User
from tests.newsroom import Newsroom


@pytest.mark.django_db
def test_no_letter_to_somebody_without_an_account(client: Client) -> None:
    User.objects.create_superuser("staff@example.org", "a long enough password")
    client.post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert not Message.objects.exists()
    client.post("/accounts/password/reset/", {"email": "staff@example.org"})
    assert [letter.to for letter in Message.objects.all()] == ["staff@example.org"]


@pytest.mark.django_db
def test_an_upload_is_refused_before_it_is_read(client: Client) -> None:
    large = SimpleUploadedFile("x.bin", b"x" * 2_000_000)
    assert client.post("/en/give/", {"name": large}).status_code == 413


@pytest.mark.django_db
def test_odd_addresses_do_not_fill_the_memory(client: Client) -> None:
    pages = caches["pages"]
    client.get("/en/?article=https://news.example/" + "a" * 5000)
    assert not pages._cache  # type: ignore[attr-defined]
    for number in range(320):
        pages.set(f"warm:{number}", "x")
    assert len(pages._cache) <= 300  # type: ignore[attr-defined]


def test_many_looks_at_the_thanks_page_are_one_question(newsroom: Newsroom) -> None:
    session = newsroom.begin()
    newsroom.stripe.requests.clear()
    for _look in range(5):
        newsroom.client.get("/ro/thanks/", {"session_id": session})
    assert len(newsroom.stripe.requests) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("card_currencies", "EUR"),
        ("card_currencies", ["eur"]),
        ("paypal_currencies", ["XYZ"]),
        ("presets", {"EUR": [500]}),
        ("presets", {"EUR": {"weekly": [500]}}),
        ("presets", {"EUR": {"once": ["5"]}}),
        ("presets", {"EUR": {"once": [True]}}),
        ("minimums", {"EUR": "5"}),
        ("minimums", {"EUR": 0}),
        ("paypal_handle", "news cafe"),
        ("paypal_handle", "newscafe\n"),
    ],
)
def test_a_slip_of_staff_is_told_before_it_is_shown(field: str, value: object) -> None:
    outlet = Outlet.objects.get()
    outlet.full_clean()
    setattr(outlet, field, value)
    with pytest.raises(ValidationError, match=field):
        outlet.full_clean()
