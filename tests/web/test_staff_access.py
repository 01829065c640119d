"""Who may open the desk, and that looking changes nothing."""

from io import BytesIO

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, reverse

from donations.models import (
    ActivityFile,
    Attribution,
    Broadcast,
    Bucket,
    Donation,
    Feed,
    InboundEvent,
    Message,
    Section,
    Suggestion,
    Suppression,
    Topic,
    User,
)
from donations.web.staff.urls import urlpatterns
from tests.gateways.activity import ENGLISH
from tests.topics.feeds import a_feed
from tests.web.desk import NOON, a_gift, a_supporter
from tests.web.mailings import a_draft
from tests.web.topics import a_topic

pytestmark = pytest.mark.django_db
EVERY_PAGE = pytest.mark.parametrize("pattern", urlpatterns, ids=lambda each: str(each.name))
BUTTONS = {
    "staff_decide",
    "staff_undo",
    "staff_alike",
    "staff_paypal_answer",
    "staff_paypal_again",
    "staff_paypal_confirm",
    "staff_paypal_discard",
    "staff_broadcast_rate",
    "staff_broadcast_proof",
    "staff_broadcast_approve",
    "staff_broadcast_step",
    "staff_topic_preview",
    "staff_topic_unpublish",
    "staff_topic_delete",
    "staff_section_up",
    "staff_section_down",
    "staff_section_close",
    "staff_section_reopen",
    "staff_feed_ask",
    "staff_feed_pause",
    "staff_feed_remove",
    "staff_suggestion_open",
    "staff_suggestion_hide",
    "staff_suggestion_answer",
    "staff_suggestion_take_up",
    "staff_suggestion_merge",
    "staff_suggestion_unmerge",
    "staff_address_add",
    "staff_address_again",
    "staff_event_again",
}
# What a page is about, by the second word of its name.
MODELS: dict[str, type[Model]] = {
    "address": Suppression,
    "broadcast": Broadcast,
    "decide": Donation,
    "event": InboundEvent,
    "feed": Feed,
    "gift": Donation,
    "section": Section,
    "suggestion": Suggestion,
    "topic": Topic,
    "undo": Attribution,
}


def address(pattern: URLPattern) -> str:
    """The page about the only one of its kind."""
    name = str(pattern.name)
    kwargs: dict[str, object] = {}
    if "pk" in pattern.pattern.converters:
        kwargs = {"pk": model_of(name)._default_manager.latest("pk").pk}
    if "name" in pattern.pattern.converters:
        kwargs["name"] = "cancel"
    return reverse(name, kwargs=kwargs)


def model_of(name: str) -> type[Model]:
    """What a page is about."""
    return MODELS.get(name.split("_")[1], ActivityFile)


@pytest.fixture
def rows() -> list[tuple[object, ...]]:
    """One of each kind, and how it stands."""
    gift = a_gift()
    Attribution.objects.create(donation=gift, action="attached", supporter=a_supporter(), at=NOON)
    ActivityFile.objects.create(
        name="a.csv", sha256="", uploaded_at=NOON, changed_at=NOON, state="ready",
        report={"rows": 1}, survey={"header": [], "columns": {}, "missing": []},
    )  # fmt: skip
    a_draft(User.objects.create_user("author@example.org", is_staff=True))
    a_topic(is_published=False)
    a_feed("https://newscafe.example/feed/")
    InboundEvent.objects.create(
        gateway="stripe", event_id="evt_1", kind="charge.refunded", body=b"{}", state="stuck",
        attempts=100, received_at=NOON, next_attempt_at=NOON,
    )  # fmt: skip
    Suppression.objects.create(email="ion@example.org", reason="asked", source="staff", at=NOON)
    Suggestion.objects.create(title="Bread", language="en", created_at=NOON, changed_at=NOON)
    return standing()


def standing() -> list[tuple[object, ...]]:
    """Everything that a button of the desk may change."""
    return [
        *Donation.objects.values_list("supporter", "pledge", "is_left_alone"),
        *Attribution.objects.values_list("undone_at"),
        *ActivityFile.objects.values_list("state"),
        *Topic.objects.values_list("state", "slug", "changed_at"),
        *Section.objects.values_list("names", "position", "is_open"),
        *Feed.objects.values_list("is_active", "next_poll_at"),
        *Broadcast.objects.values_list("state", "send_at", "changed_at"),
        *Message.objects.filter(kind="proof").values_list("pk"),
        *Bucket.objects.values_list("per_minute"),
        *Suppression.objects.values_list("email", "reason"),
        *InboundEvent.objects.values_list("state", "attempts"),
        *Suggestion.objects.values_list("state", "is_hidden", "answer"),
    ]


@EVERY_PAGE
def test_nobody_is_led_to_the_door(client: Client, rows: object, pattern: URLPattern) -> None:
    door = f"/accounts/login/?next={address(pattern)}"
    assert client.get(address(pattern)).headers["Location"] == door
    assert client.post(address(pattern), {"leave": 1}).headers["Location"] == door
    assert standing() == rows


@EVERY_PAGE
def test_who_is_not_staff_is_told_so(client: Client, rows: object, pattern: URLPattern) -> None:
    client.force_login(User.objects.create_user("ana@example.org"))
    for response in (client.get(address(pattern)), client.post(address(pattern), {"leave": 1})):
        assert response.status_code == 403
        assert "You cannot open this page." in response.content.decode()
    assert standing() == rows


@EVERY_PAGE
def test_looking_changes_nothing(desk: Client, rows: object, pattern: URLPattern) -> None:
    response = desk.get(address(pattern), {"lang": "en", "of": "support"})
    # A draft has pages of its own.
    there = 302 if pattern.name == "staff_broadcast" else 200
    assert response.status_code == (405 if pattern.name in BUTTONS else there)
    assert "no-store" in response.headers["Cache-Control"]
    assert standing() == rows


@EVERY_PAGE
def test_a_form_of_another_site_changes_nothing(
    editor: User, rows: object, pattern: URLPattern
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for data in ({"leave": 1}, {"file": BytesIO(ENGLISH.read_bytes())}):
        assert client.post(address(pattern), data).status_code in (403, 405)
    assert standing() == rows


def test_a_form_of_ours_is_taken(editor: User, rows: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get("/staff/paypal/")
    token = client.cookies["csrftoken"].value
    response = client.post(
        "/staff/paypal/",
        {"file": BytesIO(ENGLISH.read_bytes()), "csrfmiddlewaretoken": token},
    )
    assert response.status_code == 302
    assert ActivityFile.objects.count() == 2


def test_a_colleague_who_left_is_out(desk: Client, editor: User) -> None:
    editor.is_active = False
    editor.save()
    assert desk.get("/staff/").status_code == 302


def test_who_signs_in_comes_to_the_desk(client: Client) -> None:
    User.objects.create_superuser("staff@example.org", "a long enough password")
    signed_in = client.post(
        "/accounts/login/", {"login": "staff@example.org", "password": "a long enough password"}
    )
    assert signed_in.headers["Location"] == "/staff/"


def test_the_menu_leads_everywhere_and_out(desk: Client) -> None:
    page = desk.get("/staff/").content.decode()
    for link in ("/staff/gifts/", "/staff/paypal/", "/staff/articles/", "/admin/"):
        assert f'href="{link}"' in page
    assert 'action="/accounts/logout/"' in page
    assert desk.post("/accounts/logout/").status_code == 302
    assert desk.get("/staff/").status_code == 302
