"""What an administrator changes among the records is in the history too."""

import pytest
from django.test import Client

from donations.models import Change, Outlet, Picture, Suppression, User
from tests.web.desk import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    user = User.objects.create_user("boss@example.org", is_staff=True, role="administrator")
    client.force_login(user)
    return client


def form_of(client: Client, address: str) -> dict[str, object]:
    """What the browser would send back unchanged."""
    context = client.get(address).context
    sets = [each.formset for each in context["inline_admin_formsets"]]
    lines = [form for each in sets for form in each.forms]
    forms = [context["adminform"].form, *lines, *(each.management_form for each in sets)]
    data: dict[str, object] = {}
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    return {name: value for name, value in data.items() if value is not False}


def test_a_setting_with_before_and_after(boss: Client) -> None:
    here = f"/admin/donations/outlet/{Outlet.objects.get().pk}/change/"
    before = Outlet.objects.get().name
    answer = boss.post(here, {**form_of(boss, here), "name": "The Café"})
    assert answer.status_code == 302, answer.context["errors"]
    change = Change.objects.get()
    assert (change.what, change.by_email) == ("record.changed", "boss@example.org")
    assert (change.before, change.after) == ({"name": before}, {"name": "The Café"})


def test_saved_without_a_change_leaves_nothing(boss: Client) -> None:
    here = f"/admin/donations/outlet/{Outlet.objects.get().pk}/change/"
    assert boss.post(here, form_of(boss, here)).status_code == 302
    assert not Change.objects.exists()


def test_a_line_that_hangs_on_it(boss: Client) -> None:
    here = f"/admin/donations/outlet/{Outlet.objects.get().pk}/change/"
    said = form_of(boss, here)
    name = next(each for each in said if each.endswith("-mission"))
    boss.post(here, {**said, name: "We ask."})
    change = Change.objects.get()
    assert change.about_kind == "outlettext"
    assert change.after == {"mission": "We ask."}


def test_what_is_removed_says_one_last_time_what_it_was(boss: Client) -> None:
    for number in range(2):
        Suppression.objects.create(
            email=f"a{number}@example.org", reason="asked", source="staff", at=NOON
        )
    one, other = Suppression.objects.order_by("pk")
    boss.post(f"/admin/donations/suppression/{one.pk}/delete/", {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    boss.post("/admin/donations/suppression/", chosen)
    assert not Suppression.objects.exists()
    assert [each.before["email"] for each in Change.objects.order_by("pk")] == [
        "a0@example.org",
        "a1@example.org",
    ]


def test_a_picture_s_bytes_are_not_kept(boss: Client) -> None:
    picture = Picture.objects.create(
        digest="d" * 64, content_type="image/jpeg", data=b"x", width=1, height=1, created_at=NOON
    )
    boss.post(f"/admin/donations/picture/{picture.pk}/delete/", {"post": "yes"})
    assert "data" not in Change.objects.get().before


def test_logins_are_not_changed_here(boss: Client) -> None:
    user = User.objects.get()
    here = f"/admin/donations/user/{user.pk}/change/"
    assert boss.get(here).status_code == 200
    assert boss.post(here, {"role": "viewer"}).status_code == 403
    assert boss.get(f"/admin/donations/user/{user.pk}/password/").status_code in (302, 404)
    assert user.password not in boss.get(here).content.decode()
