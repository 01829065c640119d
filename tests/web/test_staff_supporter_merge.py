"""Two records are compared before they become one, and can be two again."""

from typing import Any

import pytest
from django.test import Client

from donations.care.models import Merge
from donations.history.models import Change
from donations.models import User
from donations.supporters.models import Supporter
from tests.care.worlds import follow_all, give
from tests.web.desk import a_supporter, text_of

TOKEN = "t" * 20


@pytest.fixture
def ana(db: None) -> Supporter:
    return a_supporter()


@pytest.fixture
def ion(db: None) -> Supporter:
    found = a_supporter("ion@example.org", "Ion")
    give(found, gifts=2, agreements=1)
    follow_all(found, ["active", "none", "none", "none"])
    return found


def merge(desk: Client, kept: Supporter, gone: Supporter, **changes: Any) -> Any:
    form = {"other": gone.pk, "why": "Same telephone", "sure": "on", "token": TOKEN, **changes}
    return desk.post(f"/staff/supporters/{kept.pk}/merge/", form, follow=True)


def test_found_compared_made_one_and_two_again(
    desk: Client, ana: Supporter, ion: Supporter
) -> None:
    page = desk.get(f"/staff/supporters/{ana.pk}/merge/?q=ion").content.decode()
    assert f'href="?with={ion.pk}"' in page
    page = text_of(desk.get(f"/staff/supporters/{ana.pk}/merge/?with={ion.pk}"))
    for told in ("Are these one person?", "ion@example.org leads here", "in 3 payments", "S0"):
        assert told in page

    page = text_of(merge(desk, ana, ion))
    assert "They are one now." in page
    assert "ion@example.org · leads here" in page
    assert "Same telephone" in page
    assert desk.get(f"/staff/supporters/{ion.pk}/").headers["Location"].endswith(f"/{ana.pk}/")

    assert "Merged before" in text_of(desk.get(f"/staff/supporters/{ana.pk}/merge/"))
    done = Merge.objects.get()
    page = text_of(desk.post(f"/staff/supporters/merges/{done.pk}/undo/", follow=True))
    assert "They are two again" in page
    assert "Ion" in text_of(desk.get(f"/staff/supporters/{ion.pk}/"))
    page = text_of(desk.post(f"/staff/supporters/merges/{done.pk}/undo/", follow=True))
    assert "It was undone already" in page


def test_a_double_click_is_one_merge(desk: Client, ana: Supporter, ion: Supporter) -> None:
    merge(desk, ana, ion)
    assert "not here any more" in text_of(merge(desk, ana, ion))
    assert Merge.objects.count() == Change.objects.count() == 1


@pytest.mark.parametrize("changes", [{"sure": ""}, {"token": "x"}])
def test_not_without_a_yes(
    desk: Client, ana: Supporter, ion: Supporter, changes: dict[str, str]
) -> None:
    assert merge(desk, ana, ion, **changes).status_code == 422
    assert not Merge.objects.exists()


@pytest.mark.parametrize("other", ["", "x", "9" * 30, "999"])
def test_with_nobody(desk: Client, ana: Supporter, other: str) -> None:
    assert "Nothing was changed." in text_of(merge(desk, ana, ana, other=other))
    assert desk.get(f"/staff/supporters/{ana.pk}/merge/", {"with": other}).status_code == 200


def test_not_with_oneself(desk: Client, ana: Supporter) -> None:
    page = text_of(merge(desk, ana, ana))
    assert "Nothing was changed." in page
    assert not Merge.objects.exists()


def test_an_editor_merges_nobody(client: Client, ana: Supporter, ion: Supporter) -> None:
    client.force_login(User.objects.create_user("w@example.org", is_staff=True, role="editor"))
    assert merge(client, ana, ion).status_code == 403
    assert client.post("/staff/supporters/merges/1/undo/").status_code == 403
