"""What third parties signal. Between our own folders there are no signals."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, pre_send, tracking
from django.core.mail import EmailMessage
from django.dispatch import receiver
from django.utils import timezone

from donations.outbox.adapting import adapt
from donations.outbox.providers import report_of
from donations.outbox.reporting import keep


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
