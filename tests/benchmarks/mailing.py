"""A newsroom with very many followers, and a worker that sends to them, as errands.

`python -m tests.benchmarks.mailing`, with the environment of a production process.
"""

import resource
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

# ruff: noqa: E402  models can be named only after setup
from django.db import connection
from django.utils import timezone

from config.celery import app
from donations.broadcasts import operations, queries
from donations.broadcasts.models import Broadcast, Delivery
from donations.sections.models import Section
from donations.supporters.models import Supporter
from donations.tasks import MAIL_SECONDS
from donations.topics.models import Topic, TopicText
from tests.benchmarks.errands import Answer, obey

# So long that a mail has 20 KB, in each language: Russian letters are two bytes.
PARAGRAPHS = {"en": 24, "ro": 22, "ru": 13}
SENTENCES = {
    "en": "The bridges over the river were paid for twice, and **nobody** can say who owns them.",
    "ro": "Podurile de peste râu au fost plătite de două ori și **nimeni** nu știe ale cui sunt.",
    "ru": "За мосты через реку заплатили дважды, и **никто** не может сказать, чьи они.",
}
PEOPLE = """
    INSERT INTO donations_supporter
        (email, name, language, created_at, proved_at, public_name, is_name_hidden)
    SELECT 'reader' || n || '@example' || mod(n, 500) || '.org', 'Ștefan Țurcanu ' || n,
        (ARRAY['en', 'ro', 'ru'])[1 + mod(n, 3)], now(), now(), '', false
    FROM generate_series(%s, %s) AS n
"""
FOLLOWS = """
    INSERT INTO donations_follow (supporter_id, section_id, language, asked_at, confirmed_at)
    SELECT id, %s, language, now() - interval '90 days', now() - interval '90 days'
    FROM donations_supporter
    WHERE NOT EXISTS (SELECT 1 FROM donations_follow WHERE supporter_id = donations_supporter.id)
"""
# What a worker writes for each mail, for very many without sending: claimed fifty at a time,
# begun, sent; so the table has the same dead rows as if all had been mailed.
FORWARD = """
    DO $$
    DECLARE
        chosen bigint[];
        mark uuid;
    BEGIN
        FOR round IN 1..{rounds} LOOP
            mark := gen_random_uuid();
            SELECT array_agg(id) INTO chosen FROM (
                SELECT id FROM donations_delivery
                WHERE broadcast_id = {broadcast} AND state = 'pending' AND next_attempt_at <= now()
                ORDER BY next_attempt_at, id LIMIT 50 FOR UPDATE SKIP LOCKED) AS due;
            UPDATE donations_delivery SET state = 'claimed', claim = mark,
                lease_until = now() + interval '2 minutes' WHERE id = ANY(chosen);
            COMMIT;
            UPDATE donations_delivery SET attempted_at = now(), attempts = attempts + 1,
                lease_until = now() + interval '15 minutes' WHERE id = ANY(chosen);
            COMMIT;
            UPDATE donations_delivery SET state = 'sent', sent_at = now(), error = 'only marked'
            WHERE id = ANY(chosen);
            COMMIT;
        END LOOP;
    END $$
"""


def people(count: str) -> Answer:
    """So many in all, each following; the tables' statistics as autovacuum would have them."""
    known = Supporter.objects.count()
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [known + 1, int(count)])
        cursor.execute(FOLLOWS, [Section.objects.get(slug="politics").pk])
        cursor.execute("VACUUM ANALYZE donations_supporter, donations_follow")
        cursor.execute("CHECKPOINT")
    return {"seconds": time.perf_counter() - begun}


def topic() -> Topic:
    """A long read in three languages."""
    now = timezone.now()
    made, is_new = Topic.objects.get_or_create(
        slug="bridges",
        defaults={
            "section": Section.objects.get(slug="politics"),
            "state": Topic.State.PUBLISHED,
            "language": "en",
            "link": "https://news.example.org/bridges",
            "created_at": now,
            "changed_at": now,
            "published_at": now,
            "supporters_count": 1200,
        },
    )
    for language, number in PARAGRAPHS.items() if is_new else ():
        sentence = SENTENCES[language]
        body = f"{' '.join([sentence] * 4)}\n\n" * number
        TopicText.objects.create(
            topic=made, language=language, title=sentence[:60].strip("*"), summary="", body=body
        )
    return made


