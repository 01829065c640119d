"""Who may open the desk: every address, every role, and nobody. Looking changes nothing."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from donations.models import ActivityFile, User
from donations.supporters.models import Role
from donations.team.rights import RIGHTS, Right
from tests.gateways.activity import ENGLISH
from tests.web.staffpages import PAGES, a_world, address, methods, standing
from tests.web.staffrights import OWN, TABLE

pytestmark = pytest.mark.django_db
EVERY_PAGE = pytest.mark.parametrize("pattern", PAGES, ids=lambda each: str(each.name))
EVERY_ROLE = pytest.mark.parametrize("role", [*Role.values, ""])
QUERY = {"lang": "en", "of": "support"}


@pytest.fixture
def rows() -> list[tuple[object, ...]]:
    """One of each kind, and how it stands."""
    a_world()
    return standing()


def signed_in(role: str) -> Client:
    """A colleague's browser."""
    client = Client()
    client.force_login(User.objects.create_user(f"{role}@desk.example", is_staff=True, role=role))
    return client


def test_the_table_names_every_address_and_no_other() -> None:
    assert {str(each.name) for each in PAGES} == set(TABLE)


@EVERY_PAGE
def test_every_page_declares_what_it_asks(pattern: URLPattern) -> None:
    look, change = TABLE[str(pattern.name)]
    declared = (
        getattr(pattern.callback, "right", None),
        getattr(pattern.callback, "to_change", None),
    )
    assert all(isinstance(each, Right) for each in declared), "use @allowed on the view"
    assert look in (None, declared[0])
    assert change in (None, declared[1])


def test_nobody_is_led_to_the_door(client: Client, rows: object) -> None:
    for pattern in PAGES:
        door = f"/accounts/login/?next={address(pattern)}"
        assert client.get(address(pattern)).headers["Location"] == door
        assert client.post(address(pattern), {"leave": 1}).headers["Location"] == door
    assert standing() == rows


def test_who_is_not_staff_is_told_so(client: Client, rows: object) -> None:
    client.force_login(User.objects.create_user("ana@example.org", role="administrator"))
    rows = standing()
    for pattern in PAGES:
        here = address(pattern)
        for response in (client.get(here), client.post(here, {"leave": 1})):
            assert response.status_code == 403
            assert "You cannot open this page." in response.content.decode()
    assert standing() == rows


@EVERY_ROLE
def test_each_role_sees_what_the_table_says(rows: object, role: str) -> None:
    client = signed_in(role)
    rows = standing()
    for pattern in PAGES:
        response = client.get(address(pattern), QUERY)
        assert response.status_code == seen(role, pattern), pattern.name
        if response.status_code == 200:
            assert "no-store" in response.headers["Cache-Control"]
    assert standing() == rows


def seen(role: str, pattern: URLPattern) -> int:
    """What comes of looking. Who may not press a button is not told that it is one."""
    look, change = TABLE[str(pattern.name)]
    if Right(look or change or "") not in RIGHTS[Role(role or "viewer")]:
        return 403
    if pattern.name in OWN and role != Role.ADMINISTRATOR:
        return 404
    # A draft has pages of its own.
    there = 302 if pattern.name == "staff_broadcast" else 200
    return there if look else 405


@EVERY_ROLE
def test_each_role_presses_what_the_table_says(rows: object, role: str) -> None:
    client, mine = signed_in(role), RIGHTS[Role(role or "viewer")]
    rows = standing()
    for pattern in PAGES:
        look, change = TABLE[str(pattern.name)]
        with transaction.atomic():
            response = client.post(address(pattern), {"unknown": 1})
            if Right(change or look or "") not in mine:
                assert response.status_code == 403, pattern.name
                assert standing() == rows, pattern.name
            else:
                wanted = (200, 302, 404, 422) if change else (405,)
                assert response.status_code in wanted, pattern.name
            transaction.set_rollback(True)


def test_every_page_says_which_methods_it_takes(desk: Client, rows: object) -> None:
    for pattern in PAGES:
        look, change = TABLE[str(pattern.name)]
        wanted = ({"GET", "HEAD"} if look else set()) | ({"POST"} if change else set())
        assert methods(desk, pattern) == wanted, pattern.name


def test_a_form_of_another_site_changes_nothing(editor: User, rows: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    rows = standing()
    for pattern in PAGES:
        for data in ({"leave": 1}, {"file": BytesIO(ENGLISH.read_bytes())}):
            assert client.post(address(pattern), data).status_code in (403, 405), pattern.name
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
    for link in ("/staff/gifts/", "/staff/paypal/", "/staff/articles/", "/staff/me/", "/admin/"):
        assert f'href="{link}"' in page
    assert 'action="/accounts/logout/"' in page
    assert desk.post("/accounts/logout/").status_code == 302
    assert desk.get("/staff/").status_code == 302


@pytest.mark.parametrize("role", Role.values)
def test_the_menu_leads_nowhere_that_is_closed(role: str) -> None:
    client = signed_in(role)
    for link in links(client.get("/staff/").content.decode()):
        assert client.get(link).status_code == 200, link


def links(page: str) -> Iterator[str]:
    """Those of the menu."""
    menu = page[page.index("<nav") : page.index("</nav>")]
    yield from (part.split('"')[0] for part in menu.split('href="')[1:])


@pytest.mark.parametrize("role", ["viewer", "editor", "treasurer", ""])
def test_records_are_for_administrators(role: str) -> None:
    client = signed_in(role)
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/donations/donation/").status_code == 302


def test_an_administrator_needs_no_superuser_s_mark_for_records(desk: Client) -> None:
    assert desk.get("/admin/donations/donation/").status_code == 200
    assert desk.get("/admin/donations/outlet/1/change/").status_code == 200
