"""Who may do what."""

import pytest

from donations.supporters.models import Role, User
from donations.team.rights import RIGHTS, Right, may


def colleague(role: str, *, is_staff: bool = True, is_superuser: bool = False) -> User:
    """Somebody with this role."""
    return User(email="a@b.example", role=role, is_staff=is_staff, is_superuser=is_superuser)


def test_every_role_may_look_and_one_may_everything() -> None:
    assert all(may(colleague(role), Right.LOOK) for role in Role)
    assert RIGHTS[Role.ADMINISTRATOR] == frozenset(Right)


def test_without_a_role_one_may_look() -> None:
    assert may(colleague(""), Right.LOOK)
    assert not may(colleague(""), Right.PEOPLE)


def test_a_superuser_is_an_administrator() -> None:
    assert may(colleague("viewer", is_superuser=True), Right.ERASE)


@pytest.mark.parametrize("right", Right)
def test_who_is_no_colleague_may_nothing(right: Right) -> None:
    assert not may(colleague("administrator", is_staff=False), right)
    left = colleague("administrator")
    left.is_active = False
    assert not may(left, right)
