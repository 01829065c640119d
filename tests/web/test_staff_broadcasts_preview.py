"""A mail is looked at as anybody would get it, in a frame that lets nothing else in."""

from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from donations.models import Broadcast, Message, User
from tests.broadcasts.templates import spoil
from tests.web.desk import text_of
from tests.web.mailings import a_draft, a_follower, begun, questions


def test_as_a_made_up_person_in_each_language(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    for language, title in (("en", "Who owns the bridges?"), ("ro", "Ale cui sunt podurile?")):
        address = f"/staff/broadcasts/{draft.pk}/preview/?lang={language}"
        page = text_of(desk.get(address))
        assert "As a made-up person would get it." in page
        assert title in page
        assert "List-Unsubscribe-Post List-Unsubscribe=One-Click" in page
        mail = desk.get(f"/staff/broadcasts/{draft.pk}/mail/?lang={language}").content.decode()
        assert "Maria Popescu" in mail
        assert title in unescape(mail)


def test_as_a_supporter_who_is_looked_for(desk: Client, editor: User) -> None:
    draft, ana = a_draft(editor), a_follower("ana@example.org")
    ana.name = "Ana <b>"
    ana.save()
    address = f"/staff/broadcasts/{draft.pk}/preview/"
    found = desk.get(address, {"q": "ana"}).content.decode()
    assert f"as={ana.pk}" in found
    assert "Nobody is called that." in text_of(desk.get(address, {"q": "nobody"}))
    page = desk.get(address, {"as": ana.pk}).content.decode()
    assert f"mail/?lang=en&amp;as={ana.pk}" in page
    assert "Hello Ana &lt;b&gt;," in page
    assert (
        "Hello Ana &lt;b&gt;,"
        in desk.get(f"/staff/broadcasts/{draft.pk}/mail/", {"as": ana.pk}).content.decode()
    )


def test_the_frame_has_a_policy_of_its_own(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    mail = desk.get(f"/staff/broadcasts/{draft.pk}/mail/")
    policy = mail.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-popups" in policy
    assert "script-src 'none'" in policy
    assert mail.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = desk.get(f"/staff/broadcasts/{draft.pk}/preview/")
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_what_was_sent_is_shown_as_it_was_sent(desk: Client, editor: User) -> None:
    running = begun(editor)
    running.topic.texts.update(title="Changed since")
    page = desk.get(f"/staff/broadcasts/{running.pk}/preview/").content.decode()
    assert "Hello Maria Popescu," in page
    mail = desk.get(f"/staff/broadcasts/{running.pk}/mail/").content.decode()
    assert "Who owns the bridges?" in mail
    assert "Changed since" not in mail


def test_a_topic_without_words(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    draft.topic.texts.all().delete()
    for page in ("preview", "mail"):
        told = desk.get(f"/staff/broadcasts/{draft.pk}/{page}/").content.decode()
        assert "there is nothing to send yet." in told
    told = text_of(desk.post(f"/staff/broadcasts/{draft.pk}/proof/", {"lang": "en"}, follow=True))
    assert "there is nothing to send yet." in told
    assert not Message.objects.exists()


@pytest.mark.parametrize("query", [{"lang": "xx"}, {"as": "x"}, {"as": "9" * 30}, {"q": "\x00"}])
def test_what_nobody_asks_for(desk: Client, editor: User, query: dict[str, str]) -> None:
    draft = a_draft(editor)
    expected = 404 if "lang" in query else 200
    for page in ("preview", "mail"):
        response = desk.get(f"/staff/broadcasts/{draft.pk}/{page}/", query)
        assert response.status_code == expected


def test_a_proof_goes_to_whoever_asks(desk: Client, editor: User) -> None:
    a_follower()
    draft = a_draft(editor)
    address = f"/staff/broadcasts/{draft.pk}/proof/"
    page = text_of(desk.post(address, {"lang": "ro"}, follow=True))
    assert "The mail in Romanian is on its way to editor@example.org." in page
    message = Message.objects.get()
    assert (message.kind, message.to, message.language) == ("proof", editor.email, "ro")
    assert message.context["subject"] == "Ale cui sunt podurile?"


def test_a_proof_the_second_time(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    for _twice in range(2):
        desk.post(f"/staff/broadcasts/{draft.pk}/proof/", {"lang": "en"})
    assert Message.objects.filter(kind="proof", to=editor.email).count() == 2


def test_the_pages_ask_a_fixed_number_of_questions(desk: Client, editor: User) -> None:
    draft = a_draft(editor)
    address = f"/staff/broadcasts/{draft.pk}/preview/?q=reader"
    a_follower()
    before = questions(desk, address)
    for _each in range(5):
        a_follower()
    assert questions(desk, address) == before <= 5


@pytest.mark.parametrize(
    ("template", "told"),
    [("{% load nothing %}", "TemplateSyntaxError"), ("{% url 'nothing' %}", "NoReverseMatch")],
)
def test_a_broken_template_is_told_and_nothing_is_sent(
    desk: Client, editor: User, settings: Settings, tmp_path: Path, template: str, told: str
) -> None:
    draft = a_draft(editor)
    spoil(settings, tmp_path, template)
    address = f"/staff/broadcasts/{draft.pk}"
    assert told in text_of(desk.get(f"{address}/preview/"))
    assert told in desk.get(f"{address}/mail/").content.decode()
    assert told in text_of(desk.post(f"{address}/proof/", {"lang": "en"}, follow=True))
    now = {"when": "now", "hours_late": "6"}
    assert told in text_of(desk.post(f"{address}/schedule/", now, follow=True))
    draft.refresh_from_db()
    assert draft.state == Broadcast.State.DRAFT
    assert not Message.objects.exists()
