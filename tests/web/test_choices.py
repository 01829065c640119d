"""One's own choices, by the link from the mailbox."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from donations.outbox.models import Message
from donations.sections import queries
from donations.supporters import links
from donations.supporters.models import Consent, Supporter
from donations.web import choices
from donations.web.forms import new_token
from tests.supporters.links import aged
from tests.web.following import a_reader, asks, follows
from tests.web.form import flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def ana() -> Supporter:
    return a_reader()


def address(supporter: Supporter) -> str:
    return f"/en/choices/?token={links.token_of(supporter, purpose=links.CHOICES)}"


def save(client: Client, supporter: Supporter, **changes: Any) -> Any:
    filled = {"what": "these", "sections": ["economy"], "spoken": "ro", **changes}
    return client.post(address(supporter), filled, follow=True)


def chosen(supporter: Supporter) -> list[str]:
    now = queries.choices(supporter)
    return ["every"] * now.every + [each.slug for each in now.sections]


@pytest.mark.parametrize(
    ("slugs", "words", "ticked"),
    [
        ((), "about every new topic", ["every"]),
        (("economy", "politics"), "about: Politics, Economy.", ["these", "politics", "economy"]),
    ],
)
def test_it_says_what_is_chosen_now(
    client: Client, ana: Supporter, slugs: tuple[str, ...], words: str, ticked: list[str]
) -> None:
    follows(ana, *slugs)
    page = client.get(address(ana))
    assert words in flat(page)
    assert re.findall(r'value="([\w-]+)" checked', flat(page)) == ticked
    assert re.findall(r'value="(\w+)" lang="\w+" selected', flat(page)) == ["en"]
    assert not page.cookies
    assert ana.email not in flat(page)


def test_nothing_chosen(client: Client, ana: Supporter) -> None:
    page = flat(client.get(address(ana)))
    assert "Now we do not write to you about topics." in page
    assert re.findall(r'value="([\w-]+)" checked', page) == ["nothing"]


def test_what_waits_is_said(client: Client, ana: Supporter) -> None:
    asks(ana, "economy")
    assert "not confirmed yet" in flat(client.get(address(ana)))


@pytest.mark.parametrize(
    ("changes", "after", "words"),
    [
        ({}, ["economy"], "hear from us about: Economy."),
        ({"what": "every"}, ["every"], "when there is a new topic."),
        ({"what": "nothing"}, [], "We will not write to you about topics."),
        ({"what": "nothing", "sections": []}, [], "We will not write to you about topics."),
    ],
)
def test_a_choice_is_saved(
    client: Client, ana: Supporter, changes: dict[str, Any], after: list[str], words: str
) -> None:
    follows(ana, "politics")
    page = save(client, ana, **changes)
    assert page.redirect_chain[0][1] == 303
    assert "Saved." in flat(page)
    assert words in flat(page)
    assert chosen(ana) == after
    ana.refresh_from_db()
    assert (ana.language, ana.proved_at is not None) == ("ro", True)
    assert Consent.objects.latest("pk").granted == bool(after)


def test_saving_the_second_time(client: Client, ana: Supporter) -> None:
    for _time in range(2):
        save(client, ana)
    assert chosen(ana) == ["economy"]
    assert Consent.objects.get().wording == "Write to me about: Economy"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sections": []}, "sections"),
        ({"sections": ["sport"]}, "sections"),
        ({"what": "all"}, "what"),
        ({"spoken": "xx"}, "spoken"),
    ],
)
def test_what_is_wrong_changes_nothing(
    client: Client, ana: Supporter, changes: dict[str, Any], field: str
) -> None:
    follows(ana, "politics")
    page = save(client, ana, **changes)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert f'id="error-{field}"' in flat(page)
    assert chosen(ana) == ["politics"]


def test_a_look_changes_nothing(client: Client, ana: Supporter) -> None:
    client.get(address(ana) + "&what=every&saved=1")
    assert chosen(ana) == []


class TestWithoutALink:
    """None, one that is too old, or one that is broken: a new one goes to the mailbox."""

    def ask(self, client: Client, email: str = "ana@example.org", **changes: str) -> Any:
        return client.post("/en/choices/", {"token": new_token(), "email": email, **changes})

    def test_the_page_asks_for_the_address(self, client: Client) -> None:
        page = client.get("/en/choices/")
        assert (page.status_code, 'name="email"' in flat(page)) == (200, True)

    def test_too_old(self, client: Client, ana: Supporter, monkeypatch: pytest.MonkeyPatch) -> None:
        address = f"/en/choices/?token={aged(monkeypatch, ana, links.CHOICES, 91)}"
        page = client.get(address)
        assert (page.status_code, "This link is too old." in flat(page)) == (410, True)
        assert ana.email not in flat(page)
        client.post(address, {"what": "every", "spoken": "en"})
        assert chosen(ana) == []

    @pytest.mark.parametrize("token", ["x", "1:2:3"])
    def test_broken(self, client: Client, token: str) -> None:
        page = client.get(f"/en/choices/?token={token}")
        assert (page.status_code, "This link is not complete." in flat(page)) == (404, True)

    def test_the_link_is_sent(self, client: Client, ana: Supporter) -> None:
        assert "Look into your mailbox." in flat(self.ask(client))
        message = Message.objects.get()
        assert (message.kind, message.to) == ("choices_link", ana.email)
        assert client.get(message.context["choices_url"]).status_code == 200

    def test_asking_the_second_time(self, client: Client, ana: Supporter) -> None:
        for _time in range(2):
            self.ask(client)
        assert Message.objects.count() == 1

    def test_known_or_unknown_the_answer_is_the_same(self, client: Client, ana: Supporter) -> None:
        known, unknown = self.ask(client), self.ask(client, "ion@example.org")
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        assert Supporter.objects.get() == ana

    @pytest.mark.parametrize(
        ("changes", "status", "words"),
        [
            ({"email": "ana"}, 422, "Enter an e-mail address"),
            ({"email": ""}, 422, "Enter an e-mail address"),
            ({"token": ""}, 422, "send the form once more"),
        ],
    )
    def test_what_is_wrong_sends_nothing(
        self, client: Client, ana: Supporter, changes: dict[str, str], status: int, words: str
    ) -> None:
        page = self.ask(client, **changes)
        assert (page.status_code, words in flat(page)) == (status, True)
        assert not Message.objects.exists()

    def test_too_often(
        self, client: Client, ana: Supporter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(choices, "RATES", ("100/m/key", "2/m/ip"))
        answers = [self.ask(client).status_code for _time in range(3)]
        assert answers == [200, 200, 429]
