"""Databases of our own on the given server: made, cut off, dropped."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from tests.services import servers


def command(text: str, *names: str) -> None:
    """One statement on the server, with identifiers in the places of {}."""
    with psycopg.connect(servers.database_url(), autocommit=True) as server:
        server.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


def drop(name: str) -> None:
    """Gone, whoever is still connected."""
    command("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def drop_all(name: str) -> None:
    """Those of this name, and with a worker's behind it (name_gw0), as pytest-django does."""
    with psycopg.connect(servers.database_url(), autocommit=True) as server:
        found = server.execute(
            "SELECT datname FROM pg_database WHERE datname = %(name)s"
            " OR starts_with(datname, %(name)s || '_gw')",
            {"name": name},
        ).fetchall()
    for (each,) in found:
        drop(each)


@contextmanager
def made(template: str = "template1") -> Iterator[str]:
    """A new database; its name."""
    name = f"footnote_{uuid.uuid4().hex[:8]}"
    command("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        drop(name)


def hang_up() -> None:
    """End this process's own connections, properly."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's alone


def end_connections(name: str) -> int:
    """As a restart of the server does, waiting for each to be gone; says how many there were."""
    hang_up()
    with psycopg.connect(servers.database_url(), autocommit=True) as server:
        ended = server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        return len(ended.fetchall())


def be_away(name: str, *, seconds: float) -> int:
    """A restart that takes a while: every connection ends, and no new one is let in."""
    command("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
    try:
        ended = end_connections(name)
        time.sleep(seconds)
        return ended
    finally:
        command("ALTER DATABASE {} ALLOW_CONNECTIONS true", name)
