"""A supporter signs in by a code from their mailbox, and nobody learns who is known here."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from donations.care.merging.operations import merge
from donations.outbox.models import Message
from donations.supporters.models import Supporter, User
from donations.supporters.operations import join_supporter
from tests.newsroom import Newsroom
from tests.web.signing import ASK, CODE, CONFIRM, ask, codes, enter, signed_in, supporter

pytestmark = pytest.mark.django_db


def test_who_gave_finds_their_page(newsroom: Newsroom) -> None:
    newsroom.give()

    page = signed_in("ana@example.org").get("/ro/account/")

    assert page.status_code == 200
    assert "ana@example.org" in page.content.decode()


def test_whatever_the_letter_case(newsroom: Newsroom) -> None:
    newsroom.give()
    client = newsroom.client

    ask(client, "ANA@Example.ORG")
    enter(client, codes("ana@example.org")[-1])

    assert client.get("/ro/account/").status_code == 200
    assert supporter().user == User.objects.get(email="ana@example.org")


def test_the_login_has_no_password_and_no_desk(newsroom: Newsroom) -> None:
    newsroom.give()

    client = signed_in("ana@example.org")

    user = User.objects.get()
    assert not user.has_usable_password()
    assert not user.is_staff
    assert client.get("/staff/").status_code == 403


def test_a_code_proves_the_address(newsroom: Newsroom) -> None:
    newsroom.give()
    ask(newsroom.client, "ana@example.org")
    assert supporter().user is None
    assert supporter().proved_at is None

    enter(newsroom.client, codes("ana@example.org")[-1])

    assert supporter().user is not None
    assert supporter().proved_at is not None


def test_the_second_time_it_is_the_same_login(newsroom: Newsroom) -> None:
    newsroom.give()
    signed_in("ana@example.org")
    proved = supporter().proved_at

    signed_in("ana@example.org")

    assert User.objects.count() == 1
    assert supporter().proved_at == proved


def test_nobody_is_written_to_who_has_no_record_here(client: Client) -> None:
    ask(client, "stranger@example.org")

    assert not Message.objects.exists()
    assert not User.objects.exists()
    assert not Supporter.objects.exists()


def test_the_answer_is_the_same_whoever_it_is_about(newsroom: Newsroom) -> None:
    newsroom.give()
    answers = []
    for email in ("ana@example.org", "eva@example.org"):
        client = Client()
        first, second = ask(client, email), client.get(CONFIRM)
        wrong = enter(client, "0000-0000")
        cookies = {name: dict(each) | {"expires": ""} for name, each in client.cookies.items()}
        answers.append(
            (
                [(each.status_code, each.get("Location")) for each in (first, second, wrong)],
                second.content.decode().replace(email, ""),
                sorted(cookies.items()),
            )
        )
    known, unknown = answers
    assert known[0] == unknown[0]
    assert without_tokens(known[1]) == without_tokens(unknown[1])
    assert known[2] == unknown[2]


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_three_wrong_codes_are_enough(newsroom: Newsroom) -> None:
    newsroom.give()
    ask(newsroom.client, "ana@example.org")

    for _try in range(3):
        enter(newsroom.client, "0000-0000")
    enter(newsroom.client, codes("ana@example.org")[-1])

    assert newsroom.client.get("/ro/account/").status_code == 302


def test_one_address_cannot_be_written_to_without_end(newsroom: Newsroom) -> None:
    newsroom.give()

    for _try in range(6):
        ask(Client(), "ana@example.org")

    assert len(codes("ana@example.org")) == 3


def test_a_code_opens_nothing_in_another_window(newsroom: Newsroom) -> None:
    newsroom.give()
    ask(newsroom.client, "ana@example.org")

    other = Client()
    enter(other, codes("ana@example.org")[-1])

    assert other.get("/ro/account/").status_code == 302


def test_two_logins_never_share_one_supporter(newsroom: Newsroom) -> None:
    newsroom.give()
    theirs = signed_in("ana@example.org")
    another = User.objects.create_user("eva@example.org")

    assert join_supporter(user=another, email="ana@example.org", at=timezone.now()) is None

    assert supporter().user == User.objects.get(email="ana@example.org")
    assert theirs.get("/ro/account/gifts/").status_code == 200


def test_who_moved_to_another_address_signs_in_with_that(newsroom: Newsroom) -> None:
    newsroom.give()
    before = signed_in("ana@example.org")
    Supporter.objects.update(email="ana@new.example")
    assert before.get("/ro/account/gifts/").status_code == 404

    assert signed_in("ana@new.example").get("/ro/account/gifts/").status_code == 200
    assert before.get("/ro/account/gifts/").status_code == 404


def test_each_address_of_a_merged_record_opens_the_one_that_stayed(newsroom: Newsroom) -> None:
    newsroom.give()
    newsroom.give(email="ana@old.example", name="Ana")
    signed_in("ana@old.example")
    kept, other = supporter(), supporter("ana@old.example")
    eva = User.objects.create_user("eva@example.org", is_staff=True, role="administrator")
    merge(kept=kept, other=other, by=eva, token="form", why="", at=timezone.now())

    for email in ("ana@old.example", "ana@example.org"):
        answer = signed_in(email).get("/ro/account/gifts/")
        assert len(answer.context["gifts"]) == 2
    assert User.objects.filter(is_staff=False).count() == 1


def test_the_letter_is_in_the_language_of_the_page(newsroom: Newsroom) -> None:
    newsroom.give()
    client = Client(headers={"accept-language": "en"})

    ask(client, "ana@example.org", to="/ru/account/")

    letter = Message.objects.get(kind=Message.Kind.SIGN_IN_CODE)
    assert letter.language == "ru"
    assert CODE.fullmatch(letter.context["code"])


def test_the_page_speaks_the_language_that_it_leads_to(client: Client) -> None:
    page = client.get(ASK, {"next": "/ro/account/"}, headers={"accept-language": "ru"})

    assert 'lang="ro"' in page.content.decode()


def test_nobody_is_led_to_another_site(newsroom: Newsroom) -> None:
    newsroom.give()
    ask(newsroom.client, "ana@example.org", to="https://evil.example/")

    answer = enter(newsroom.client, codes("ana@example.org")[-1], to="https://evil.example/")

    assert answer["Location"].startswith("/")


def test_signing_out_needs_a_form_and_closes_the_page(newsroom: Newsroom) -> None:
    newsroom.give()
    client = signed_in("ana@example.org")
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/ro/account/").status_code == 200

    client.post("/accounts/logout/", {"next": "/ro/"})

    assert client.get("/ro/account/").status_code == 302


def test_the_support_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/ro/").cookies


def test_a_colleague_is_asked_for_more_than_a_code(newsroom: Newsroom) -> None:
    newsroom.give()
    colleague = User.objects.create_user("ana@example.org", is_staff=True, role="editor")
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={})
    ask(newsroom.client, "ana@example.org")

    answer = enter(newsroom.client, codes("ana@example.org")[-1])

    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert newsroom.client.get("/ro/account/").status_code == 302


def test_a_supporter_with_a_passkey_may_still_use_a_code(newsroom: Newsroom) -> None:
    newsroom.give()
    signed_in("ana@example.org")
    Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.WEBAUTHN, data={})

    assert signed_in("ana@example.org").get("/ro/account/").status_code == 200


def make_it_long_ago(client: Client) -> None:
    """They signed in this morning."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_a_passkey_is_added_after_one_more_code(newsroom: Newsroom) -> None:
    newsroom.give()
    client = signed_in("ana@example.org")
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200
    make_it_long_ago(client)

    answer = client.get("/accounts/2fa/webauthn/add/")
    assert answer["Location"].startswith("/accounts/login/again/?next=")
    assert client.get(answer["Location"]).status_code == 200
    assert len(codes("ana@example.org")) == 1
    client.post("/accounts/login/again/", {"next": "/accounts/2fa/webauthn/add/"})
    assert client.get("/ro/account/").status_code == 302
    enter(client, codes("ana@example.org")[-1], to="/accounts/2fa/webauthn/add/")

    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200


def test_one_more_code_leads_to_no_other_site(newsroom: Newsroom) -> None:
    newsroom.give()
    client = signed_in("ana@example.org")

    answer = client.post("/accounts/login/again/", {"next": "//evil.example/"})

    assert "evil" not in answer["Location"]


def test_one_more_code_is_for_who_is_signed_in(client: Client) -> None:
    assert client.get("/accounts/login/again/").status_code == 302
    assert client.post("/accounts/login/again/").status_code == 302
