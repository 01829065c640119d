"""Every broadcast in one list, what needs a person first; how fast mail to many may leave."""

from typing import Any

import pytest
from django.test import Client

from donations.broadcasts.models import Broadcast
from donations.models import Bucket, Suppression, User
from tests.web.desk import text_of
from tests.web.mailings import (
    a_draft,
    a_follower,
    a_topic,
    begun,
    forgotten,
    four_eyes,
    questions,
    scheduled,
    settle,
)


def test_an_empty_list_says_what_will_come(desk: Client) -> None:
    assert "None yet. A broadcast tells everybody" in text_of(desk.get("/staff/broadcasts/"))


def test_what_needs_a_person_comes_first(desk: Client, editor: User) -> None:
    a_follower()
    settle(begun(editor), sent=1)
    a_draft(editor)
    running = begun(editor)
    scheduled(editor, hours=48)
    forgotten(editor)

    page = text_of(desk.get("/staff/broadcasts/"))

    groups = ["Needs a person", "On its way", "Scheduled", "Drafts", "Over"]
    places = [page.index(f" {name} Topic") for name in groups]
    assert places == sorted(places)
    assert "Everybody who follows “Politics”" in page
    assert running.recipient_count == 1


def test_the_menu_counts_what_waits_for_a_person(desk: Client, editor: User) -> None:
    scheduled(editor, hours=48)
    assert '<b class="count">' not in desk.get("/staff/").content.decode()
    forgotten(editor)
    four_eyes()
    scheduled(editor)
    assert '<b class="count">2</b>' in desk.get("/staff/").content.decode()
    page = text_of(desk.get("/staff/broadcasts/"))
    assert "needs a look" in page
    assert "waits for a colleague" in page


def test_the_number_of_queries_does_not_grow(desk: Client, editor: User) -> None:
    a_draft(editor)
    before = questions(desk, "/staff/broadcasts/")
    for _each in range(4):
        a_draft(editor)
        scheduled(editor)
        forgotten(editor)
    assert questions(desk, "/staff/broadcasts/") == before <= 4


def test_how_fast_mail_may_leave(desk: Client) -> None:
    assert "Kept." in text_of(
        desk.post("/staff/broadcasts/rate/", {"per_minute": 600}, follow=True)
    )
    assert Bucket.objects.get(name="broadcasts").per_minute == 600
    assert 'value="600"' in desk.get("/staff/broadcasts/").content.decode()
    desk.post("/staff/broadcasts/rate/", {"per_minute": ""})
    assert Bucket.objects.get(name="broadcasts").per_minute is None


@pytest.mark.parametrize("typed", ["0", "-1", "many", "99999999"])
def test_a_rate_that_is_none(desk: Client, typed: str) -> None:
    response = desk.post("/staff/broadcasts/rate/", {"per_minute": typed})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert not Bucket.objects.exists()


def test_a_draft_is_made_by_a_button_only(desk: Client, editor: User) -> None:
    topic = a_topic()
    page = text_of(desk.get("/staff/broadcasts/new/", {"topic": topic.pk}))
    assert "Who owns the bridges?" in page
    assert not Broadcast.objects.exists()

    response = desk.post("/staff/broadcasts/new/", {"topic": topic.pk})

    made = Broadcast.objects.get()
    assert response.headers["Location"] == f"/staff/broadcasts/{made.pk}/edit/"
    assert (made.author, made.topic, made.state) == (editor, topic, "draft")
    assert made.editions.count() == 3


def test_without_a_topic_it_is_asked_about_which(desk: Client) -> None:
    assert "No topic is published yet." in text_of(desk.get("/staff/broadcasts/new/"))
    a_topic(state="draft", published_at=None)
    assert "No topic is published yet." in text_of(desk.get("/staff/broadcasts/new/"))
    a_topic()
    page = text_of(desk.get("/staff/broadcasts/new/"))
    assert page.count("Write about it") == 1


@pytest.mark.parametrize("topic", ["", "x", "-1"])
def test_no_topic_makes_no_draft(desk: Client, topic: str) -> None:
    assert desk.post("/staff/broadcasts/new/", {"topic": topic}).status_code == 200
    assert desk.post("/staff/broadcasts/new/", {"topic": "999999"}).status_code == 404
    assert not Broadcast.objects.exists()


# --- words and audience -------------------------------------------------------------------------

