"""Which servers the suite stands on, and whether they answer."""

import os
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import psycopg
from kombu import Connection

from config import environment

DATABASE_URL = "postgres://postgres@127.0.0.1:5432/test"
BROKER_URLS = "redis://127.0.0.1:6379/9,amqp://guest:guest@127.0.0.1:5672//"
SECONDS = 5


def database_url() -> str:
    """Where databases of our own may be made; its own is only connected to."""
    return os.environ.get("TEST_DATABASE_URL") or DATABASE_URL


def broker_urls() -> list[str]:
    """The brokers, in the order in which they are tried."""
    named = (os.environ.get("TEST_BROKER_URLS") or BROKER_URLS).split(",")
    return [url.strip() for url in named if url.strip()]


def troubles() -> Iterator[str]:
    """A sentence for each server that does not answer."""
    try:
        psycopg.connect(database_url(), connect_timeout=SECONDS).close()
    except psycopg.Error as error:
        yield f"PostgreSQL does not answer at {shown(database_url())}: {error}"
    for url in broker_urls():
        try:
            with Connection(url, connect_timeout=SECONDS) as broker:
                broker.ensure_connection(max_retries=1, timeout=SECONDS)
        except Exception as error:  # noqa: BLE001  each transport has exceptions of its own
            yield f"No broker answers at {shown(url)}: {error}"


def shown(url: str) -> str:
    """The address without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url


def with_name(url: str, name: str) -> str:
    """The same server with another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def surroundings(**ours: str) -> dict[str, str]:
    """The environment of a process: as it is here, but of our settings these alone."""
    mine = {name for each in environment.NAMES for name in (each, f"{each}_FILE")}
    return {**without(os.environ, mine), **ours}


def without(variables: Mapping[str, str], names: set[str]) -> dict[str, str]:
    """What is left."""
    return {name: value for name, value in variables.items() if name not in names}
