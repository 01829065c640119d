"""The history as the desk shows it: newest first, filtered, before and after in words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donations.history.operations import keep_change
from donations.history.queries import PER_PAGE
from donations.models import Change, Section, User
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db


def a_change(by: User | None, what: str = "section.renamed", **told: object) -> Change:
    kept = {"before": {"names": {"en": "Bread"}}, "after": {"names": {"en": "Toast"}}, **told}
    section = Section.objects.order_by("pk").first()
    assert section is not None
    return keep_change(what=what, by=by, about=section, at=timezone.now(), **kept)  # type: ignore[arg-type]


def test_what_was_and_what_became(desk: Client, editor: User) -> None:
    a_change(editor)
    page = text_of(desk.get("/staff/history/"))
    assert "editor@example.org renamed a section" in page
    assert "en: Bread" in page
    assert "en: Toast" in page


def test_codes_and_moments_are_told_in_words(desk: Client, editor: User) -> None:
    before = {"role": "editor", "is_active": True, "send_at": None}
    after = {"role": "viewer", "is_active": False, "send_at": "2026-05-03T12:00:00+00:00"}
    a_change(editor, "colleague.role_changed", before=before, after=after)
    page = text_of(desk.get("/staff/history/"))
    for words in ("Editor", "Viewer", "yes", "no", "3 May 2026"):
        assert words in page
    assert "2026-05-03T12" not in page


def test_what_has_no_words_yet_is_shown_all_the_same(desk: Client, editor: User) -> None:
    a_change(editor, "gift_card.printed_twice", before={}, after={"paper_size": "A4"})
    page = text_of(desk.get("/staff/history/"))
    assert "gift card: printed twice" in page
    assert "Paper size" in page


def test_the_command_line_has_a_name(desk: Client) -> None:
    a_change(None)
    assert "the command line" in text_of(desk.get("/staff/history/"))


def test_filters(desk: Client, editor: User) -> None:
    other = User.objects.create_user("ion@example.org", is_staff=True, role="editor")
    mine, theirs = a_change(editor), a_change(other, "topic.published")
    for query, shown in (
        ({"by": other.pk}, "published a topic"),
        ({"what": "topic"}, "published a topic"),
        ({"what": "section"}, "renamed a section"),
        ({"kind": "section", "id": mine.about_id}, "renamed a section"),
    ):
        assert shown in text_of(desk.get("/staff/history/", query))
    assert "renamed a section" not in text_of(desk.get("/staff/history/", {"by": other.pk}))
    assert theirs.about_kind == "section"
    nothing = text_of(desk.get("/staff/history/", {"kind": "section", "id": "0"}))
    assert "Nothing of this kind was done." in nothing


@pytest.mark.parametrize("query", ["by=x", "before=x", "before=-1", "kind=%00", "id=%00", "what=x"])
def test_odd_questions(desk: Client, editor: User, query: str) -> None:
    a_change(editor)
    assert desk.get(f"/staff/history/?{query}").status_code == 200


def test_page_by_page_nothing_is_missed(desk: Client, editor: User) -> None:
    made = [a_change(editor, after={"n": n}).pk for n in range(2 * PER_PAGE + 3)]
    seen, address = [], "/staff/history/"
    while address:
        page = desk.get(address)
        seen += [line.change.pk for line in page.context["lines"]]
        older = page.context["older"]
        address = f"/staff/history/?before={older}" if older else ""
    assert seen == made[::-1]


def test_a_name_does_not_steer_the_page(desk: Client, editor: User) -> None:
    a_change(editor, name="<script>alert(1)</script>")
    page = desk.get("/staff/history/").content.decode()
    assert "<script>alert" not in page


def test_the_newest_is_first(desk: Client, editor: User) -> None:
    first, then = a_change(editor), a_change(editor, "section.closed")
    assert first.at - then.at < timedelta(minutes=1)
    lines = desk.get("/staff/history/").context["lines"]
    assert [each.change for each in lines] == [then, first]
