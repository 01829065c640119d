"""Everybody reads what was asked for; who has given backs it, with a link from the mailbox."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from donations.outbox.models import Message
from donations.topics.models import Suggestion, Vote
from donations.topics.operations import moderating
from tests.topics.asking import (
    LATER,
    NOON,
    a_giver,
    a_reader,
    a_topic,
    back,
    opened,
    publish,
    suggested,
    voters,
)
from tests.web.asked import press, send, token, visit
from tests.web.desk import text_of

pytestmark = pytest.mark.django_db
Counted = Callable[..., Any]


def test_an_empty_page_says_what_will_come(client: Client) -> None:
    assert "Nothing is open for votes right now." in text_of(visit(client))
    assert "Nothing has been taken up yet." in text_of(visit(client, show="taken-up"))
    assert "Nothing has been declined." in text_of(visit(client, show="declined"))


def test_everybody_reads_and_is_offered_a_link(client: Client) -> None:
    suggestion = opened("Bread", details="Who\n\nbakes it?")
    page = visit(client)
    assert "1 supporter wants this" in text_of(page)
    assert f'id="s{suggestion.pk}"' in page.content.decode()
    assert "I want this too" not in text_of(page)
    assert "Suggest it" not in text_of(page)
    assert "Send me the link" in text_of(page)
    assert not page.cookies


def test_suggestions_of_every_language_are_marked_with_it(client: Client) -> None:
    opened("Pâine", language="ro")
    opened("Хлеб", language="ru")
    page = client.get("/en/suggestions/").content.decode()
    assert '<h2 lang="ro" dir="auto">Pâine</h2>' in page
    assert '<h2 lang="ru" dir="auto">Хлеб</h2>' in page


def test_votes_are_counted_in_words(client: Client) -> None:
    suggestion = opened()
    back(suggestion)
    assert "2 supporters want this" in text_of(visit(client))


def test_back_and_take_it_back(client: Client) -> None:
    suggestion, ion = opened("Bread"), a_giver()
    page = text_of(visit(client, ion))
    assert "We write to you once when it becomes a topic. I want this too : Bread" in page

    answer = press(client, ion, suggestion)

    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"#s{suggestion.pk}")
    assert ion in voters(suggestion)
    seen = text_of(client.get(answer.headers["Location"]))
    assert "Your vote counts." in seen
    assert "You back this." in seen

    answer = press(client, ion, suggestion, back=False)
    assert ion not in voters(suggestion)
    assert "Your vote is taken back." in text_of(client.get(answer.headers["Location"]))


def test_vote_the_second_time(client: Client) -> None:
    suggestion, ion = opened(), a_giver()
    for _each in range(2):
        assert press(client, ion, suggestion).status_code == 303
        assert Vote.objects.filter(supporter=ion).count() == 1
    for _each in range(2):
        assert press(client, ion, suggestion, back=False).status_code == 303


def test_the_link_proves_the_address_once_something_is_sent(client: Client) -> None:
    ana, suggestion = a_giver(), opened()
    visit(client, ana)
    ana.refresh_from_db()
    assert ana.proved_at is None
    press(client, ana, suggestion)
    ana.refresh_from_db()
    assert ana.proved_at is not None


def test_suggest(client: Client) -> None:
    ana = a_giver()
    answer = send(client, ana, language="ro", title="Pâinea", details="Cine o\r\ncoace?")
    assert answer.status_code == 303
    suggestion = Suggestion.objects.get()
    assert (suggestion.title, suggestion.details) == ("Pâinea", "Cine o\ncoace?")
    assert (suggestion.language, suggestion.state) == ("ro", "new")
    seen = text_of(visit(client, ana, said="suggested"))
    assert "Thank you. We have your suggestion." in seen
    assert "Yours that we have not looked at yet: Pâinea" in seen
    assert "Pâinea" not in text_of(visit(client, a_giver()))
    assert not Message.objects.exists()


def test_suggest_the_second_time(client: Client) -> None:
    ana = a_giver()
    for _each in range(2):
        assert send(client, ana).status_code == 303
    assert Suggestion.objects.count() == 1


def test_too_many_at_once_are_kept_in_the_form(client: Client) -> None:
    ana = a_giver()
    for _each in range(5):
        suggested(by=ana)
    answer = send(client, ana, title="The sixth", details="And why")
    assert answer.status_code == 422
    assert "Please give us a moment." in text_of(answer)
    assert 'value="The sixth"' in answer.content.decode()
    assert "And why" in text_of(answer)


def test_who_never_gave_is_told_so(client: Client) -> None:
    eve, suggestion = a_reader(), opened()
    page = text_of(visit(client, eve))
    assert "Suggesting and backing is for those who have given." in page
    assert "I want this too" not in page
    for answer in (press(client, eve, suggestion), send(client, eve, title="Eve's own")):
        assert answer.status_code == 422
        assert "This is for those who have given." in text_of(answer)
    assert 'value="Eve&#x27;s own"' in answer.content.decode()
    assert Suggestion.objects.count() == 1


def test_what_became_of_it(client: Client) -> None:
    topic, draft = publish(a_topic("Bread, and who bakes it")), a_topic("Secret")
    moderating.take_up(suggestion=opened("Bread"), topic=topic, at=NOON)
    moderating.take_up(suggestion=opened("Salt"), topic=draft, at=LATER)
    moderating.decline(suggestion=opened("Cats"), text="Others do that\nbetter.", at=NOON)
    taken_up = visit(client, show="taken-up")
    assert f'href="/en/topics/{topic.slug}/"' in taken_up.content.decode()
    assert "It became a topic: Bread, and who bakes it" in text_of(taken_up)
    assert "Salt We are working on it." in text_of(taken_up)
    assert "Secret" not in text_of(taken_up)
    assert "NewsCafe answers: Others do that better." in text_of(visit(client, show="declined"))


def test_the_list_is_found_again_as_it_was_left(client: Client) -> None:
    suggestion, ion = opened(), a_giver()
    said = {"token": token(ion), "suggestion": suggestion.pk, "back": 1, "show": "open", "page": 3}
    address = client.post("/ro/suggestions/vote/", said).headers["Location"]
    assert address.startswith("/ro/suggestions/?token=")
    assert "&show=open&page=3&said=backed" in address


def test_many_are_on_pages(client: Client) -> None:
    for number in range(25):
        opened(f"Topic {number:02}")
    assert text_of(visit(client)).count("supporter wants this") == 20
    last = text_of(visit(client, page=2))
    assert last.count("supporter wants this") == 5
    assert "Page 2 of 2" in last
    assert text_of(visit(client, page="none")).count("wants this") == 20


def test_the_languages_keep_the_link(client: Client) -> None:
    link = token(a_giver())
    page = client.get("/en/suggestions/", {"token": link, "show": "declined"}).content.decode()
    assert f'href="/ro/suggestions/?show=declined&amp;token={quote(link)}"' in page


def test_a_page_with_a_link_is_nobody_else_s(client: Client) -> None:
    page = visit(client, a_giver())
    assert "no-store" in page.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert "noindex" not in visit(client).content.decode()


def test_more_suggestions_are_no_more_queries(
    client: Client, django_assert_max_num_queries: Counted, django_assert_num_queries: Counted
) -> None:
    ana = a_giver()

    def fill() -> None:
        for _each in range(5):
            back(opened(), ana)
            moderating.take_up(suggestion=opened(), topic=publish(a_topic()), at=NOON)
            suggested(by=ana) if not ana.suggestions.exists() else None

    for reader, most in ((None, 5), (ana, 9)):
        for shelf in ("open", "taken-up"):
            fill()
            visit(client, reader, show=shelf)
            with django_assert_max_num_queries(most) as asked:
                visit(client, reader, show=shelf)
                few = len(asked)
            fill()
            with django_assert_num_queries(few):
                visit(client, reader, show=shelf)


@pytest.mark.parametrize("address", ["vote", "new"])
def test_a_form_that_is_opened_leads_to_the_page(client: Client, address: str) -> None:
    answer = client.get(f"/en/suggestions/{address}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/suggestions/")
