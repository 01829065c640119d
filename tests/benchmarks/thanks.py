"""How fast one process thanks readers, beside a bare loop of Django's own mail.

Both write the same mails from the same templates and hand them over on one connection to a sink
in a process of its own. Ours also commits the state of every message, one by one; the peer keeps
nothing and forgets everything when it dies. `python -m tests.benchmarks.thanks [--rounds N]`
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import formataddr
from functools import partial
from statistics import median

import django
from django.conf import settings

django.setup()

# ruff: noqa: E402  models can be named only after setup
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from donations.outbox import operations, rendering
from donations.outbox.models import Message
from donations.outlet import queries as outlet
from tests.benchmarks.sinks import sink

GOAL = 0.80
AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
LANGUAGES = ("en", "ro", "ru")
DJANGOS_OWN = "django.core.mail.backends.smtp.EmailBackend"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--messages", type=int, default=600)
    options = parser.parse_args()
    with sink() as port, own_database():
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_BACKEND = "donations.outbox.backends.SmtpBackend"
        report(*measure(options.rounds, options.messages))


def measure(rounds: int, messages: int) -> tuple[list[float], list[float]]:
    """Messages per second of ours and the peer, in turns; the first turn of each only warms up."""
    ours, peers = [], []
    for number in range(rounds + 1):
        queued = queue(number, messages)
        ours.append(messages / timed(partial(send_ours, messages)))
        peers.append(messages / timed(partial(send_peers, queued)))
    return ours[1:], peers[1:]


def queue(number: int, messages: int) -> list[Message]:
    """The same mix for both: three languages, one gift each."""
    return [
        operations.queue(
            key=f"thanks:{number}:{each}",
            kind=Message.Kind.THANKS,
            to=f"reader{each}@example.org",
            language=LANGUAGES[each % len(LANGUAGES)],
            context={
                "amount_minor": 500 + each,
                "currency": "EUR",
                "given_at": AT.isoformat(),
                "interval": "once",
                "name": "Ștefan Țurcanu",
                "reference": f"FN-{number}-{each}",
            },
            at=AT,
        )
        for each in range(messages)
    ]


def send_ours(messages: int) -> None:
    sent = operations.send_due(at=AT, limit=messages, seconds=600)
    if sent != messages or Message.objects.exclude(state=Message.State.SENT).exists():
        raise SystemExit(f"only {sent} of {messages} were sent")


def send_peers(messages: list[Message]) -> None:
    """What a short script would do: render, build, send, on one open connection."""
    newsroom = outlet.current()
    sender = formataddr((newsroom.name, "support@example.org"))
    with get_connection(DJANGOS_OWN) as mail:
        for message in messages:
            with translation.override(message.language):
                values = rendering.values(message, newsroom)
                letter = EmailMultiAlternatives(
                    subject=render_to_string("emails/thanks/subject.txt", values).strip(),
                    body=render_to_string("emails/thanks/body.txt", values),
                    from_email=sender,
                    to=[message.to],
                    reply_to=[newsroom.contact_email],
                    headers={
                        "Message-ID": f"<thanks.{message.token.hex}@example.org>",
                        "Auto-Submitted": "auto-generated",
                        "X-Auto-Response-Suppress": "OOF, AutoReply",
                    },
                )
                html = render_to_string("emails/thanks/body.html", values)
            letter.attach_alternative(html, "text/html")
            mail.send_messages([letter])


def timed(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def report(ours: list[float], peers: list[float]) -> None:
    ratio = median(ours) / median(peers)
    say(f"database {connection.vendor}; messages per second in {len(ours)} rounds")
    say("ours  " + " ".join(f"{rate:6.0f}" for rate in ours) + f"   median {median(ours):.0f}")
    say("peer  " + " ".join(f"{rate:6.0f}" for rate in peers) + f"   median {median(peers):.0f}")
    say(f"BENCH thanks.ratio {ratio:.2f} {GOAL:.2f} {'ok' if ratio >= GOAL else 'short'}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


@contextmanager
def own_database() -> Iterator[None]:
    """A database made for this run and dropped after it."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
