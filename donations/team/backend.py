"""Signing in, and what Django's own permissions say."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from donations.supporters.models import User
from donations.team.factors import with_factor
from donations.team.rights import Right, may


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]
    """Allauth's, where an administrator has every permission without being a superuser."""

    def get_user(self, user_id: Any) -> User | None:
        """Whose session it is, in one query with whether they have a second factor."""
        user = with_factor(User.objects.filter(pk=user_id)).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Permissions are for records; who else may what is in rights.py."""
        return obj is None and may_records(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """The same."""
        return may_records(user_obj)


def may_records(user: Any) -> bool:
    """Whether records are theirs to see."""
    return isinstance(user, User) and may(user, Right.RECORDS)
