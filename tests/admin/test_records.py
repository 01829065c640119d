"""Staff see and find everything; what is in the books cannot be changed here."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from donations.models import Outlet, Subscription, User
from tests.newsroom import Newsroom

READ_ONLY = ["article", "consent", "dispute", "donation", "inboundevent", "message", "pledge",
             "posting", "refund", "subscription", "supporter"]  # fmt: skip


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


@pytest.fixture
def busy(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a row of everything."""
    pledge = newsroom.give(article_url="https://newscafe.eu/a", consents={"topics": "Yes."})
    newsroom.stripe.refund(newsroom.payment(pledge), 100)
    newsroom.subscribe(email="ion@example.org")
    payment = newsroom.payment(newsroom.give(email="eva@example.org"))
    newsroom.stripe.open_dispute(payment)
    newsroom.tell()
    return newsroom


def test_every_model_has_its_records() -> None:
    models = set(apps.get_app_config("donations").get_models())
    inside = {"Line", "OutletText", "ActivityFilePart", "ExportPart", "PayoutItem", "LiveClaim"}
    # Counted from the rows, for the figures alone, or done with at once.
    inside |= {name for m in models if (name := m.__name__).endswith("Total")} - {"SupporterTotal"}
    inside |= {"GiftMonth", "Tally", "Movement", "Recount", "Errand", "Forgotten"}
    assert {m.__name__ for m in models} - {m.__name__ for m in admin.site._registry} == inside


@pytest.mark.parametrize("name", READ_ONLY)
def test_a_list_and_a_record(staff: Client, busy: Newsroom, name: str) -> None:
    model = apps.get_model("donations", name)
    assert staff.get(f"/admin/donations/{name}/").status_code == 200
    assert staff.get(f"/admin/donations/{name}/", {"q": "ana"}).status_code == 200
    record = f"/admin/donations/{name}/{model._default_manager.first().pk}/change/"
    page = staff.get(record)
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert staff.post(record, {"amount_minor": 1}).status_code == 403
    assert staff.get(f"/admin/donations/{name}/add/").status_code == 403


def test_the_link_to_a_supporters_page_is_not_shown(staff: Client, busy: Newsroom) -> None:
    subscription = Subscription.objects.get()
    shown = staff.get(f"/admin/donations/subscription/{subscription.pk}/change/").content.decode()
    assert subscription.token not in shown
    message = f"/admin/donations/message/?q={subscription.gateway_ref}"
    assert subscription.token not in staff.get(message).content.decode()


def test_the_newsroom_is_edited_here(staff: Client) -> None:
    page = staff.get("/admin/donations/outlet/1/change/")
    assert page.status_code == 200
    assert Outlet.objects.get().name in page.content.decode()


@pytest.mark.django_db
def test_staff_sign_in_through_allauth(client: Client) -> None:
    User.objects.create_superuser("staff@example.org", "a long enough password")
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    door = client.get("/admin/login/?next=/admin/")
    assert door.headers["Location"].startswith("/accounts/login/")
    signed_in = client.post(
        "/accounts/login/?next=/admin/",
        {"login": "staff@example.org", "password": "a long enough password", "next": "/admin/"},
    )
    assert signed_in.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_who_is_not_staff_stays_outside(client: Client) -> None:
    client.force_login(User.objects.create_user("ana@example.org"))
    assert client.get("/admin/").status_code in (302, 403)
    assert client.get("/admin/donations/donation/", follow=True).status_code == 403


@pytest.mark.django_db
def test_nobody_signs_up_alone(client: Client) -> None:
    client.post(
        "/accounts/signup/",
        {"email": "eve@example.org", "password1": "x9!kdkeKE", "password2": "x9!kdkeKE"},
    )
    assert not User.objects.exists()
