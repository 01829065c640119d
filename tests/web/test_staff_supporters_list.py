"""The desk's list of supporters: found, filtered, put in order, turned over, kept as a view."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from config.logs import WithoutTokens
from donations.insights.models import Standing
from donations.models import SavedView, User
from tests.lists.crowd import a_supporter
from tests.web.desk import text_of

Counted = Callable[..., Any]
HERE = "/staff/supporters/"


def links(response: Any) -> dict[str, str]:
    """Where each link of the page leads, by its words."""
    page = response.content.decode()
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {" ".join(re.sub("<[^>]+>", " ", t).split()): h.replace("&amp;", "&") for h, t in found}


def follow(desk: Client, response: Any, words: str) -> Any:
    """Click."""
    return desk.get(links(response)[words].replace("?", f"{HERE}?", 1).replace(HERE * 2, HERE))


@pytest.fixture
def user_of_role(db: None) -> Callable[[str], User]:
    return lambda role: User.objects.create_user(f"{role}@example.org", is_staff=True, role=role)


def test_an_empty_list_says_who_will_come(desk: Client) -> None:
    assert "Nobody has given yet. Whoever gives" in text_of(desk.get(HERE))


def test_a_row(desk: Client) -> None:
    who = a_supporter(
        "Ana P.", email="ana@example.org", kind=Standing.Kind.REGULAR, given={"EUR": 1050, "MDL": 5}
    )
    response = desk.get(HERE)
    page = text_of(response)
    assert "1 supporter" in page
    for told in ("Ana P.", "ana@example.org", "gives regularly", "Romanian"):
        assert told in page
    assert "10.50" in page
    assert "0.05" in page
    assert links(response)["Ana P."] == f"/staff/supporters/{who.pk}/"
    assert 'title="20 Nov 2026, 12:00:00' in response.content.decode()


def test_the_first_view_of_somebody_whose_standing_is_not_reckoned(desk: Client) -> None:
    who = a_supporter("Ana", given={})
    Standing.objects.all().delete()
    assert "Ana" in text_of(desk.get(f"{HERE}?sort=new"))
    assert who.pk


def test_filters_combine_and_come_off_one_by_one(desk: Client) -> None:
    a_supporter("Ana", language="ru", kind=Standing.Kind.REGULAR)
    a_supporter("Ion", language="ru")
    a_supporter("Mia", kind=Standing.Kind.REGULAR)
    both = desk.get(f"{HERE}?kind=regular&language=ru")
    assert "Ion" not in text_of(both)
    assert "Mia" not in text_of(both)
    assert "gives regularly take this filter off ×" in text_of(both)
    one = follow(desk, both, "Russian take this filter off ×")
    assert "Mia" in text_of(one)
    assert "Ion" not in text_of(one)
    assert "3 supporters" in text_of(follow(desk, one, "gives regularly take this filter off ×"))


def test_nobody_fits(desk: Client) -> None:
    a_supporter("Ana")
    assert "Nobody fits all of this." in text_of(desk.get(f"{HERE}?q=zzz"))


def test_a_form_with_blanks_leads_to_the_address_without_them(desk: Client) -> None:
    response = desk.get(f"{HERE}?q=ana&kind=&language=&currency=&given=&sort=name")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{HERE}?q=ana&sort=name"


def test_what_is_so_anyhow_does_not_stand_in_the_address(desk: Client) -> None:
    usual = ["email", "kind", "given", "gifts", "latest", "language"]
    query = "&".join(f"cols={name}" for name in usual)
    response = desk.get(f"{HERE}?q=&sort=latest&{query}")
    assert response.headers["Location"] == HERE


def test_a_mistake_is_said_beside_its_field(desk: Client) -> None:
    a_supporter("Ana")
    page = text_of(desk.get(f"{HERE}?given=50&kind="))
    assert "Choose the currency of the amount, too." in page
    assert "1 supporter" in page


def test_one_or_two_letters_are_a_beginning(desk: Client) -> None:
    a_supporter("Ana", email="x@example.org")
    assert "1 supporter" in text_of(desk.get(f"{HERE}?q=an"))
    assert "One or two letters find names" in text_of(desk.get(f"{HERE}?q=na"))


def test_turning_over(desk: Client) -> None:
    for number in range(120):
        a_supporter(f"Reader {number:03}", days=number // 2)
    first = desk.get(HERE)
    assert "Reader 001" in text_of(first)
    assert "← Previous" not in links(first)
    second = follow(desk, first, "Next →")
    last = follow(desk, second, "Next →")
    assert "Next →" not in links(last)
    assert text_of(follow(desk, first, "Last")).count("Reader ") == 50
    assert text_of(follow(desk, last, "First")) == text_of(first)
    assert text_of(follow(desk, last, "← Previous")) == text_of(second)
    assert "Reader 118" in text_of(last)


def test_orders_and_columns_stand_in_the_address(desk: Client) -> None:
    a_supporter("Ion", given={"EUR": 100})
    a_supporter("Ana", days=1, given={"EUR": 200})
    page = text_of(desk.get(HERE))
    assert page.index("Ion") < page.index("Ana")
    for query in ("sort=name", "sort=most-EUR"):
        page = text_of(desk.get(f"{HERE}?{query}"))
        assert page.index("Ana") < page.rindex("Ion")
    narrow = desk.get(f"{HERE}?cols=email&cols=proved").content.decode()
    assert len(re.findall('<th scope="col"', narrow)) == 2


def test_a_view_is_kept_opened_renamed_and_deleted(desk: Client, editor: User) -> None:
    a_supporter("Ana", kind=Standing.Kind.REGULAR)
    a_supporter("Ion")
    kept = {"name": "Monthly", "query": "kind=regular", "is_shared": "on"}
    page = text_of(desk.post("/staff/views/supporters/save/", kept, follow=True))
    assert "Kept as “Monthly”." in page
    assert "Ion" not in page
    opened = follow(desk, desk.get(HERE), "Monthly")
    assert "1 supporter" in text_of(opened)

    view = SavedView.objects.get()
    renamed = desk.post(f"/staff/views/{view.pk}/change/", {"name": "Loyal"}, follow=True)
    assert "Kept as “Loyal”." in text_of(renamed)
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.owner) == ("Loyal", False, editor)
    gone = desk.post(f"/staff/views/{view.pk}/delete/", follow=True)
    assert "“Loyal” is no longer kept." in text_of(gone)
    assert "You keep no view of this list." in text_of(gone)


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_needs_a_name(desk: Client, name: str) -> None:
    for address in ("/staff/views/supporters/save/",):
        page = text_of(desk.post(address, {"name": name}, follow=True))
        assert "Give the view a name of at most 60 letters." in page


def test_two_views_of_one_name(desk: Client) -> None:
    for name in ("One", "Two"):
        desk.post("/staff/views/supporters/save/", {"name": name})
    two = SavedView.objects.get(name="Two")
    page = desk.post(f"/staff/views/{two.pk}/change/", {"name": "One"}, follow=True)
    assert "You have another view of this name." in text_of(page)
    page = desk.post(f"/staff/views/{two.pk}/change/", {"name": ""}, follow=True)
    assert "Give the view a name of at most 60 letters." in text_of(page)


def test_a_colleague_s_view_can_be_opened_and_not_changed(
    desk: Client, user_of_role: Callable[[str], User]
) -> None:
    other = user_of_role("treasurer")
    view = SavedView.objects.create(
        owner=other,
        room="supporters",
        name="Theirs",
        is_shared=True,
        changed_at="2026-11-20T12:00Z",
    )
    assert "Theirs by treasurer@example.org" in text_of(desk.get(HERE))
    assert "Shared by colleagues" in text_of(desk.get("/staff/views/supporters/"))
    for what in ("change", "delete"):
        assert desk.post(f"/staff/views/{view.pk}/{what}/", {"name": "Mine"}).status_code == 404
    assert SavedView.objects.get().name == "Theirs"


def test_no_such_list(desk: Client) -> None:
    assert desk.get("/staff/views/secrets/").status_code == 404
    assert desk.post("/staff/views/secrets/save/", {"name": "x"}).status_code == 404


def test_viewers_see_nobody(client: Client, user_of_role: Callable[[str], User]) -> None:
    client.force_login(user_of_role("viewer"))
    for address in (HERE, "/staff/views/supporters/"):
        assert client.get(address).status_code == 403
    assert client.post("/staff/views/supporters/save/", {"name": "x"}).status_code == 403


def test_editors_are_offered_no_export(client: Client, user_of_role: Callable[[str], User]) -> None:
    a_supporter("Ana")
    client.force_login(user_of_role("editor"))
    assert "Export" not in text_of(client.get(HERE))


def test_as_many_queries_for_sixty_as_for_one(
    desk: Client, django_assert_num_queries: Counted, django_assert_max_num_queries: Counted
) -> None:
    a_supporter("Ana", given={"EUR": 1, "MDL": 1})
    desk.get(HERE)
    query = f"{HERE}?q=ana&currency=EUR&sort=name&cols=name&cols=given&cols=topics"
    with django_assert_max_num_queries(19) as few:
        desk.get(query)
    for _each in range(59):
        a_supporter("Ana", given={"EUR": 1, "MDL": 1})
    with django_assert_num_queries(len(few)):
        desk.get(query)


@pytest.mark.parametrize(
    "query", ["after=1-x", "before=99999999999999999999-1", "last=x", "q=%00", "sort=x&after=1-1"]
)
def test_odd_addresses(desk: Client, query: str) -> None:
    a_supporter("Ana")
    response = desk.get(f"{HERE}?{query}", follow=True)
    assert response.status_code == 200
    assert "Ana" in text_of(response)


def test_what_is_searched_for_is_in_no_log(desk: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        desk.get(f"{HERE}?q=ana.secret@example.org")
        desk.get(f"{HERE}nowhere/?q=ana.secret@example.org")
        desk.post(f"{HERE}?q=ana.secret@example.org")
    said = [each.getMessage() for each in caplog.records if each.name != "django.db.backends"]
    assert said
    assert not any("ana.secret" in each for each in said)


def test_a_server_that_logs_whole_addresses_logs_no_words_of_a_search() -> None:
    line = '"GET %s HTTP/1.1" 200'
    path = f"{HERE}?sort=name&q=ana%40example.org&kind=regular"
    record = logging.LogRecord("granian.access", logging.INFO, "", 1, line, (path,), None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == f'"GET {HERE}?sort=name&q=…&kind=regular HTTP/1.1" 200'
