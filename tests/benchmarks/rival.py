"""The same mailing through django-post_office, as errands: queue it, send it.

The three editions are its templates, rendered when they are sent, as it advises for many mails;
the mails have the same headers. `python -m tests.benchmarks.rival`
"""

import logging
import time

import django

django.setup()

# ruff: noqa: E402  models can be named only after setup
from django.core.management import call_command
from django.utils import timezone
from post_office import mail  # type: ignore[import-untyped]
from post_office.models import STATUS, Email, EmailTemplate  # type: ignore[import-untyped]

from donations.broadcasts.editions import GREETING, GREETING_HTML, TOKEN, WHY, WHY_HTML, render
from donations.broadcasts.merging import leave_url, shared_headers
from donations.broadcasts.models import Broadcast
from donations.outlet import queries as outlets
from donations.seals import seal
from tests.benchmarks.errands import Answer, obey

PLACES = {
    GREETING_HTML: "{{ greeting }}",
    GREETING: "{{ greeting }}",
    TOKEN: "{{ token }}",
    WHY: "{{ why }}",
    WHY_HTML: "{{ why }}",
}
SENDER, DOMAIN = "Newsroom <bench@example.org>", "example.org"


def prepare() -> Answer:
    """Its tables, and the editions of our latest broadcast as its templates."""
    call_command("migrate", "post_office", verbosity=0)
    broadcast = Broadcast.objects.latest("pk")
    for edition in broadcast.editions.all():
        rendered = render(broadcast, edition)
        EmailTemplate.objects.create(
            name=edition.language,
            subject=rendered.subject,
            content=placed(rendered.text),
            html_content=placed(rendered.html),
        )
    return {"templates": EmailTemplate.objects.count()}


def placed(text: str) -> str:
    """Our placeholders as Django's variables."""
    for ours, theirs in PLACES.items():
        text = text.replace(ours, theirs)
    return text


def queue(count: str) -> Answer:
    """Rows for so many readers."""
    begun = time.perf_counter()
    broadcast, newsroom = Broadcast.objects.latest("pk"), outlets.current()
    templates = {each.name: each for each in EmailTemplate.objects.all()}
    headers = {
        language: shared_headers(broadcast, language, newsroom, DOMAIN) for language in templates
    }
    wanted = []
    for number in range(int(count)):
        language, token = ("en", "ro", "ru")[number % 3], seal(number, purpose="unsubscribe")
        wanted.append(
            {
                "recipients": [f"reader{number}@example{number % 500}.org"],
                "sender": SENDER,
                "template": templates[language],
                "render_on_delivery": True,
                "context": {
                    "greeting": f"Hello Ștefan Țurcanu {number},",
                    "token": token,
                    "why": f"You asked for news about Politics on {timezone.now():%d.%m.%Y}.",
                },
                "headers": {
                    **headers[language],
                    "List-Unsubscribe": f"<{leave_url(token)}>",
                    "Message-ID": f"<broadcast.{number}.{token}@{DOMAIN}>",
                },
            }
        )
    mail.send_many(wanted)
    return {"seconds": time.perf_counter() - begun}


def send() -> Answer:
    """All that is queued, in two processes, as its own command does it."""
    before = Email.objects.filter(status=STATUS.sent).count()
    begun = time.perf_counter()
    mail.send_queued_mail_until_done(processes=2)
    seconds = time.perf_counter() - begun
    sent = Email.objects.filter(status=STATUS.sent).count()
    return {"sent": sent - before, "seconds": seconds, "left": Email.objects.count() - sent}


if __name__ == "__main__":
    logging.disable(logging.INFO)
    obey({"prepare": prepare, "queue": queue, "send": send})
