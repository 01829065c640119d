"""Staff write topics: nothing that was typed is lost, whatever goes wrong."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from donations.models import Picture, Section, Topic, TopicText, User
from donations.topics import operations as topics
from tests.web.desk import text_of
from tests.web.form import flat
from tests.web.topics import BREAD, NOON, a_picture, a_topic, upload, written

pytestmark = pytest.mark.django_db
Counted = Callable[..., Any]
NEW = "/staff/topics/new/"


def edit(topic: Topic) -> str:
    return f"/staff/topics/{topic.pk}/"


def test_nothing_yet(desk: Client) -> None:
    assert "Nothing has been written yet." in text_of(desk.get("/staff/topics/"))
    assert "There is nothing of this kind." in text_of(desk.get("/staff/topics/?state=draft"))


def test_from_a_blank_page_to_a_draft(desk: Client, editor: User) -> None:
    blank = flat(desk.get(NEW))
    assert '<option value="en" lang="en" selected>English</option>' in blank
    assert blank.count("<details") == 3
    saved = desk.post(NEW, written(title_ro="Pâinea", body_ro="a\tb"), follow=True)
    topic = Topic.objects.get()
    assert saved.redirect_chain == [(edit(topic), 302)]
    assert "Saved." in text_of(saved)
    assert (topic.author, topic.state, topic.slug) == (editor, "draft", "who-pays-for-the-bread")
    assert {(text.language, text.title) for text in topic.texts.all()} == {
        ("en", "Who pays for the bread?"), ("ro", "Pâinea"),
    }  # fmt: skip
    assert topic.texts.get(language="ro").body == "a   b"
    assert 'value="Pâinea"' in unescape(saved.content.decode())


def test_drafts_come_first_and_chips_choose(desk: Client) -> None:
    a_topic(at=NOON + timedelta(days=1))
    a_topic(texts={"en": topics.Text(title="Prices of flats")}, is_published=False,
            section=Section.objects.get(slug="economy"))  # fmt: skip
    every = text_of(desk.get("/staff/topics/"))
    assert every.index("Prices of flats") < every.index("Who pays")
    for chips, flats, bread in (
        ("state=draft", True, False),
        ("state=published", False, True),
        ("section=economy", True, False),
        ("section=economy&state=published", False, False),
        ("state=nonsense", True, True),
    ):
        shown = text_of(desk.get(f"/staff/topics/?{chips}"))
        assert ("Prices of flats" in shown, "Who pays" in shown) == (flats, bread), chips


def test_more_topics_are_no_more_queries(
    desk: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    a_topic()
    with django_assert_max_num_queries(7) as asked:
        desk.get("/staff/topics/")
        few = len(asked)
    for day in range(5):
        a_topic(texts={"en": topics.Text(title=f"Day {day}"), "ro": BREAD})
    with django_assert_num_queries(few):
        desk.get("/staff/topics/")


def test_editing(desk: Client) -> None:
    topic = a_topic()
    page = desk.get(edit(topic))
    seen = page.context["form"]["seen"].value()
    assert "Readers see this topic" in text_of(page)
    desk.post(edit(topic), written(title_en="Milk", seen=seen))
    assert topic.texts.get().title == "Milk"


def test_a_save_without_a_change_the_second_time(desk: Client) -> None:
    topic = a_topic(is_published=False)
    seen = desk.get(edit(topic)).context["form"]["seen"].value()
    for _twice in range(2):
        assert desk.post(edit(topic), written(title_en="Milk", seen=seen)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title_en": ""}, "Give this text a title."),
        ({"title_en": "x" * 201}, "Please shorten this to 200 characters."),
        ({"body_en": "x" * 60_001}, "Please shorten this to 60000 characters."),
        ({"title_en": "a\x07b"}, "Some characters here cannot be saved."),
        ({"body_en": "a\x00b"}, "Some characters here cannot be saved."),
        ({"link": "javascript:alert(1)"}, "Enter an address like https://"),
        ({"link": "not an address"}, "Enter an address like https://"),
        ({"link": "https://a.example/" + "x" * 500}, "This address is too long."),
        ({"section": ""}, "Choose a section."),
        ({"section": "999"}, "This section is not there any more."),
        ({"language": "xx"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, changes: dict[str, str], says: str
) -> None:
    typed = written(title_ru="Хлеб <b>", body_ru="Длинный текст", **changes)
    for address in (NEW, edit(a_topic(texts={"ro": BREAD}))):
        before = list(TopicText.objects.values())
        response = desk.post(address, typed)
        page = unescape(response.content.decode())
        assert response.status_code == 422
        assert says in text_of(response)
        assert "Nothing is saved yet." in page
        assert 'value="Хлеб <b>"' in page
        assert "Длинный текст" in page
        assert 'data-dirty="true"' in page
        assert list(TopicText.objects.values()) == before


def test_a_text_there_has_to_be(desk: Client) -> None:
    response = desk.post(NEW, written(title_en=" ", summary_en="", body_en="\n"))
    assert response.status_code == 422
    assert "Write a title, in one language at least." in text_of(response)


def test_two_colleagues_at_once(desk: Client) -> None:
    topic = a_topic()
    seen = desk.get(edit(topic)).context["form"]["seen"].value()
    theirs = topics.Content(
        section=topic.section, texts={"en": topics.Text(title="Theirs", body="Their words")}
    )
    topics.edit(topic=topic, content=theirs, seen=None, at=NOON + timedelta(hours=1))

    response = desk.post(edit(topic), written(title_en="Mine", title_ro="A mea", seen=seen))

    page = text_of(response)
    assert response.status_code == 409
    assert "A colleague saved this topic while you wrote." in page
    assert "What stands there now: English" in page
    assert "Their words" in page
    assert 'value="Mine"' in response.content.decode()
    assert 'value="A mea"' in response.content.decode()
    assert topic.texts.get().title == "Theirs"

    again = response.context["form"]["seen"].value()
    desk.post(edit(topic), written(title_en="Mine", title_ro="A mea", seen=again))
    assert {text.title for text in topic.texts.all()} == {"Mine", "A mea"}


def test_two_colleagues_at_once_and_a_new_picture(desk: Client) -> None:
    topic = a_topic()
    response = desk.post(
        edit(topic), written(seen="2020-01-01T00:00:00Z", upload=upload(a_picture()))
    )
    assert response.status_code == 409
    digest = Picture.objects.get().digest
    assert f'name="picture" value="{digest}"' in flat(response)


@pytest.mark.parametrize("seen", ["", "nonsense", "2020-99-99T00:00:00Z"])
def test_who_says_no_moment_replaces(desk: Client, seen: str) -> None:
    topic = a_topic()
    assert desk.post(edit(topic), written(title_en="Milk", seen=seen)).status_code == 302
    assert topic.texts.get().title == "Milk"


def test_a_closed_section_stays_with_its_topic_only(desk: Client) -> None:
    topic = a_topic()
    Section.objects.filter(slug="politics").update(is_open=False)
    assert "Politics" in text_of(desk.get(edit(topic)))
    assert "Politics" not in text_of(desk.get(NEW))
    assert desk.post(edit(topic), written(title_en="Milk")).status_code == 302
    assert desk.post(NEW, written()).status_code == 422


@pytest.mark.parametrize("address", [NEW, "/staff/topics/preview/"])
def test_far_too_large_is_not_even_read(desk: Client, address: str) -> None:
    response = desk.post(
        address,
        data=b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(500 * 1024**2),
    )
    assert response.status_code == 413
    assert "what you typed is still there" in text_of(response)


def test_more_words_than_a_form_may_carry(desk: Client) -> None:
    response = desk.post(NEW, written(body_en="x" * 2_000_000))
    assert response.status_code == 413
    assert "what you typed is still there" in text_of(response)


# --- preview ---------------------------------------------------------------------------------

EVIL = """**Bold** <script>alert(1)</script> [a](javascript:alert(1))

