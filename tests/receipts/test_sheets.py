"""What stands on a receipt and on a statement, in each language."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.utils import translation
from pytest_django import Settings

from donations.giving.models import Donation, Refund
from donations.money import Money
from donations.outlet import queries as outlets
from donations.outlet.models import Outlet
from donations.receipts import sheets
from donations.receipts.returns import remains, total
from donations.supporters.models import Supporter
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 3, 12, tzinfo=UTC)


def receipt(donation: Donation, language: str = "en") -> dict[str, str]:
    return dict(sheets.receipt(donation, outlet=outlets.current(), language=language).facts)


@pytest.fixture
def gift(newsroom: Newsroom) -> Donation:
    newsroom.give()
    Donation.objects.update(received_at=AT)
    return Donation.objects.get()


def refund(gift: Donation, minor: int, status: str = "succeeded", ref: str = "re_1") -> None:
    Refund.objects.create(
        gateway="stripe",
        gateway_ref=ref,
        donation=gift,
        amount_minor=minor,
        currency=gift.currency,
        status=status,
        refunded_at=AT,
        observed_at=AT,
    )


def test_a_gift(gift: Donation) -> None:
    assert receipt(gift) == {
        "Receipt number": gift.gateway_ref,
        "Date": "3 May 2026",
        "Received from": "Ana Ș., ana@example.org",
        "For": "Support of NewsCafe, once",
        "Paid by": "card",
        "Amount": "EUR\u00a010.00",
    }


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [("ro", "10,00\u00a0EUR", "3 mai 2026"), ("ru", "10,00\u00a0EUR", "3 мая 2026\u202fг.")],
)
def test_as_each_language_writes_it(gift: Donation, language: str, amount: str, day: str) -> None:
    said = list(receipt(gift, language).values())

    assert amount in said
    assert day in said


def test_what_went_back_is_stated(gift: Donation) -> None:
    refund(gift, 400)

    facts = receipt(gift)

    assert facts["Given back"] == "EUR\u00a04.00 on 3 May 2026"
    assert facts["Remains"] == "EUR\u00a06.00"


def test_what_failed_to_go_back_is_not(gift: Donation) -> None:
    refund(gift, 400, "failed")

    assert "Given back" not in receipt(gift)
    assert remains(gift) == gift.money


def test_what_is_on_its_way_back_is_not_gone_yet(gift: Donation) -> None:
    refund(gift, 400, "pending")

    facts = receipt(gift)

    assert facts["On its way back"] == "EUR\u00a04.00 on 3 May 2026"
    assert facts["Remains"] == "EUR\u00a010.00"


def test_more_never_goes_back_than_was_given(gift: Donation) -> None:
    refund(gift, 1000)
    refund(gift, 1000, ref="re_2")

    assert remains(gift) == Money(0, "EUR")


def test_what_a_bank_took_back(newsroom: Newsroom) -> None:
    pledge = newsroom.give()
    dispute = newsroom.stripe.open_dispute(newsroom.payment(pledge))
    newsroom.stripe.close_dispute(dispute, "lost")
    newsroom.tell()

    facts = receipt(Donation.objects.get())

    assert facts["Taken back by the bank"].startswith("EUR\u00a010.00 on ")
    assert facts["Remains"] == "EUR\u00a00.00"


def test_an_instalment_says_so(newsroom: Newsroom) -> None:
    newsroom.subscribe()

    assert receipt(Donation.objects.get())["For"] == "Support of NewsCafe, every month"


def test_the_newsroom_as_its_country_knows_it(gift: Donation) -> None:
    Outlet.objects.update(
        legal_name="A.O. NewsCafe", registration="IDNO 1012600012345", postal_address="Chișinău"
    )
    cache.clear()

    sheet = sheets.receipt(gift, outlet=outlets.current(), language="ro")

    assert sheet.letterhead[:3] == ["A.O. NewsCafe", "IDNO 1012600012345", "Chișinău"]
    assert sheet.author == "A.O. NewsCafe"


def another(gift: Donation, number: int, **changes: object) -> None:
    gift.pk, gift.gateway_ref = None, f"pi_{number}"
    for name, value in changes.items():
        setattr(gift, name, value)
    gift.save(force_insert=True)


def statement(year: int, currency: str = "EUR") -> sheets.Sheet | None:
    ana = Supporter.objects.get(email="ana@example.org")
    return sheets.statement(
        ana, year=year, currency=currency, outlet=outlets.current(), language="en"
    )


def test_a_year_in_one_currency_and_never_two_in_one_sum(gift: Donation) -> None:
    another(gift, 2, amount_minor=500)
    another(gift, 3, amount_minor=20000, currency="MDL")
    another(gift, 4, currency="EUR", received_at=datetime(2025, 5, 3, tzinfo=UTC))

    euro, lei, before = statement(2026), statement(2026, "MDL"), statement(2025)

    assert euro is not None
    assert lei is not None
    assert before is not None
    assert [len(each.rows) for each in (euro, lei, before)] == [2, 1, 1]
    assert list(euro.totals) == [("Given in all", "EUR\u00a015.00")]
    assert list(lei.totals) == [("Given in all", "MDL\u00a0200.00")]
    assert statement(2024) is None
    assert statement(2026, "USD") is None


def test_a_year_with_something_given_back(gift: Donation) -> None:
    refund(gift, 400)

    sheet = statement(2026)

    assert sheet is not None
    assert list(sheet.totals) == [
        ("Given in all", "EUR\u00a010.00"),
        ("Given back", "EUR\u00a04.00"),
        ("Remains", "EUR\u00a06.00"),
    ]
    assert "Given back: EUR\u00a04.00 on 3 May 2026" in sheet.rows[0].remarks


def test_the_year_is_the_newsroom_s(gift: Donation, settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Chisinau"
    Donation.objects.update(received_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert statement(2026) is None
    assert statement(2027) is not None


def test_amounts_of_two_currencies_do_not_add() -> None:
    with pytest.raises(ValueError, match="does not add"):
        total([Money(1, "EUR"), Money(1, "MDL")], "EUR")


def test_the_language_is_left_as_it_was(gift: Donation) -> None:
    with translation.override("en"):
        receipt(gift, "ru")
        assert translation.get_language() == "en"
