"""Letters before something happens, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from pytest_django import Settings

from donations.giving import operations as giving
from donations.giving.models import Subscription
from donations.outbox.models import Message
from donations.outlet.models import Outlet
from donations.supporters.models import Supporter
from tests.newsroom import Newsroom


def begin(newsroom: Newsroom, interval: str = "year") -> Subscription:
    newsroom.subscribe(interval=interval)
    return newsroom.subscription()


def before(agreement: Subscription, days: float) -> datetime:
    """A moment before its next payment."""
    assert agreement.period_end is not None
    return agreement.period_end - timedelta(days=days)


def notices() -> list[Message]:
    kinds = (Message.Kind.RENEWAL_NOTICE, Message.Kind.CARD_EXPIRES)
    return list(Message.objects.filter(kind__in=kinds).order_by("pk"))


def expire_card(newsroom: Newsroom, agreement: Subscription) -> None:
    """Its last month is the one before the next payment."""
    last = before(agreement, 31)
    newsroom.stripe.date_card(agreement.gateway_ref, last.year, last.month)


def test_a_yearly_payment_is_announced_two_weeks_before(newsroom: Newsroom) -> None:
    agreement = begin(newsroom)

    assert giving.write_notices(at=before(agreement, 14.1)) == 0
    assert giving.write_notices(at=before(agreement, 13.9)) == 1

    (letter,) = notices()
    assert letter.to == "ana@example.org"
    assert letter.context["amount_minor"] == 500
    assert "/ro/support/?token=" in letter.context["manage_url"]


def test_the_second_time_nothing_is_written(newsroom: Newsroom) -> None:
    agreement = begin(newsroom)
    giving.write_notices(at=before(agreement, 10))

    assert giving.write_notices(at=before(agreement, 9)) == 0
    assert len(notices()) == 1


def test_the_next_year_is_announced_too(newsroom: Newsroom) -> None:
    agreement = begin(newsroom)
    giving.write_notices(at=before(agreement, 10))
    newsroom.stripe.renew(agreement.gateway_ref)
    newsroom.tell()

    assert giving.write_notices(at=before(newsroom.subscription(), 10)) == 1


def test_how_early_is_the_newsroom_s_choice(newsroom: Newsroom) -> None:
    Outlet.objects.update(renewal_notice_days=30)
    cache.clear()

    assert giving.write_notices(at=before(begin(newsroom), 29)) == 1


def test_a_monthly_payment_is_not_announced(newsroom: Newsroom) -> None:
    assert giving.write_notices(at=before(begin(newsroom, "month"), 5)) == 0


@pytest.mark.parametrize(
    "state", [{"status": "past_due"}, {"status": "canceled"}, {"cancel_at": datetime.now(UTC)}]
)
def test_what_takes_nothing_is_not_announced(newsroom: Newsroom, state: dict[str, object]) -> None:
    agreement = begin(newsroom)
    Subscription.objects.update(**state)

    assert giving.write_notices(at=before(agreement, 5)) == 0


def test_it_is_in_the_language_that_they_chose(newsroom: Newsroom) -> None:
    agreement = begin(newsroom)
    Supporter.objects.update(language="ru")

    giving.write_notices(at=before(agreement, 5))

    assert notices()[0].language == "ru"


def test_a_card_that_expires_before_the_payment(newsroom: Newsroom) -> None:
    agreement = begin(newsroom, "month")
    expire_card(newsroom, agreement)

    assert giving.write_notices(at=before(agreement, 13)) == 1

    (letter,) = notices()
    assert letter.kind == Message.Kind.CARD_EXPIRES
    assert letter.context["last4"] == "4242"


def test_a_card_that_is_good_on_the_day_of_the_payment(newsroom: Newsroom) -> None:
    agreement = begin(newsroom, "month")
    due = before(agreement, 0)
    newsroom.stripe.date_card(agreement.gateway_ref, due.year, due.month)

    assert giving.write_notices(at=before(agreement, 13)) == 0


def test_a_card_is_asked_for_once_a_period(newsroom: Newsroom) -> None:
    agreement = begin(newsroom, "month")
    expire_card(newsroom, agreement)
    giving.write_notices(at=before(agreement, 13))
    asked = len(newsroom.stripe.requests)

    giving.write_notices(at=before(agreement, 12))

    assert len(newsroom.stripe.requests) == asked
    assert len(notices()) == 1


def test_a_provider_that_is_away_is_asked_the_next_day(
    newsroom: Newsroom, settings: Settings
) -> None:
    agreement = begin(newsroom, "month")
    expire_card(newsroom, agreement)
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    assert giving.write_notices(at=before(agreement, 13)) == 0
    settings.STRIPE_API_BASE = newsroom.stripe.base_url

    assert giving.write_notices(at=before(agreement, 12)) == 1


def test_a_bank_account_does_not_expire(newsroom: Newsroom) -> None:
    agreement = begin(newsroom, "month")
    stored = newsroom.stripe.object(agreement.gateway_ref)["default_payment_method"]
    newsroom.stripe.put({"id": stored, "object": "payment_method", "type": "sepa_debit"})

    assert giving.write_notices(at=before(agreement, 13)) == 0


def test_a_card_of_the_customer_counts_where_the_agreement_has_none(newsroom: Newsroom) -> None:
    agreement = begin(newsroom, "month")
    expire_card(newsroom, agreement)
    known = newsroom.stripe.object(agreement.gateway_ref)
    customer = newsroom.stripe.object(known["customer"])
    customer["invoice_settings"]["default_payment_method"] = known["default_payment_method"]
    known["default_payment_method"] = None

    assert giving.write_notices(at=before(agreement, 13)) == 1
