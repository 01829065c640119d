"""A PostgreSQL database for one benchmark, and the environment that leads our service to it."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")
BROKER = os.environ.get("BENCH_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
SECRET = "whsec_of_the_benchmark"


@contextmanager
def own_database() -> Iterator[str]:
    """A migrated database of our own; yields its name and drops it at the end."""
    name = f"footnote_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            migrate(name)
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def url(name: str) -> str:
    """The address of a database on the same server."""
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def migrate(name: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        env={**os.environ, **environment(name)},
        check=True,
    )


def environment(name: str) -> dict[str, str]:
    """A production process on loopback."""
    return {
        "DEBUG": "off",
        "SECRET_KEY": "of-the-benchmark-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": url(name),
        "CELERY_BROKER_URL": BROKER,
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": "bench@example.org",
        "STRIPE_SECRET_KEY": "sk_test_bench",
        "STRIPE_WEBHOOK_SECRET": SECRET,
    }


def bare_environment(name: str) -> dict[str, str]:
    """The same database for the peer."""
    parts = urlsplit(SERVER)
    return {
        "BARE_DATABASE": name,
        "BARE_USER": parts.username or "postgres",
        "BARE_HOST": f"{parts.hostname}",
    }