![b](https://evil.example/b.png)"""


def test_a_preview_keeps_nothing_and_runs_nothing(
    desk: Client, django_assert_max_num_queries: Counted
) -> None:
    typed = written(body_en=EVIL, title_en="<script>", title_ro="Pâinea", show="en")
    with django_assert_max_num_queries(4) as asked:
        response = desk.post("/staff/topics/preview/", typed)
    page = response.content.decode()
    assert "<strong>Bold</strong>" in page
    assert "<script" not in page
    assert "javascript:" not in page.replace("(javascript:alert(1))", "")
    assert "<img" not in page
    assert '<article class="reading"' in page
    assert not [each for each in asked if each["sql"].startswith(("INSERT", "UPDATE"))]
    assert not TopicText.objects.exists()
    romanian = desk.post("/staff/topics/preview/", typed | {"show": "ro"})
    assert "<h1>Pâinea</h1>" in romanian.content.decode()


@pytest.mark.parametrize(
    "typed",
    [{}, {"show": "xx"}, {"show": "ru", "section": "²", "picture": "none"}, {"section": "9" * 40}],
)
def test_a_preview_of_nearly_nothing(desk: Client, typed: dict[str, str]) -> None:
    assert desk.post("/staff/topics/preview/", typed).status_code == 200


def test_a_topic_that_is_not_there(desk: Client) -> None:
    for what in ("", "publish/"):
        assert desk.get(f"/staff/topics/99/{what}").status_code == 404
    for what in ("", "publish/", "unpublish/", "delete/"):
        assert desk.post(f"/staff/topics/99/{what}", written()).status_code == 404
