"""Which rows a filter keeps, how it is said, and how they combine."""

from datetime import timedelta

import pytest

from donations.articles.models import Article
from donations.giving.models import Dispute, Pledge, Refund, Subscription
from donations.insights.models import Standing
from donations.models import User
from donations.sections.models import Follow
from donations.supporters.models import Supporter
from tests.lists.crowd import NOON, a_gift, a_supporter, all_of, gifts_asked, people_asked
from tests.web.desk import a_pledge

pytestmark = pytest.mark.django_db


def names(query: str) -> list[str]:
    return [each.name for each in all_of(people_asked(query))]


def chips(query: str) -> list[str]:
    return [each.words for each in people_asked(query).chips()]


@pytest.fixture
def people() -> None:
    login = User.objects.create_user("ana@example.org")
    ana = a_supporter("Ana", kind=Standing.Kind.REGULAR, user=login, proved_at=NOON)
    ion = a_supporter("Ion", days=40, language="ru", given={"MDL": 90_000, "EUR": 5000})
    a_supporter("Mia", days=80, given={})
    Follow.objects.create(supporter=ana, language="ro", asked_at=NOON, confirmed_at=NOON)
    Follow.objects.create(supporter=ion, language="ru", asked_at=NOON)


@pytest.mark.parametrize(
    ("query", "found", "says"),
    [
        ("", ["Ana", "Ion", "Mia"], []),
        ("kind=regular", ["Ana"], ["gives regularly"]),
        ("kind=none", ["Mia"], ["has not given yet"]),
        ("language=ru", ["Ion"], ["Russian"]),
        ("currency=MDL", ["Ion"], ["gave in MDL"]),
        ("currency=EUR&given=50", ["Ion"], ["gave in EUR", "gave €50 or more"]),
        ("currency=EUR&given=50,01", [], ["gave in EUR", "gave €50.01 or more"]),
        ("last_from=2026-11-20", ["Ana"], ["last gift since 20 November 2026"]),
        ("last_to=2026-11-19", ["Ion"], ["no gift after 19 November 2026"]),
        ("first_from=2026-11-20", ["Ana"], ["first gift since 20 November 2026"]),
        ("first_to=2026-10-11", ["Ion"], ["first gift up to 11 October 2026"]),
        ("first_to=2026-10-10", [], ["first gift up to 10 October 2026"]),
        ("topics=on", ["Ana"], ["gets mail about topics"]),
        ("login=on", ["Ana"], ["has a login"]),
        ("unproved=on", ["Ion", "Mia"], ["address not proved"]),
        ("unproved=on&language=ro", ["Mia"], ["Romanian", "address not proved"]),
        ("sort=most-EUR", ["Ion", "Ana"], []),
        ("sort=most-MDL", ["Ion"], []),
    ],
)
def test_supporters(people: None, query: str, found: list[str], says: list[str]) -> None:
    assert names(query) == found
    assert chips(query) == says


def test_a_chip_takes_off_its_own_filter_alone() -> None:
    wanted = people_asked("q=ana&language=ru&login=on&sort=name&cols=name&cols=email")
    assert [each.query for each in wanted.chips()] == [
        "q=ana&sort=name&cols=name&cols=email&login=on",
        "q=ana&sort=name&cols=name&cols=email&language=ru",
    ]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("given=50", "given"),
        ("given=much&currency=EUR", "given"),
        ("given=0&currency=EUR", "given"),
        ("last_from=yesterday", "last_from"),
        ("kind=rich", "kind"),
        ("currency=XXX", "currency"),
        ("sort=shoe-size", "sort"),
        ("cols=secrets", "cols"),
    ],
)
def test_what_cannot_be_read_is_left_out_and_said(people: None, query: str, field: str) -> None:
    wanted = people_asked(query)
    assert list(wanted.form.errors) == [field]
    assert f"{field}=" not in wanted.query()
    assert all_of(wanted) == all_of(people_asked("currency=EUR" if "EUR" in query else ""))


def test_the_last_day_there_is() -> None:
    a_supporter("Ana")
    assert names("last_from=9999-12-31") == []
    assert names("last_to=9999-12-31") == ["Ana"]


def test_somebody_whose_standing_is_not_reckoned_yet_is_found() -> None:
    Supporter.objects.create(email="new@example.org", language="ro", created_at=NOON)
    assert len(all_of(people_asked("sort=name"))) == 1
    assert len(all_of(people_asked("sort=new"))) == 1


