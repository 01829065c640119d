"""What third parties signal. Between our own folders there are no signals."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from anymail.signals import AnymailTrackingEvent, pre_send, tracking
from django.contrib.auth.signals import user_logged_in
from django.core.mail import EmailMessage
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from donations.history.operations import keep_change
from donations.outbox.adapting import adapt
from donations.outbox.providers import report_of
from donations.outbox.reporting import keep
from donations.supporters.models import User
from donations.team.sessions import note_sign_in


@receiver(tracking, dispatch_uid="donations.keep_report")
def keep_report(event: AnymailTrackingEvent, esp_name: str, **_ignored: Any) -> None:
    """A provider tells what became of a mail: kept, to be acted on by a task."""
    report = report_of(provider=esp_name.lower(), event=event)
    if report is not None:
        keep(report=report, at=timezone.now())


@receiver(pre_send, dispatch_uid="donations.adapt_message")
def adapt_message(message: EmailMessage, esp_name: str, **_ignored: Any) -> None:
    """A provider is about to get a message, and may want something otherwise."""
    adapt(message=message, provider=esp_name.lower())


@receiver(user_logged_in, dispatch_uid="donations.note_sign_in")
def note_where(request: HttpRequest, user: User, **_ignored: Any) -> None:
    """A colleague signs in: they and their administrator see where."""
    if user.is_staff:
        note_sign_in(
            session=request.session,
            user=user,
            browser=request.headers.get("User-Agent", ""),
            place=get_client_ip(request),
            at=timezone.now(),
        )


def keep_sign_in(user: User, what: str, **after: str) -> None:
    """How a colleague signs in was changed by themselves."""
    if user.is_staff:
        told = f"sign_in.{what}"
        keep_change(what=told, by=user, about=user, after=after, at=timezone.now())


@receiver(authenticator_added, dispatch_uid="donations.factor_added")
def keep_factor(user: User, authenticator: Authenticator, **_ignored: Any) -> None:
    """A second factor; recovery codes come with the first."""
    keep_sign_in(user, "factor_added", kind=str(authenticator.type))


@receiver(authenticator_removed, dispatch_uid="donations.factor_removed")
def keep_factor_gone(user: User, authenticator: Authenticator, **_ignored: Any) -> None:
    """One less."""
    keep_sign_in(user, "factor_removed", kind=str(authenticator.type))


@receiver(authenticator_reset, dispatch_uid="donations.codes_renewed")
def keep_new_codes(user: User, **_ignored: Any) -> None:
    """The earlier recovery codes are void."""
    keep_sign_in(user, "codes_renewed")


@receiver([password_changed, password_set], dispatch_uid="donations.password_changed")
def keep_password(user: User, **_ignored: Any) -> None:
    """A new one, by who knew the old one, or had none."""
    keep_sign_in(user, "password_changed")


@receiver(password_reset, dispatch_uid="donations.password_reset")
def keep_password_by_mail(user: User, **_ignored: Any) -> None:
    """A new one, by who reads the mailbox."""
    keep_sign_in(user, "password_reset")
