"""How the person signed in: the login itself, and browsers in which they are signed in."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session

from donations.supporters.models import User
from donations.supporters.traces import Traces


def forget_logins(users: Collection[User], traces: Traces) -> None:
    """A colleague who gave as well keeps the login that they work with."""
    numbers = {str(user.pk) for user in users if not user.is_staff}
    for session in Session.objects.iterator(chunk_size=500):
        held = session.get_decoded()
        if held.get("_auth_user_id") in numbers or traces.are_in(repr(held)):
            session.delete()
    EmailAddress.objects.filter(email__in=traces.addresses, user__is_staff=False).delete()
    for user in users:
        if not user.is_staff:
            user.delete()
    for entry in LogEntry.objects.filter(object_repr__in=[*traces.addresses, *traces.names]):
        LogEntry.objects.filter(pk=entry.pk).update(object_repr="", change_message="")
