"""What a broadcast says in each language, and what is not fit to be sent."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from donations.broadcasts import operations, queries
from donations.broadcasts.editions import LONG_LINE, folded_html, render
from donations.broadcasts.models import Broadcast, Edition
from donations.outbox.models import Message
from donations.outbox.models.sending import State as Mail
from donations.supporters.models import User
from donations.topics.models import Topic, TopicText
from tests.broadcasts.conftest import MakeFollower, begin, send, states
from tests.broadcasts.templates import spoil
from tests.standins.smtp import SmtpStandin

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SCRIPT = "<script>alert(1)</script>"


def test_a_missing_language_falls_back_in_the_stated_order(broadcast: Broadcast) -> None:
    """Its own, the first one written, the newsroom's in their order."""
    assert queries.preview(broadcast, "ru").subject == "Ale cui sunt podurile?"
    TopicText.objects.filter(language="ro").delete()
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    assert queries.preview(broadcast, "ru").subject == "Who owns the bridges?"


def test_the_words_around_a_fallback_are_the_readers_own(broadcast: Broadcast) -> None:
    html = queries.preview(broadcast, "ru").html
    assert '<html lang="ru"' in html
    assert '<div lang="ro">' in html
    assert '<span lang="ro">Română</span>' in html
    assert "Română" in queries.preview(broadcast, "ru").text
    assert "Română" not in queries.preview(broadcast, "ro").text


def test_staff_may_say_it_in_other_words(broadcast: Broadcast, at: datetime) -> None:
    words = operations.Words(subject="At last", preface="We **promised** it.\n\n" + SCRIPT)
    operations.edit(
        broadcast=broadcast,
        audience=operations.Audience(),
        editions={"en": words},
        by=None,
        at=at,
    )
    found = queries.preview(broadcast, "en")
    assert found.subject == "At last"
    assert "<strong>promised</strong>" in found.html
    assert "<script" not in found.html
    assert "We promised it." in found.text


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_no_markup_gets_in_with_the_topic(broadcast: Broadcast, field: str) -> None:
    TopicText.objects.filter(language="en").update(**{field: SCRIPT})
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    found = queries.preview(broadcast, "en")
    assert "<script" not in found.html
    assert SCRIPT in found.text


def test_a_title_of_two_lines_is_one_subject(broadcast: Broadcast) -> None:
    TopicText.objects.filter(language="en").update(title="One\r\nBcc: x@example.org")
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    assert queries.preview(broadcast, "en").subject == "One Bcc: x@example.org"


def test_a_long_text_is_announced_and_not_clipped(broadcast: Broadcast) -> None:
    TopicText.objects.filter(language="en").update(body="A sentence. " * 9_000)
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    found = queries.preview(broadcast, "en")
    assert len(found.html.encode()) < 100_000
    assert "Read all of it" in found.html
    assert "A sentence." not in found.html


def test_no_line_is_longer_than_mail_allows(broadcast: Broadcast) -> None:
    TopicText.objects.filter(language="en").update(body="слово " * 2_000)
    broadcast = Broadcast.objects.get(pk=broadcast.pk)
    found = queries.preview(broadcast, "en")
    for part in (found.text, found.html):
        assert max(map(len, part.splitlines())) <= LONG_LINE


def test_code_keeps_its_lines() -> None:
    code = "<pre>" + "x " * 300 + "</pre>"
    assert code in folded_html(f"<p>{'a ' * 300}</p>{code}")


def test_one_endless_word_is_sent_all_the_same(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    """Such a line can only be written as quoted-printable or base64."""
    TopicText.objects.filter(language="en").update(body="x" * 3_000)
    follower(1, name="Ana")
    begin(Broadcast.objects.get(pk=broadcast.pk), editor)
    send(broadcast)
    (received,) = smtp.received
    assert max(map(len, received.body.split(b"\r\n"))) <= 998
    assert b"Ana" in received.body
    assert b"placeholder" not in received.body


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ greeting }}", "tokenplaceholder"),
        ("{% load nothing %}", "TemplateSyntaxError"),
        ("{% url 'nothing' %}", "NoReverseMatch"),
        ("{{ greeting }}{{ greeting }}{{ leave_url }}{{ why }}", "greetingplaceholder"),
    ],
)
def test_a_broken_template_stops_it_before_anybody_is_written_to(
    broadcast: Broadcast,
    editor: User,
    follower: MakeFollower,
    at: datetime,
    tmp_path: Path,
    settings: Settings,
    template: str,
    said: str,
) -> None:
    follower(1)
    Broadcast.objects.update(state="scheduled", send_at=at, approved_at=at)
    spoil(settings, tmp_path, template)
    operations.run_due(at=at)
    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.NEEDS_REVIEW
    assert said in broadcast.problem
    assert states(broadcast) == {}
    assert editor.pk


def test_what_was_frozen_is_what_is_sent(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    follower(1)
    begin(broadcast, editor)
    TopicText.objects.update(title="Something else")
    Topic.objects.update(state=Topic.State.DRAFT)
    send(broadcast)
    assert states(broadcast) == {Mail.SENT: 1}
    assert b"Who owns the bridges?" in smtp.received[0].body
    assert b"Something else" not in smtp.received[0].body


def test_an_edition_is_frozen_once(broadcast: Broadcast, editor: User, at: datetime) -> None:
    begin(broadcast, editor)
    before = Edition.objects.get(broadcast=broadcast, language="en").frozen_html
    TopicText.objects.update(title="Something else")
    operations.run_due(at=at)
    assert Edition.objects.get(broadcast=broadcast, language="en").frozen_html == before


def test_a_proof_goes_to_the_colleague_alone(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1)
    for _time in range(2):
        operations.send_proof(broadcast=broadcast, language="ro", to=editor, at=at)
    message = Message.objects.get()
    assert (message.to, message.kind) == (editor.email, "proof")
    assert message.context["subject"] == "Ale cui sunt podurile?"


def test_a_previews_links_name_nobody(broadcast: Broadcast, follower: MakeFollower) -> None:
    one = follower(1, name="Ana")
    letter = queries.letter_for(broadcast, "en", one)
    link = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert queries.delivery_of_token(link.rstrip("/").rpartition("/")[2]) is None
    assert "Ana" in str(letter.body)


def test_the_template_renders_alike(broadcast: Broadcast) -> None:
    edition = broadcast.editions.get(language="en")
    assert render(broadcast, edition) == render(broadcast, edition)


def test_a_language_that_is_newer_than_the_draft(
    broadcast: Broadcast, editor: User, follower: MakeFollower, at: datetime
) -> None:
    follower(1, language="ru")
    Edition.objects.filter(language="ru").delete()
    assert queries.preview(broadcast, "ru").subject == "Ale cui sunt podurile?"
    begin(broadcast, editor)
    assert '<html lang="ru"' in broadcast.editions.get(language="ru").frozen_html


def test_a_language_that_is_gone_is_written_to_in_the_first(
    broadcast: Broadcast, editor: User, follower: MakeFollower, smtp: SmtpStandin
) -> None:
    follower(1, language="uk")
    begin(broadcast, editor)
    # Rows that were written to last come last in PostgreSQL's own order.
    Edition.objects.filter(language="en").update(preface="")
    send(broadcast)
    assert b"Content-Language: en" in smtp.received[0].body
