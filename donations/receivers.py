"""What third parties signal. Between our own folders there are no signals."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.dispatch import receiver
from django.utils import timezone

from donations.outbox.providers import report_of
from donations.outbox.reporting import keep


@receiver(tracking, dispatch_uid="donations.keep_report")
def keep_report(event: AnymailTrackingEvent, esp_name: str, **_ignored: Any) -> None:
    """A provider tells what became of a mail: kept, to be acted on by a task."""
    report = report_of(provider=esp_name.lower(), event=event)
    if report is not None:
        keep(report=report, at=timezone.now())
