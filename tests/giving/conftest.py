"""What tests of deciding whose a gift is share."""

import pytest

from donations.articles.models import Article
from donations.giving.models import Donation, Pledge
from donations.supporters.models import Supporter, User
from tests.paypalroom import PROMISED_AT, PayPalRoom


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor@example.org", is_staff=True, role="administrator")


@pytest.fixture
def gift(paypal_room: PayPalRoom) -> Donation:
    """Ana sent 25 euros by paypal.me, without a word of whose it is."""
    paypal_room.happen("paypalme_send_money")
    return Donation.objects.get()


@pytest.fixture
def ion(db: None) -> Supporter:
    return Supporter.objects.create(email="ion@example.org", language="ro", created_at=PROMISED_AT)


@pytest.fixture
def pledge(paypal_room: PayPalRoom) -> Pledge:
    """A reader of an article set out to give 25 euros, and wants news about topics."""
    article = Article.objects.create(url="https://news.example/water", first_seen_at=PROMISED_AT)
    return paypal_room.promise(
        "don-7", amount_minor=2500, article=article, consents={"topics": "Write to me."}
    )
