"""Receipts as files: for whom they are, by signing in or by the link in a letter."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from donations.giving import receiptlinks
from donations.giving.models import Donation
from donations.giving.operations.letters import thank
from donations.outbox.models import Message
from donations.web.account import receipts
from donations.web.account.gifts import path_of
from donations.web.flooding import is_flooding
from tests.newsroom import Newsroom
from tests.web.form import flat
from tests.web.signing import signed_in, supporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift(newsroom: Newsroom) -> Donation:
    newsroom.give()
    return Donation.objects.get()


def test_a_receipt_is_a_file_that_nobody_keeps(gift: Donation) -> None:
    answer = signed_in("ana@example.org").get(path_of(gift, "ro"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Disposition"].endswith('.pdf"')


def test_a_second_time_it_is_the_same_file(gift: Donation) -> None:
    client = signed_in("ana@example.org")

    assert client.get(path_of(gift, "ro")).content == client.get(path_of(gift, "ro")).content


def test_a_statement_for_a_year(gift: Donation) -> None:
    client = signed_in("ana@example.org")
    year = gift.received_at.year

    assert client.get(f"/ro/account/gifts/{year}/EUR.pdf").status_code == 200
    assert client.get(f"/ro/account/gifts/{year}/eur.pdf").status_code == 404
    assert client.get("/ro/account/gifts/999999999999/EUR.pdf").status_code == 404


def test_the_letter_of_thanks_leads_to_both(gift: Donation) -> None:
    letter = Message.objects.get(kind=Message.Kind.THANKS)

    assert letter.context["account_url"].endswith("/ro/account/")
    path = letter.context["receipt_url"].partition("://")[2].partition("/")[2]
    opened = Client().get(f"/{path}")
    assert opened.status_code == 200
    assert opened.content.startswith(b"%PDF-")
    assert not opened.cookies


def test_what_is_nobody_s_yet_leads_to_no_page(gift: Donation) -> None:
    Message.objects.all().delete()
    Donation.objects.update(supporter=None, pledge=None, payer_email="someone@example.org")

    thank(donation=Donation.objects.get(), at=gift.received_at)

    assert "account_url" not in Message.objects.get().context
    assert "receipt_url" not in Message.objects.get().context


def aged(gift: Donation, days: float, monkeypatch: pytest.MonkeyPatch) -> str:
    """A link that was mailed so long ago."""
    then = time.time() - timedelta(days=days).total_seconds()
    with monkeypatch.context() as past:
        past.setattr(time, "time", lambda: then)
        return receiptlinks.SIGNER.sign(f"{gift.pk}-{supporter().pk}")


def test_a_link_that_is_too_old_leads_on_by_a_code(
    gift: Donation, monkeypatch: pytest.MonkeyPatch
) -> None:
    young, old = (aged(gift, days, monkeypatch) for days in (89, 91))

    assert Client().get("/en/receipt/", {"token": young}).status_code == 200
    answer = Client().get("/en/receipt/", {"token": old})
    assert answer.status_code == 410
    assert "This link is too old." in flat(answer)
    assert "ana@example.org" not in flat(answer)
    assert "/accounts/login/code/?next=%2Fen%2Faccount%2Fgifts%2F" in answer.content.decode()


def test_nobody_draws_without_end(gift: Donation) -> None:
    client, request = signed_in("ana@example.org"), RequestFactory().get("/")
    rates = (receipts.PER_PERSON, receipts.PER_PLACE)
    for _each in range(20):
        is_flooding(request, action="receipt", email="ana@example.org", rates=rates)

    assert client.get(path_of(gift, "ro")).status_code == 429


ADDRESSES_ALONE = """
import sys
import django
django.setup()
from django.urls import reverse
reverse("account", args=["en"])
sys.exit("fpdf" in sys.modules)
"""


def test_a_worker_knows_our_addresses_without_what_draws() -> None:
    """It is a third of a worker's memory."""
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", ADDRESSES_ALONE]
    assert subprocess.run(command, env={**os.environ, **settings}, check=False).returncode == 0