WHOLE = {"scope": "section", "support": "all"}


def edit(desk: Client, broadcast: Broadcast, **typed: object) -> Any:
    return desk.post(f"/staff/broadcasts/{broadcast.pk}/edit/", {**WHOLE, **typed})


def test_words_and_audience_are_kept(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    told = {
        "subject-ro": "  Podurile\n noastre ",
        "preface-ro": "**Dragi** cititori",
        "scope": "every",
        "languages": ["ro", "ru"],
        "support": "recurring",
    }
    assert edit(desk, draft, **told).status_code == 302

    draft.refresh_from_db()
    edition = draft.editions.get(language="ro")
    assert (edition.subject, edition.preface) == ("Podurile noastre", "**Dragi** cititori")
    assert (draft.to_every_section, draft.languages) == (True, ["ro", "ru"])
    assert draft.support == "recurring"
    page = desk.get(f"/staff/broadcasts/{draft.pk}/edit/").content.decode()
    assert 'value="Podurile noastre"' in page
    assert "Monthly and yearly supporters who follow any section · Romanian and Russian" in page


def test_it_says_who_reads_which_text(desk: Client, editor: User) -> None:
    page = desk.get(f"/staff/broadcasts/{a_draft(editor).pk}/edit/").content.decode()
    assert 'placeholder="Who owns the bridges?"' in page
    assert page.count("The topic has a text in this language.") == 2
    assert "these readers get the one in Romanian." in page


def test_the_count_says_who_gets_nothing_and_why(desk: Client, editor: User) -> None:
    a_follower(language="ro")
    a_follower()
    a_follower(confirmed_at=None)
    Suppression.objects.create(
        email=a_follower().email, reason="bounced", source="x", at="2026-11-20T12:00Z"
    )
    draft = a_draft(editor)

    page = text_of(desk.get(f"/staff/broadcasts/{draft.pk}/edit/"))

    assert "2 people get it" in page
    assert "By language English 1 Romanian 1" in page
    assert "Of 4 who ever asked for this, these get nothing" in page
    assert "no mail arrives there 1 has not confirmed the address yet 1" in page


def test_counting_keeps_nothing(desk: Client, editor: User) -> None:
    a_follower(language="ro")
    a_follower()
    draft = a_draft(editor)
    typed = {"languages": ["ro"], "subject-en": "Not kept", "recount": "1"}

    response = edit(desk, draft, **typed)

    assert "1 person gets it" in text_of(response)
    assert 'value="Not kept"' in response.content.decode()
    draft.refresh_from_db()
    assert draft.languages == []
    part = desk.get(f"/staff/broadcasts/{draft.pk}/count/", {**WHOLE, "languages": ["ro"]})
    assert "1 person gets it" in text_of(part)
    assert desk.get(f"/staff/broadcasts/{draft.pk}/count/", {"scope": "x"}).status_code == 422


@pytest.mark.parametrize(
    "wrong", [{"subject-en": "x" * 201}, {"support": "x"}, {"languages": ["xx"]}, {"scope": ""}]
)
def test_nothing_is_lost_on_an_error(desk: Client, editor: User, wrong: dict[str, Any]) -> None:
    draft = a_draft(editor)
    response = edit(desk, draft, **{"preface-ro": "Dragi cititori", **wrong})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dragi cititori" in page
    assert "Nothing was kept" in page
    assert not draft.editions.exclude(preface="").exists()


def test_what_is_no_draft_any_more_is_not_changed(desk: Client, editor: User) -> None:
    planned = scheduled(editor)
    response = edit(desk, planned, **{"subject-en": "Too late"})
    assert response.status_code == 409
    assert "Too late" in response.content.decode()
    assert "This is no draft any more" in text_of(response)
    assert not planned.editions.exclude(subject="").exists()
    assert desk.get(f"/staff/broadcasts/{planned.pk}/edit/").status_code == 302


def test_editing_the_second_time(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    for _twice in range(2):
        assert edit(desk, draft, **{"subject-en": "Bridges"}).status_code == 302
    assert draft.editions.get(language="en").subject == "Bridges"


def test_the_page_asks_a_fixed_number_of_questions(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    before = questions(desk, f"/staff/broadcasts/{draft.pk}/edit/")
    for _each in range(5):
        a_follower()
    assert questions(desk, f"/staff/broadcasts/{draft.pk}/edit/") == before <= 4
