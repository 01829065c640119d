"""Stripe's notifications beside a bare view that does one INSERT: same server, same run.

Every notification is another event, really signed; what the peer stores is as long.
"""

import json
import uuid

import psycopg
import stripe

from tests.benchmarks.load import post, rate
from tests.benchmarks.postgres import SECRET, bare_environment, environment, own_database, url
from tests.benchmarks.reporting import compare, say
from tests.benchmarks.serving import served

GOAL = 0.50
ROUNDS, REQUESTS = 7, 2000


def main() -> None:
    say("webhook: events per second on PostgreSQL, granian with 2 workers, 16 kept connections")
    with own_database() as database:
        with psycopg.connect(url(database), autocommit=True) as link:
            link.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body bytea)")
        with (
            served("config.wsgi:application", environment(database), "/healthz") as ours,
            served("tests.benchmarks.bare:application", bare_environment(database), "/") as peer,
        ):
            rounds = [(rate(ours, events()), rate(peer, inserts())) for _ in range(ROUNDS + 1)][1:]
            stored = count(database)
    if stored != (ROUNDS + 1) * REQUESTS:
        raise SystemExit(f"{stored} events stored, not {(ROUNDS + 1) * REQUESTS}")
    compare("webhook.ratio", GOAL, [one for one, _ in rounds], [other for _, other in rounds])


def body() -> str:
    """A checkout.session.completed of the usual length that belongs to nobody."""
    event = {
        "id": f"evt_{uuid.uuid4().hex}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": 1795341600,
        "type": "checkout.session.completed",
        "livemode": False,
        "data": {"object": {"id": f"cs_test_{uuid.uuid4().hex}", "filler": "x" * 2000}},
    }
    return json.dumps(event)


def events() -> list[bytes]:
    """Signed now, as a provider signs each attempt."""
    made = []
    for text in [body() for _ in range(REQUESTS)]:
        signature = stripe.WebhookSignature.generate_signature_header(text, SECRET)
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        made.append(post("/webhooks/stripe/", text.encode(), headers))
    return made


def inserts() -> list[bytes]:
    headers = {"Content-Type": "application/json"}
    return [post("/insert", body().encode(), headers) for _ in range(REQUESTS)]


def count(database: str) -> int:
    with psycopg.connect(url(database)) as link:
        row = link.execute("SELECT count(*) FROM donations_inboundevent").fetchone()
        return row[0] if row else 0


if __name__ == "__main__":
    main()
