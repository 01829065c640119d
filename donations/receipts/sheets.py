"""The words of a receipt and of a yearly statement, before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donations.days import format_day
from donations.giving import belongings
from donations.giving.models import Donation, Interval
from donations.money import Money, format_exactly
from donations.outlet.queries import OutletFacts
from donations.receipts.returns import Return, remains, returned, returns_of, total
from donations.slugs import slug_of
from donations.supporters.models import Supporter

Line = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One gift in a statement: the day, what it was and how much, with remarks below."""

    day: str
    what: str
    amount: str
    remarks: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that stands on the paper.

    `made_for` is a moment in its past: the same sheet is the same file, whenever it is asked for.
    """

    language: str
    title: str
    file_name: str
    author: str
    letterhead: Sequence[str]
    facts: Sequence[Line]
    rows: Sequence[Row] = field(default=())
    totals: Sequence[Line] = field(default=())
    closing: str
    made_for: datetime


def receipt(donation: Donation, *, outlet: OutletFacts, language: str) -> Sheet:
    """For one gift."""
    with translation.override(language):
        back = returns_of(donation)
        kept = [(_("Remains"), exactly(remains(donation), language))] if back else []
        return Sheet(
            language=language,
            title=_("Receipt"),
            file_name=file_name(_("Receipt"), f"{local(donation.received_at):%Y-%m-%d}"),
            author=outlet.official_name,
            letterhead=letterhead(outlet),
            facts=[
                (_("Receipt number"), donation.gateway_ref),
                (_("Date"), day(donation.received_at, language)),
                (_("Received from"), whose(donation)),
                (_("For"), purpose(donation, outlet)),
                (_("Paid by"), means(donation)),
                (_("Amount"), exactly(donation.money, language)),
                *[went_back(each, language) for each in back],
                *kept,
            ],
            closing=_("Thank you for supporting %(outlet)s.") % {"outlet": outlet.name},
            made_for=donation.received_at,
        )


def statement(
    supporter: Supporter, *, year: int, currency: str, outlet: OutletFacts, language: str
) -> Sheet | None:
    """For all gifts of a year in one currency; None when there are none."""
    start, end = (datetime(each, 1, 1, tzinfo=here()) for each in (year, year + 1))
    gifts = belongings.gifts_in(supporter, start=start, end=end, currency=currency)
    if not gifts:
        return None
    with translation.override(language):
        return Sheet(
            language=language,
            title=_("Your gifts in %(year)s") % {"year": year},
            file_name=file_name(_("Gifts"), f"{year}-{currency}"),
            author=outlet.official_name,
            letterhead=letterhead(outlet),
            facts=[
                (_("Received from"), named(supporter.name, supporter.email)),
                (_("Year"), str(year)),
                (_("Currency"), currency),
            ],
            rows=[row(each, outlet, language) for each in gifts],
            totals=totals(gifts, currency, language),
            closing=_("Thank you for supporting %(outlet)s.") % {"outlet": outlet.name},
            made_for=gifts[-1].received_at,
        )


def file_name(word: str, rest: str) -> str:
    """In letters that every system can keep."""
    return f"{slug_of(word, longest=20)}-{rest}.pdf"


def row(donation: Donation, outlet: OutletFacts, language: str) -> Row:
    """One gift of the year."""
    back = [": ".join(went_back(each, language)) for each in returns_of(donation)]
    return Row(
        day=day(donation.received_at, language),
        what=f"{purpose(donation, outlet)}, {means(donation)}",
        amount=exactly(donation.money, language),
        remarks=[donation.gateway_ref, *back],
    )


def totals(gifts: Sequence[Donation], currency: str, language: str) -> list[Line]:
    """What was given; what is left of it, when some went back."""
    given = total((each.money for each in gifts), currency)
    back = total((returned(each) for each in gifts), currency)
    lines = [(_("Given in all"), exactly(given, language))]
    if back.minor:
        kept = Money(given.minor - back.minor, currency)
        lines += [
            (_("Given back"), exactly(back, language)),
            (_("Remains"), exactly(kept, language)),
        ]
    return lines


def letterhead(outlet: OutletFacts) -> list[str]:
    """Who received it, as their country knows them."""
    lines = [outlet.official_name, outlet.registration, outlet.postal_address, outlet.contact_email]
    return [line for line in lines if line]


def whose(donation: Donation) -> str:
    """The name that came with this very gift, else their own."""
    supporter = donation.supporter
    name = donation.pledge.name if donation.pledge else ""
    if supporter is None:
        return named(name or donation.payer_name, donation.payer_email)
    return named(name or supporter.name, supporter.email)


def named(name: str, email: str) -> str:
    """Name and address, or whichever is known."""
    return f"{name}, {email}" if name and email else name or email


def purpose(donation: Donation, outlet: OutletFacts) -> str:
    """A gift by itself, or a part of something that goes on."""
    values = {"outlet": outlet.name}
    if donation.subscription is None:
        return _("Support of %(outlet)s, once") % values
    if donation.subscription.interval == Interval.MONTH:
        return _("Support of %(outlet)s, every month") % values
    if donation.subscription.interval == Interval.YEAR:
        return _("Support of %(outlet)s, every year") % values
    return _("Support of %(outlet)s, regularly") % values


def means(donation: Donation) -> str:
    """How the money came."""
    words = {"stripe": pgettext("paid by", "card"), "paypal": "PayPal"}
    return words.get(donation.gateway, _("directly to the newsroom"))


def went_back(back: Return, language: str) -> Line:
    """When and how much."""
    values = {"amount": exactly(back.money, language), "day": day(back.at, language)}
    if back.by_bank:
        label = _("Taken back by the bank") if back.is_done else _("Contested at the bank")
    else:
        label = _("Given back") if back.is_done else _("On its way back")
    return label, _("%(amount)s on %(day)s") % values


def exactly(money: Money, language: str) -> str:
    """With its decimals and its code, as the language writes them."""
    return format_exactly(money, language)


def day(moment: datetime, language: str) -> str:
    """In the newsroom's time."""
    return format_day(local(moment).date(), language)


def local(moment: datetime) -> datetime:
    """In the newsroom's time."""
    return timezone.localtime(moment, here())


def here() -> tzinfo:
    """The newsroom's time zone."""
    return timezone.get_default_timezone()