def notes(query: str) -> list[str]:
    return [each.note for each in all_of(gifts_asked(query))]


@pytest.fixture
def gifts() -> None:
    article = Article.objects.create(
        url="https://newscafe.example/a", title="Bread", first_seen_at=NOON
    )
    pledge: Pledge = a_pledge(utm_campaign="spring")
    agreement = Subscription.objects.create(
        gateway="stripe",
        gateway_ref="sub_1",
        status="active",
        amount_minor=500,
        currency="EUR",
        interval="month",
        observed_at=NOON,
        created_at=NOON,
    )
    ana = a_supporter("Ana")
    card = a_gift(note="card", supporter=ana, pledge=pledge, article=article)
    first = a_gift(note="first", days=1, subscription=agreement, is_first=True, supporter=ana)
    a_gift(note="renewal", days=2, subscription=agreement, amount_minor=2000, supporter=ana)
    a_gift(note="paypal", days=3, gateway="paypal", currency="USD", fee_minor=None)
    left = a_gift(note="left", days=4, gateway="manual", is_left_alone=True)
    refund = {"gateway": "stripe", "currency": "EUR", "observed_at": NOON, "refunded_at": NOON}
    Refund.objects.create(
        donation=card, gateway_ref="re_1", amount_minor=10, status="succeeded", **refund
    )
    Refund.objects.create(
        donation=left, gateway_ref="re_2", amount_minor=10, status="failed", **refund
    )
    Dispute.objects.create(
        donation=first,
        gateway="stripe",
        gateway_ref="dp_1",
        amount_minor=1000,
        currency="EUR",
        status="open",
        opened_at=NOON,
        observed_at=NOON + timedelta(days=1),
    )


@pytest.mark.parametrize(
    ("query", "found", "says"),
    [
        ("", ["card", "first", "renewal", "paypal", "left"], []),
        ("sort=old", ["left", "paypal", "renewal", "first", "card"], []),
        ("sort=most-EUR", ["renewal", "left", "first", "card"], []),
        ("sort=least-EUR", ["card", "first", "left", "renewal"], []),
        ("currency=USD", ["paypal"], ["in USD"]),
        ("currency=EUR&least=10.01", ["renewal"], ["in EUR", "€10.01 or more"]),
        ("currency=EUR&most=10", ["card", "first", "left"], ["in EUR", "€10 or less"]),
        ("method=manual", ["left"], ["cash or transfer"]),
        ("method=stripe&kind=once", ["card"], ["card", "one-off"]),
        ("kind=first", ["first"], ["first instalment"]),
        ("kind=renewal", ["renewal"], ["renewal"]),
        ("since=2026-11-19", ["card", "first"], ["since 19 November 2026"]),
        ("until=2026-11-17", ["paypal", "left"], ["up to 17 November 2026"]),
        ("article=https://newscafe.example/a", ["card"], ["from “Bread”"]),
        ("campaign=spring", ["card"], ["campaign spring"]),
        ("state=refunded", ["card"], ["refunded"]),
        ("state=disputed", ["first"], ["disputed"]),
        ("state=failed", ["left"], ["refund failed"]),
        ("nobody=on", ["paypal"], ["nobody's yet"]),
        ("no_fee=on", ["paypal"], ["fee not known"]),
    ],
)
def test_donations(gifts: None, query: str, found: list[str], says: list[str]) -> None:
    wanted = gifts_asked(query)
    assert notes(query) == found
    assert [each.words for each in wanted.chips()] == says


def test_an_article_by_its_number(gifts: None) -> None:
    number = Article.objects.get().pk
    assert notes(f"article={number}") == ["card"]


@pytest.mark.parametrize("article", ["0", "9" * 30, "https://elsewhere.example/", "\x00"])
def test_an_article_that_nobody_came_from(gifts: None, article: str) -> None:
    wanted = gifts_asked(f"article={article}")
    assert not wanted.chips()
    assert len(all_of(wanted)) == 5


def test_what_became_of_them(gifts: None) -> None:
    wanted = gifts_asked()
    lines = wanted.listing.lines(all_of(wanted))
    assert [line.states for line in lines] == [
        ["refunded in part"],
        ["disputed"],
        [],
        [],
        ["refund failed"],
    ]
    assert [line.is_nobodys for line in lines] == [False, False, False, True, False]
