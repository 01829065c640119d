"""A service of three processes on a database, a queue and ports of its own."""

import os
import secrets
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from tests.services import databases, servers
from tests.services.brokers.queues import Queues
from tests.services.processes import ROOT
from tests.services.service import Service, free_port
from tests.standins.paypal import PayPalStandin
from tests.standins.smtp import SmtpStandin
from tests.standins.stripe import StripeStandin

WEBHOOK_SECRET = "whsec_secret_of_the_services_suite"
STRIPE_KEY = "sk_test_services"


@pytest.fixture(scope="session")
def broker_url() -> str:
    """The broker of this run."""
    if not os.environ.get("CELERY_BROKER_URL") or not os.environ.get("DATABASE_URL"):
        pytest.fail("These tests need their servers named: run `python -m tests.services`.")
    return os.environ["CELERY_BROKER_URL"]


@pytest.fixture(scope="session")
def migrated() -> Iterator[str]:
    """A database with all tables, to make copies of."""
    with databases.made() as name:
        url = servers.with_name(servers.database_url(), name)
        env = servers.surroundings(DEBUG="on", DATABASE_URL=url)
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=env, cwd=ROOT, check=True)
        yield name


@pytest.fixture
def database(broker_url: str, migrated: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of it for one test, to which this process's own connections lead as well."""
    usual = connection.settings_dict["NAME"]
    with databases.made(template=migrated) as name, django_db_blocker.unblock():
        connection.settings_dict["NAME"] = name
        yield name
        databases.hang_up()
        connection.settings_dict["NAME"] = usual


@pytest.fixture
def queues(broker_url: str) -> Iterator[Queues]:
    """A queue of our own at the broker."""
    ours = Queues(url=broker_url, name=f"footnote-{uuid.uuid4().hex[:8]}")
    yield ours
    ours.remove()


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpStandin]:
    """A mail server, for the processes and for this one."""
    with SmtpStandin() as standin:
        settings.EMAIL_BACKEND = "donations.outbox.backends.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", standin.port
        yield standin


@pytest.fixture
def service(
    database: str, queues: Queues, smtp: SmtpStandin, settings: Settings, tmp_path: Path
) -> Iterator[Service]:
    """Started and ready; stopped afterwards, and its last words kept for a failed test."""
    port = free_port()
    (tmp_path / "var").mkdir()
    stripe = StripeStandin(
        webhook_url=f"http://127.0.0.1:{port}/webhooks/stripe/", webhook_secret=WEBHOOK_SECRET
    )
    paypal = PayPalStandin(notify_url=f"http://127.0.0.1:{port}/webhooks/paypal/ipn/")
    with stripe, paypal:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = STRIPE_KEY, stripe.base_url
        settings.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET
        settings.PAYPAL_WEBSITE_URL = paypal.base_url
        settings.PAYPAL_IPN_VERIFY_URL = paypal.verify_url
        env = production(
            database=database, queues=queues, smtp=smtp, stripe_base=stripe.base_url, port=port
        )
        env |= {"PAYPAL_WEBSITE_URL": paypal.base_url, "PAYPAL_IPN_VERIFY_URL": paypal.verify_url}
        ours = Service(stripe=stripe, paypal=paypal, smtp=smtp, env=env, folder=tmp_path, port=port)
        try:
            ours.start()
            yield ours
        finally:
            ours.stop()
            sys.stdout.write(f"{ours.last_words()}\n")
    shutil.rmtree(tmp_path / "var")


def production(
    *, database: str, queues: Queues, smtp: SmtpStandin, stripe_base: str, port: int
) -> dict[str, str]:
    """The environment of a newsroom that serves for real, DEBUG off."""
    return servers.surroundings(
        DJANGO_SETTINGS_MODULE="tests.services.settings",
        FOOTNOTE_TEST_QUEUE=queues.name,
        PYTHONPATH=str(ROOT),
        PORT=str(port),
        DEBUG="off",
        SECRET_KEY=secrets.token_urlsafe(48),
        SITE_URL=f"http://127.0.0.1:{port}",
        ALLOWED_HOSTS="127.0.0.1",
        DATABASE_URL=servers.with_name(servers.database_url(), database),
        CELERY_BROKER_URL=queues.url,
        EMAIL_URL=f"smtp://127.0.0.1:{smtp.port}",
        DEFAULT_FROM_EMAIL="Newsroom <support@footnote.test>",
        STRIPE_SECRET_KEY=STRIPE_KEY,
        STRIPE_WEBHOOK_SECRET=WEBHOOK_SECRET,
        STRIPE_API_BASE=stripe_base,
    )
