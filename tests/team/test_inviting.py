"""Somebody is asked to come: a link that works once, for seven days, until it is withdrawn."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from donations.history.models import Change
from donations.outbox.models import Message
from donations.supporters.models import Role, User
from donations.team import operations as team
from donations.team.models import Invitation, SignIn
from tests.team.conftest import NOON

pytestmark = pytest.mark.django_db


def asked(boss: User, **changes: Any) -> Invitation:
    told = {"email": "New@example.org", "role": Role.EDITOR, "language": "ro", **changes}
    return team.invite(**told, by=boss, at=NOON)


def token() -> str:
    """Out of the newest letter."""
    url: str = Message.objects.latest("pk").context["join_url"]
    return parse_qs(urlsplit(url).query)["token"][0]


def accepted(**changes: Any) -> tuple[User, bool]:
    told = {"token": token(), "name": "Nina", "password": "long enough 1", "at": NOON, **changes}
    return team.accept(**told)


def test_a_letter_goes_out_in_the_chosen_language(boss: User) -> None:
    asked(boss)
    letter = Message.objects.get()
    assert (letter.kind, letter.to, letter.language) == ("invitation", "new@example.org", "ro")
    assert "/ro/join/?token=" in letter.context["join_url"]
    assert Change.objects.get().what == "invitation.sent"


def test_whoever_accepts_is_a_colleague(boss: User) -> None:
    asked(boss)
    user, is_new = accepted()
    assert is_new
    assert (user.email, user.first_name, user.role) == ("new@example.org", "Nina", "editor")
    assert user.is_staff
    assert not user.is_superuser
    assert user.check_password("long enough 1")
    assert user.language == "ro"
    assert Change.objects.filter(what="colleague.joined", by=user).count() == 1


def test_without_a_password_none_fits(boss: User) -> None:
    asked(boss)
    user, _is_new = accepted(password=None)
    assert not user.has_usable_password()


def test_accepting_the_second_time(boss: User) -> None:
    asked(boss)
    accepted()
    with pytest.raises(team.InvitationOver) as over:
        accepted(password="somebody else's 1")
    assert over.value.why == "accepted"
    assert User.objects.get(email="new@example.org").check_password("long enough 1")


def test_asking_the_second_time_makes_a_new_link_and_voids_the_first(boss: User) -> None:
    asked(boss)
    first = token()
    again = asked(boss, role=Role.VIEWER)
    assert Invitation.objects.get() == again
    with pytest.raises(team.InvitationOver) as over:
        team.opened(first, at=NOON)
    assert over.value.why == "replaced"
    assert accepted()[0].role == "viewer"


def test_sent_again_it_has_seven_more_days(boss: User) -> None:
    invitation = asked(boss)
    late = NOON + timedelta(days=8)
    with pytest.raises(team.InvitationOver) as over:
        team.opened(token(), at=late)
    assert over.value.why == "expired"
    assert team.send_again(invitation=invitation, by=boss, at=late)
    assert team.opened(token(), at=late + timedelta(days=6)) == invitation


def test_withdrawn_it_opens_nothing(boss: User) -> None:
    invitation = asked(boss)
    assert team.withdraw(invitation=invitation, by=boss, at=NOON)
    with pytest.raises(team.InvitationOver) as over:
        accepted()
    assert over.value.why == "withdrawn"
    assert not User.objects.filter(email="new@example.org").exists()
    assert not team.send_again(invitation=invitation, by=boss, at=NOON)


def test_withdrawing_the_second_time(boss: User) -> None:
    invitation = asked(boss)
    team.withdraw(invitation=invitation, by=boss, at=NOON)
    assert not team.withdraw(invitation=invitation, by=boss, at=NOON)
    assert Change.objects.filter(what="invitation.withdrawn").count() == 1


@pytest.mark.parametrize("made_up", ["", "x", "WzEsMV0:1abc:def"])
def test_a_link_that_we_never_made(boss: User, made_up: str) -> None:
    with pytest.raises(team.InvitationOver) as over:
        team.opened(made_up, at=NOON)
    assert over.value.why == "unknown"


def test_a_colleague_is_not_asked(boss: User, ion: User) -> None:
    with pytest.raises(team.AlreadyColleague):
        asked(boss, email="ION@example.org")
    ion.is_active = False
    ion.save()
    with pytest.raises(team.AlreadyColleague):
        asked(boss, email="ion@example.org")


def test_a_supporter_s_login_becomes_a_colleague_s_and_keeps_its_password(boss: User) -> None:
    ana = User.objects.create_user("new@example.org", "her own long one", first_name="Ana")
    SignIn.objects.create(user=ana, session_key="a" * 32, at=NOON, seen_at=NOON)
    asked(boss)
    user, is_new = accepted(name="Not her", password="not hers at all")
    assert (user, is_new) == (ana, False)
    user.refresh_from_db()
    assert user.is_staff
    assert user.first_name == "Ana"
    assert user.check_password("her own long one")
    assert not SignIn.objects.filter(user=ana).exists()
