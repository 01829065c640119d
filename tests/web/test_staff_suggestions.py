"""The newsroom reads what supporters ask for, and says what becomes of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from donations.sections.models import Section
from donations.topics.models import Suggestion, Topic
from donations.topics.operations import moderating
from tests.topics.asking import NOON, a_giver, a_topic, back, opened, publish, suggested, voters
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db
Counted = Callable[..., Any]


def do(desk: Client, suggestion: Suggestion, what: str, **said: Any) -> str:
    """Press a button, and read the page that follows."""
    answer = desk.post(f"/staff/suggestions/{suggestion.pk}/{what}/", said, follow=True)
    suggestion.refresh_from_db()
    return text_of(answer)


def test_an_empty_room_says_what_will_come(desk: Client) -> None:
    assert "You have read everything." in text_of(desk.get("/staff/suggestions/"))
    assert "None." in text_of(desk.get("/staff/suggestions/?state=merged"))


def test_the_menu_counts_what_nobody_has_read(desk: Client) -> None:
    suggested()
    opened()
    assert '<b class="count">1</b>' in desk.get("/staff/").content.decode()


def test_what_waits_is_let_through_from_the_list(desk: Client) -> None:
    suggestion = suggested("Bread", by=a_giver("ana@example.org", name="Ana P."))
    page = text_of(desk.get("/staff/suggestions/"))
    assert "Bread" in page
    assert "Ana P." in page

    page = do(desk, suggestion, "open", list=1)

    assert "Readers see it now, and can back it." in page
    assert "You have read everything." in page
    assert suggestion.state == Suggestion.State.OPEN


def test_let_through_the_second_time(desk: Client) -> None:
    suggestion = opened()
    assert "Readers see it now" not in do(desk, suggestion, "open")
    assert suggestion.state == Suggestion.State.OPEN


def test_who_suggested_is_shown_here_and_not_to_readers(desk: Client) -> None:
    suggestion = opened("Bread", by=a_giver("ana@example.org", name="Ana P."))
    page = text_of(desk.get(f"/staff/suggestions/{suggestion.pk}/"))
    assert "Ana P. ana@example.org Only you see this." in page
    reader = Client().get("/en/suggestions/").content.decode()
    assert "Bread" in reader
    assert "Ana P." not in reader
    assert "ana@example.org" not in reader


def test_answer(desk: Client) -> None:
    suggestion = opened()
    assert "Answer saved." in do(desk, suggestion, "answer", answer="We look\r\nat it.")
    assert suggestion.answer == "We look\nat it."
    assert suggestion.state == Suggestion.State.OPEN
    do(desk, suggestion, "answer", answer="")
    assert suggestion.answer == ""


def test_decline_says_why(desk: Client) -> None:
    suggestion = opened()
    answer = desk.post(f"/staff/suggestions/{suggestion.pk}/answer/", {"answer": " ", "decline": 1})
    assert answer.status_code == 422
    assert "Say why: readers see it beside the suggestion." in text_of(answer)

    page = do(desk, suggestion, "answer", answer="We did, in May.", decline=1)

    assert "Declined, with your answer." in page
    assert (suggestion.state, suggestion.answer) == ("declined", "We did, in May.")
    assert "Readers see it now" in do(desk, suggestion, "open")


@pytest.mark.parametrize("said", ["x" * 1001, "bell \x07", "nul \0"])
def test_an_answer_that_cannot_be_kept_stays_in_the_form(desk: Client, said: str) -> None:
    suggestion = opened()
    answer = desk.post(f"/staff/suggestions/{suggestion.pk}/answer/", {"answer": said})
    assert answer.status_code == 422
    assert said.strip("\0") in answer.content.decode()
    suggestion.refresh_from_db()
    assert suggestion.answer == ""


def test_hide_and_show_again(desk: Client) -> None:
    suggestion = opened("Bread")
    assert "Readers do not see it any more." in do(desk, suggestion, "hide", hide=1)
    assert "Bread" not in text_of(desk.get("/en/suggestions/"))
    assert "hidden" in text_of(desk.get("/staff/suggestions/?state=open"))
    assert "It is no longer hidden." in do(desk, suggestion, "hide", show=1)
    assert "Bread" in text_of(desk.get("/en/suggestions/"))


def test_another_is_found_and_merged_into(desk: Client) -> None:
    bread, bakers = opened("Bread"), opened("Who are the bakers?")
    opened("Cats")
    address = f"/staff/suggestions/{bread.pk}/"
    page = text_of(desk.get(address, {"q": "BAKERS who"}))
    assert "Who are the bakers?" in page
    assert "Cats" not in page
    assert "No other has all of those words." in text_of(desk.get(address, {"q": "bread"}))

    page = do(desk, bread, "merge", into=bakers.pk)

    assert "Merged: its votes count here now, each supporter once." in page
    assert "With it Bread" in page
    assert len(voters(bakers)) == 2


def test_taken_apart_again(desk: Client) -> None:
    bread, bakers = opened("Bread"), opened("Bakers")
    do(desk, bread, "merge", into=bakers.pk)
    page = text_of(desk.get(f"/staff/suggestions/{bread.pk}/"))
    assert "Merged into Bakers" in page
    assert "Take it up" not in page
    assert "It stands by itself again" in do(desk, bread, "unmerge")
    assert "It stands by itself again" not in do(desk, bread, "unmerge")
    assert bread.state == Suggestion.State.OPEN


def test_what_cannot_be_merged(desk: Client) -> None:
    bread, bakers = opened("Bread"), opened("Bakers")
    assert "These two cannot be merged." in do(desk, bread, "merge", into=bread.pk)
    do(desk, bread, "merge", into=bakers.pk)
    assert "These two cannot be merged." in do(desk, bakers, "merge", into=bread.pk)
    for made_up in ("", "x", "9" * 30, "\0"):
        assert "Nothing was changed." in do(desk, bakers, "merge", into=made_up)


def test_take_up_as_a_new_draft(desk: Client) -> None:
    suggestion, section = opened("Хлеб", language="ru"), Section.objects.order_by("pk")[0]
    for _twice in range(2):
        page = do(desk, suggestion, "take-up", section=section.pk)
    assert "Taken up. Who backed it hears once when the topic is out." in page
    topic = Topic.objects.get()
    assert suggestion.topic == topic
    assert (topic.section, topic.language, topic.state) == (section, "ru", "draft")
    assert topic.texts.get().title == "Хлеб"
    assert (
        f"/staff/topics/{topic.pk}/"
        in desk.get(f"/staff/suggestions/{suggestion.pk}/").content.decode()
    )


def test_take_up_by_a_topic_that_exists(desk: Client) -> None:
    suggestion, topic = opened(), publish(a_topic("Bread, and who bakes it"))
    address = f"/staff/suggestions/{suggestion.pk}/"
    assert "Bread, and who bakes it" in text_of(desk.get(address, {"topic": "bakes bread"}))
    assert "No topic is called that." in text_of(desk.get(address, {"topic": "cats"}))
    do(desk, suggestion, "take-up", topic=topic.pk)
    assert (suggestion.state, suggestion.topic) == ("taken_up", topic)


@pytest.mark.parametrize("said", [{}, {"topic": "x"}, {"section": "9" * 30}, {"topic": "\0"}])
def test_what_no_button_says_takes_nothing_up(desk: Client, said: dict[str, str]) -> None:
    suggestion = opened()
    assert "Choose a topic, or the section of a new one." in do(desk, suggestion, "take-up", **said)
    assert suggestion.state == Suggestion.State.OPEN
    assert not Topic.objects.exists()


def test_what_was_merged_meanwhile_stays_so(desk: Client) -> None:
    bread = opened()
    moderating.merge(suggestion=bread, into=opened(), at=NOON)
    section = Section.objects.order_by("pk")[0]
    assert "It was merged in the meantime." in do(desk, bread, "take-up", section=section.pk)
    assert "It was merged in the meantime." in do(desk, bread, "answer", answer="No.", decline=1)
    assert bread.state == Suggestion.State.MERGED
    assert not Topic.objects.exists()


def test_the_list_is_by_state_and_words(desk: Client) -> None:
    opened("Bread", details="Who bakes it?")
    opened("Cats")
    suggested("Dogs")
    page = text_of(desk.get("/staff/suggestions/?state=open&q=BAKES"))
    assert "Bread" in page
    assert "Cats" not in page
    assert "None of these has all" in text_of(desk.get("/staff/suggestions/?state=open&q=%00%25"))
    assert "Dogs" in text_of(desk.get("/staff/suggestions/?state=nonsense"))


def test_what_strangers_wrote_is_only_text(desk: Client) -> None:
    evil = "<script>alert(1)</script>"
    suggestion = suggested(evil, details=evil, by=a_giver(name=evil))
    for address in ("/staff/suggestions/", f"/staff/suggestions/{suggestion.pk}/?q={evil}"):
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_more_suggestions_are_no_more_queries(
    desk: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    first, into = opened("Bread 0"), opened("Bakers")

    def fill() -> None:
        for _each in range(4):
            back(opened("Bread"))
            merged = opened()
            moderating.merge(suggestion=merged, into=into, at=NOON)
            publish(a_topic("Bread"))

    for address in (
        "/staff/suggestions/?state=open",
        "/staff/suggestions/?state=merged",
        f"/staff/suggestions/{first.pk}/?q=bread&topic=bread",
        f"/staff/suggestions/{into.pk}/",
    ):
        fill()
        desk.get(address)
        with django_assert_max_num_queries(9) as asked:
            desk.get(address)
            few = len(asked)
        fill()
        with django_assert_num_queries(few):
            desk.get(address)


def test_only_staff_come_in(client: Client) -> None:
    suggestion = opened()
    for what in ("open", "hide", "answer", "merge", "unmerge", "take-up"):
        answer = client.post(f"/staff/suggestions/{suggestion.pk}/{what}/")
        assert answer.status_code in (302, 403)
    assert client.get(f"/staff/suggestions/{suggestion.pk}/").status_code in (302, 403)


def test_nothing_is_changed_by_looking(desk: Client) -> None:
    suggestion = opened()
    for what in ("open", "hide", "answer", "merge", "unmerge", "take-up"):
        assert desk.get(f"/staff/suggestions/{suggestion.pk}/{what}/").status_code == 405


def test_one_that_is_not_there(desk: Client) -> None:
    assert desk.get("/staff/suggestions/99/").status_code == 404
    assert desk.get(f"/staff/suggestions/{'9' * 30}/").status_code == 404
    for what in ("open", "hide", "answer", "merge", "unmerge", "take-up"):
        assert desk.post(f"/staff/suggestions/99/{what}/").status_code == 404