def begin() -> Answer:
    """A broadcast to everybody, drafted, scheduled for now, and its list written."""
    now = timezone.now()
    broadcast = operations.draft(topic=topic(), by=None, at=now)
    operations.schedule(
        broadcast=broadcast, send_at=now, max_lateness=timedelta(hours=1), by=None, at=now
    )
    begun = time.perf_counter()
    operations.run_due(at=now)
    seconds = time.perf_counter() - begun
    broadcast.refresh_from_db()
    assert broadcast.state == Broadcast.State.SENDING, broadcast.problem
    return {
        "broadcast": broadcast.pk,
        "recipients": broadcast.recipient_count,
        "seconds": seconds,
        **sizes(broadcast),
    }


def sizes(broadcast: Broadcast) -> Answer:
    """How long its mails are."""
    letters = [queries.letter_for(broadcast, each).wire_bytes() for each in PARAGRAPHS]
    return {"bytes": [len(letter) for letter in letters]}


def letter(path: str) -> Answer:
    """One ready mail into a file, for the loop that sends nothing else."""
    broadcast = Broadcast.objects.latest("pk")
    ready = queries.letter_for(broadcast, "en").wire_bytes()
    return {"bytes": Path(path).write_bytes(ready)}


def send(seconds: str = str(MAIL_SECONDS)) -> Answer:
    """What the Celery task does, once."""
    begun = time.perf_counter()
    sent = operations.send_due(at=timezone.now(), seconds=float(seconds))
    return {"sent": sent, "seconds": time.perf_counter() - begun, **memory()}


def memory() -> Answer:
    """In megabytes: now, and at its highest."""
    now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"now": now / 2**20, "peak": peak / 2**20}


def forward(number: str, count: str) -> Answer:
    """Mark so many as sent, as workers would."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(FORWARD.format(rounds=int(count) // 50, broadcast=int(number)))
        cursor.execute("RESET synchronous_commit")
    return {"seconds": time.perf_counter() - begun}


def cancel(number: str) -> Answer:
    """Only its list was wanted."""
    broadcast = Broadcast.objects.get(pk=number)
    return {"canceled": operations.cancel(broadcast=broadcast, at=timezone.now())}


def done(number: str) -> Answer:
    """How many are settled."""
    return {"done": queries.counted(Broadcast.objects.get(pk=number), timezone.now()).done}


def vacuum() -> Answer:
    """What autovacuum does in a while, where it is on."""
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE donations_delivery")
    return {"seconds": time.perf_counter() - begun}


def table() -> Answer:
    """How large it is, and how much of it is dead."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT pg_total_relation_size('donations_delivery') / 1048576, n_dead_tup, n_live_tup"
            " FROM pg_stat_user_tables WHERE relname = 'donations_delivery'"
        )
        megabytes, dead, live = cursor.fetchone()
    return {"megabytes": megabytes, "dead": dead, "live": live}


def finish(number: str) -> Answer:
    """End it as the task does; where everybody is."""
    operations.run_due(at=timezone.now())
    broadcast = Broadcast.objects.get(pk=number)
    deliveries = Delivery.objects.filter(broadcast=broadcast)
    return {
        "state": broadcast.state,
        "recipients": broadcast.recipient_count,
        "sent": deliveries.filter(state=Delivery.State.SENT).count(),
        "only_marked": deliveries.filter(error="only marked").count(),
    }


def progress(number: str) -> Answer:
    """How long the live page's question takes."""
    broadcast = Broadcast.objects.get(pk=number)
    begun = time.perf_counter()
    found = queries.counted(broadcast, timezone.now())
    return {"seconds": time.perf_counter() - begun, "total": found.total}


if __name__ == "__main__":
    # As in a worker, with all that it imports.
    app.finalize()
    app.loader.import_default_modules()
    errands = (
        people, begin, cancel, letter, send, done, forward, vacuum, table, finish, progress,
    )  # fmt: skip
    obey({errand.__name__: errand for errand in errands})
