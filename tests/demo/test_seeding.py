"""A story that is plausible, the same each time, and true to the books."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from donations.demo import multiplying, seeding
from donations.demo.newsroom import WISHES
from donations.demo.telling import stories, tell
from donations.gateways.events import PaymentReceived
from donations.giving.models import Donation, Pledge
from donations.insights.checking import differences
from donations.insights.operations import rebuild
from donations.ledger.models import Posting
from donations.ledger.queries import unbalanced_postings
from donations.outbox.models import Message
from donations.rates.models import ExchangeRate
from donations.rates.queries import rates
from donations.reconciliation.rebuild import differences as book_differences
from donations.recounts.models import Recount
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, Topic
from tests.insights import comparing, plainly
from tests.insights.rows import donation

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def seed(supporters: int = 12, **changes: object) -> list[str]:
    said: list[str] = []
    options = {"years": 1, "number": 3, "among_real": False, "at": AT, "say": said.append}
    seeding.seed(supporters=supporters, **(options | changes))  # type: ignore[arg-type]
    return said


def test_the_same_number_tells_the_same_story() -> None:
    def told(number: int) -> list[str]:
        found = stories(supporters=40, seed=number, start=AT - timedelta(days=900), end=AT)
        return [str(each) for each in found]

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_a_story_has_all_that_happens_to_a_newsroom() -> None:
    found = stories(supporters=400, seed=1, start=AT - timedelta(days=1500), end=AT)
    facts = [fact for happening, _whose in found for fact in happening.told]
    assert all(happening.at < AT for happening, _whose in found)
    assert {fact.kind for fact in facts} >= {
        "payment_received", "settled", "refund_observed", "dispute_observed", "dispute_moved",
        "instalment_failed", "subscription_observed", "pledge_linked",
    }  # fmt: skip
    payments = [fact for fact in facts if isinstance(fact, PaymentReceived)]
    assert {payment.money.currency for payment in payments} == {"EUR", "USD", "MDL", "RON", "GBP"}
    assert {payment.gateway for payment in payments} == {"stripe", "paypal"}
    assert any(not payment.pledge_token for payment in payments), "some are of nobody known"


def test_the_books_and_the_totals_are_true_and_no_mail_waits() -> None:
    seed()
    assert book_differences() == []
    assert differences(at=AT) == []
    comparing.assert_takings_are_true()
    comparing.assert_people_are_true()
    comparing.assert_recurring_is_true(plainly.kept_facts())
    assert Message.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert not Recount.objects.exists()


def test_each_of_its_currencies_has_a_rate_of_today() -> None:
    ExchangeRate.objects.create(
        currency="USD", worth_in="EUR", hundred_millionths=86_000_000, on=AT.date(), source="ECB",
        entered_at=AT,
    )  # fmt: skip
    seed(1, told=1)
    found = rates(into="EUR", currencies=["USD", "MDL", "RON", "GBP"], on=AT.date())
    assert {code: str(rate.rate) for code, rate in found.newest.items()} == {
        "USD": "0.86000000", "MDL": "0.05100000", "RON": "0.20100000", "GBP": "1.17000000",
    }  # fmt: skip


def test_where_real_donations_are_it_is_refused() -> None:
    donation()
    with pytest.raises(CommandError, match="--among-real"):
        call_command("seed_demo", "--supporters", "1")
    assert not Supporter.objects.exists()


def test_among_real_ones_only_the_story_is_multiplied() -> None:
    real = donation(
        supporter=Supporter.objects.create(email="a@b.cd", language="ro", created_at=AT)
    )
    seed(8, told=4, among_real=True)
    assert Donation.objects.filter(gateway_ref__startswith=real.gateway_ref).count() == 1
    assert Supporter.objects.filter(email__endswith="a@b.cd").count() == 1


def test_of_many_most_are_copies_with_books_of_their_own() -> None:
    seed(50, told=10)
    told = Donation.objects.exclude(gateway_ref__contains="-").count()
    assert told
    assert Donation.objects.count() == 5 * told
    assert Pledge.objects.values("token").distinct().count() == Pledge.objects.count()
    for gift in Donation.objects.select_related("supporter", "pledge", "subscription"):
        assert Posting.objects.filter(reference=str(gift)).count() == 1
        if gift.supporter and gift.pledge:
            assert gift.pledge.supporter == gift.supporter
        if gift.subscription and gift.supporter:
            assert gift.subscription.supporter == gift.supporter
    assert unbalanced_postings() == []
    assert differences(at=AT) == []
    comparing.assert_takings_are_true()
    comparing.assert_people_are_true()


def test_new_rows_come_after_the_copies() -> None:
    seed(6, told=2)
    last = multiplying.highest(Donation)
    assert donation().pk > last


def test_told_a_second_time_nothing_is_doubled() -> None:
    found = stories(supporters=6, seed=1, start=AT - timedelta(days=400), end=AT)
    tell(found)
    rebuild(at=AT)
    donations, totals = Donation.objects.count(), comparing.everything()
    for among_real in (False, True):
        with pytest.raises(seeding.AlreadyTold):
            seed(among_real=among_real)
    assert Donation.objects.count() == donations
    assert comparing.everything() == totals


def test_the_command_says_what_it_does() -> None:
    said = StringIO()
    call_command("seed_demo", "--supporters", "3", "--years", "1", stdout=said)
    assert "3 readers" in said.getvalue()


def test_topics_are_in_every_language_and_wishes_in_that_of_their_reader() -> None:
    seed(supporters=40)
    spoken = sorted(code for code, _name in settings.LANGUAGES)
    for topic in Topic.objects.all():
        assert sorted(topic.texts.values_list("language", flat=True)) == spoken
    wishes = Suggestion.objects.select_related("supporter")
    assert len(wishes) == len(WISHES)
    for wish, titles in zip(wishes.order_by("pk"), WISHES, strict=True):
        assert wish.supporter is not None
        assert wish.language == wish.supporter.language
        assert wish.title == titles[wish.language]
    assert len({wish.language for wish in wishes}) > 1, "the story has more than one language"
