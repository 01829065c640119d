"""Roles change, colleagues go and come back; nobody raises themselves, one administrator stays."""

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from donations.history.models import Change
from donations.supporters.models import Role, User
from donations.team import operations as team
from donations.team import sessions
from donations.team.models import SignIn
from donations.team.rights import Right, may
from tests.team.conftest import NOON

pytestmark = pytest.mark.django_db


def to(user: User, role: Role, by: User) -> bool:
    done = team.change_role(user=user, role=role, by=by, at=NOON)
    user.refresh_from_db()
    return done


def test_another_role_counts_at_once(boss: User, ion: User) -> None:
    assert to(ion, Role.TREASURER, boss)
    assert may(ion, Right.MONEY)
    assert not may(ion, Right.SEND)
    change = Change.objects.get()
    assert (change.before, change.after) == ({"role": "editor"}, {"role": "treasurer"})


def test_the_same_role_the_second_time(boss: User, ion: User) -> None:
    to(ion, Role.TREASURER, boss)
    assert not to(ion, Role.TREASURER, boss)
    assert Change.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_nobody_changes_their_own(boss: User, ion: User, role: Role) -> None:
    for user in (boss, ion):
        with pytest.raises(team.OnOneself):
            to(user, role, user)
    assert not Change.objects.exists()


def test_a_superuser_who_becomes_less_is_none(boss: User) -> None:
    root = User.objects.create_superuser("root@example.org")
    to(root, Role.VIEWER, boss)
    assert not root.is_superuser
    assert not may(root, Right.PEOPLE)


def the_last(boss: User) -> User:
    """An administrator beside whom only one other is left, who is out."""
    other = User.objects.create_user("second@example.org", is_staff=True, role="administrator")
    User.objects.filter(pk=boss.pk).update(is_active=False)
    return other


def test_the_last_administrator_stays(boss: User) -> None:
    last = the_last(boss)
    with pytest.raises(team.LastAdministrator):
        to(last, Role.EDITOR, boss)
    with pytest.raises(team.LastAdministrator):
        team.deactivate(user=last, by=boss, at=NOON)
    last.refresh_from_db()
    assert may(last, Right.TEAM)


def test_somebody_without_a_place_at_the_desk_is_no_colleague(boss: User) -> None:
    ana = User.objects.create_user("ana@example.org")
    with pytest.raises(User.DoesNotExist):
        to(ana, Role.ADMINISTRATOR, boss)


def test_who_is_let_in_no_more_is_out_at_once(boss: User, ion: User) -> None:
    client = signed_in(ion)
    assert client.get("/staff/").status_code == 200
    assert team.deactivate(user=ion, by=boss, at=NOON)
    assert client.get("/staff/").status_code == 302
    assert not SignIn.objects.filter(user=ion).exists()


def test_let_in_again_they_sign_in_anew(boss: User, ion: User) -> None:
    client = signed_in(ion)
    team.deactivate(user=ion, by=boss, at=NOON)
    assert team.reactivate(user=ion, by=boss, at=NOON)
    assert client.get("/staff/").status_code == 302
    ion.refresh_from_db()
    assert may(ion, Right.WRITE)


@pytest.mark.parametrize("change", [team.deactivate, team.reactivate])
def test_in_or_out_the_second_time(boss: User, ion: User, change: Any) -> None:
    if change is team.reactivate:
        User.objects.filter(pk=ion.pk).update(is_active=False)
    assert change(user=ion, by=boss, at=NOON)
    assert not change(user=ion, by=boss, at=NOON)
    assert Change.objects.count() == 1


def test_oneself_the_second_time(ion: User) -> None:
    said: dict[str, Any] = {"name": "Ion", "language": "ro", "wants_digest": False}
    assert team.change_oneself(user=ion, **said, at=NOON)
    assert not team.change_oneself(user=ion, **said, at=NOON)
    ion.refresh_from_db()
    assert (ion.first_name, ion.language, ion.wants_digest) == ("Ion", "ro", False)


def test_signed_out_here_and_not_there(boss: User, ion: User) -> None:
    here, there = signed_in(ion), signed_in(ion)
    key = here.session.session_key
    assert team.sign_out(user=ion, besides=key, only=None, by=ion, at=NOON) == 1
    assert here.get("/staff/").status_code == 200
    assert there.get("/staff/").status_code == 302
    assert team.sign_out(user=ion, besides=key, only=None, by=ion, at=NOON) == 0
    assert Change.objects.count() == 1


def test_a_colleague_s_own_place_is_theirs_alone(boss: User, ion: User) -> None:
    theirs = signed_in(boss)
    number = SignIn.objects.get(user=boss).pk
    assert team.sign_out(user=ion, besides="x", only=number, by=ion, at=NOON) == 0
    assert theirs.get("/staff/").status_code == 200


def test_with_a_new_password_other_places_are_dead_and_this_one_is_known(ion: User) -> None:
    ion.set_password("a long enough password")
    ion.save()
    here, there = signed_in(ion), signed_in(ion)
    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": "a long enough password",
            "password1": "another long password",
            "password2": "another long password",
        },
    )
    assert here.get("/staff/me/").status_code == 200
    assert there.get("/staff/me/").status_code == 302
    ion.refresh_from_db()
    assert [each.session_key for each in sessions.sign_ins(ion)] == [here.session.session_key]


def test_a_session_that_is_gone_is_not_shown(ion: User) -> None:
    client = signed_in(ion)
    assert len(sessions.sign_ins(ion)) == 1
    SessionStore(client.session.session_key).delete()
    assert sessions.sign_ins(ion) == []


def signed_in(user: User) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    client.force_login(user)
    return client
