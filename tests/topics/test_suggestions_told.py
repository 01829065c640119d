"""Who backed what became a topic hears of it once, from a proved address on."""

from datetime import timedelta
from typing import Any

import pytest

from donations.outbox.models import Message, Suppression
from donations.outbox.rendering import render
from donations.outlet import queries as outlet
from donations.sections.operations import stop
from donations.topics.models import Suggestion, Topic
from donations.topics.operations import moderating, suggestions
from donations.topics.operations.telling import tell_backers
from tests.topics.asking import LATER, NOON, a_giver, a_topic, back, opened, publish

pytestmark = pytest.mark.django_db


def taken_up(*asked: Suggestion, topic: Topic | None = None) -> Topic:
    topic = topic or publish(a_topic())
    for each in asked:
        moderating.take_up(suggestion=each, topic=topic, at=NOON)
    return topic


def told() -> list[str]:
    tell_backers(at=LATER)
    return sorted(Message.objects.values_list("to", flat=True))


def test_everybody_who_backed_it_hears_once() -> None:
    suggestion = opened("Bread", by=a_giver("ana@example.org", language="ro", name="Ana"))
    ion = back(suggestion, a_giver("ion@example.org"))
    taken_up(suggestion)

    assert tell_backers(at=LATER) == 2
    assert tell_backers(at=LATER) == 0

    assert set(Message.objects.values_list("to", "language")) == {
        ("ana@example.org", "ro"),
        ("ion@example.org", "en"),
    }
    message = Message.objects.get(to=ion.email)
    assert message.key == f"suggestion_taken_up:{suggestion.pk}:{ion.pk}"
    assert message.kind == Message.Kind.SUGGESTION_TAKEN_UP
    suggestion.refresh_from_db()
    assert suggestion.told_at == LATER


def test_the_letter_says_what_was_asked_for_and_where_it_is() -> None:
    topic = taken_up(opened("Bread & <b>", by=a_giver(name="Ana")))
    tell_backers(at=LATER)
    words = render(Message.objects.get(), outlet.current())
    for part in ("Bread & <b>", "Bread, and who bakes it", f"/en/topics/{topic.slug}/", "once"):
        assert part in words.text
    assert "Bread &amp; &lt;b&gt;" in words.html
    assert "Hello Ana," in words.text


def test_who_has_stopped_all_mail_since_gets_none() -> None:
    ana, ion = a_giver("ana@example.org"), a_giver("ion@example.org")
    suggestion = opened(by=ana)
    said: dict[str, Any] = {"section": None, "wording": "Stop all topic mail", "source": "page"}
    stop(supporter=ion, **said, at=NOON - timedelta(hours=1))
    back(suggestion, ion)
    stop(supporter=ana, **said, at=NOON + timedelta(hours=1))
    taken_up(suggestion)
    assert told() == ["ion@example.org"], "who backed it after that wants this letter"


def test_nobody_hears_before_readers_can_open_it() -> None:
    suggestion, draft = opened(by=a_giver("ana@example.org")), a_topic()
    taken_up(suggestion, topic=draft)
    assert told() == []
    publish(draft)
    assert told() == ["ana@example.org"]


def test_who_backed_what_was_merged_hears_too() -> None:
    bread, bakers = opened(by=a_giver("ana@example.org")), opened(by=a_giver("ion@example.org"))
    back(bread, bakers.supporter)
    moderating.merge(suggestion=bread, into=bakers, at=NOON)
    taken_up(bakers)
    assert told() == ["ana@example.org", "ion@example.org"]


def test_who_is_merged_into_it_later_hears_then_and_the_others_not_again() -> None:
    bread, bakers = opened(by=a_giver("ana@example.org")), opened(by=a_giver("ion@example.org"))
    taken_up(bakers)
    assert told() == ["ion@example.org"]
    moderating.merge(suggestion=bread, into=bakers, at=NOON)
    assert told() == ["ana@example.org", "ion@example.org"]


def test_two_suggestions_for_one_topic_are_one_letter() -> None:
    bread, bakers = opened(by=a_giver("ana@example.org")), opened(by=a_giver("ion@example.org"))
    back(bread, bakers.supporter)
    topic = taken_up(bread, bakers)
    assert told() == ["ana@example.org", "ion@example.org"]
    taken_up(opened(by=a_giver("eva@example.org")), topic=topic)
    assert told() == ["ana@example.org", "eva@example.org", "ion@example.org"]


def test_who_took_the_vote_back_does_not_hear() -> None:
    suggestion = opened(by=a_giver("ana@example.org"))
    ion = back(suggestion)
    topic = a_topic()
    taken_up(suggestion, topic=topic)
    suggestions.unvote(suggestion=suggestion, supporter=ion)
    publish(topic)
    assert told() == ["ana@example.org"]


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_who_must_not_be_written_to_is_left_alone(reason: str) -> None:
    suggestion = opened(by=a_giver("ana@example.org"))
    Suppression.objects.create(email="ana@example.org", reason=reason, source="test", at=NOON)
    taken_up(suggestion)
    assert told() == []
    suggestion.refresh_from_db()
    assert suggestion.told_at == LATER


def test_an_address_that_nobody_proved_is_not_written_to() -> None:
    suggestion = opened(by=a_giver("ana@example.org"))
    suggestion.supporter.proved_at = None  # type: ignore[union-attr]
    suggestion.supporter.save()  # type: ignore[union-attr]
    taken_up(suggestion)
    assert told() == []


def test_what_is_hidden_or_open_again_tells_nobody() -> None:
    hidden, reopened = opened(), opened()
    taken_up(hidden, reopened)
    moderating.hide(suggestion=hidden, is_hidden=True)
    moderating.let_through(suggestion=reopened, at=NOON)
    assert told() == []


def test_taken_up_anew_only_who_has_not_heard_hears() -> None:
    suggestion = opened(by=a_giver("ana@example.org"))
    taken_up(suggestion)
    assert told() == ["ana@example.org"]
    moderating.let_through(suggestion=suggestion, at=NOON)
    back(suggestion, a_giver("ion@example.org"))
    taken_up(suggestion)
    assert told() == ["ana@example.org", "ion@example.org"]


def test_many_are_told_a_few_hundred_at_a_time(django_assert_max_num_queries: object) -> None:
    suggestion = opened()
    for _each in range(7):
        back(suggestion)
    taken_up(suggestion)
    assert tell_backers(at=LATER) == 8
    assert Message.objects.count() == 8
