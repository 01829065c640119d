"""What may be asked about the newsroom, without a query when warm."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from donations.money import Money, exponent
from donations.outlet.models import Outlet, OutletText

CACHE_KEY = "outlet"
CACHE_SECONDS = 60


class NoOutlet(Exception):
    """The default row is gone: `manage.py migrate` makes it."""


@dataclass(frozen=True, kw_only=True)
class OutletFacts:
    """The newsroom as pages and mails need it: no rows, no queries."""

    name: str
    website: str
    contact_email: str
    postal_address: str
    paypal_email: str
    paypal_handle: str
    paypal_merchant_id: str
    paypal_links: dict[str, str]
    card_currencies: tuple[str, ...]
    paypal_currencies: tuple[str, ...]
    presets: dict[str, dict[str, list[int]]]
    minimums: dict[str, int]
    needs_four_eyes: bool
    missions: dict[str, str]
    promises: dict[str, str]
    abouts: dict[str, str]
    legal_name: str = ""
    registration: str = ""
    renewal_notice_days: int = 14

    @property
    def official_name(self) -> str:
        """As receipts name it."""
        return self.legal_name or self.name

    @property
    def first_currency(self) -> str:
        """In which it asks first."""
        return next(iter((*self.card_currencies, *self.paypal_currencies)), "EUR")

    def minimum(self, currency: str) -> Money:
        """The least that may be given; half a unit, or one of an undivided currency, unless set."""
        least = 50 if exponent(currency) == 2 else 1
        return Money(self.minimums.get(currency, least), currency)

    def mission(self, language: str) -> str:
        """The mission line, in the default language when this one has none."""
        return self.missions.get(language) or self.missions.get(settings.LANGUAGE_CODE, "")

    def promise(self, language: str) -> str:
        """What readers are promised in return."""
        return self.promises.get(language) or self.promises.get(settings.LANGUAGE_CODE, "")

    def about(self, language: str) -> str:
        """Who the newsroom is, in a paragraph."""
        return self.abouts.get(language) or self.abouts.get(settings.LANGUAGE_CODE, "")


def current() -> OutletFacts:
    """The newsroom; changes by staff show after a minute at the latest."""
    facts: OutletFacts | None = cache.get(CACHE_KEY)
    if facts is None:
        facts = _load()
        cache.set(CACHE_KEY, facts, CACHE_SECONDS)
    return facts


def default_language() -> str:
    """The language for people whose own is not known."""
    return settings.LANGUAGE_CODE


def _load() -> OutletFacts:
    outlet = Outlet.objects.first()
    if outlet is None:
        raise NoOutlet("There is no outlet: run manage.py migrate.")
    texts = list(OutletText.objects.filter(outlet=outlet))
    return OutletFacts(
        name=outlet.name,
        website=outlet.website,
        contact_email=outlet.contact_email,
        postal_address=outlet.postal_address,
        paypal_email=outlet.paypal_email,
        paypal_handle=outlet.paypal_handle,
        paypal_merchant_id=outlet.paypal_merchant_id,
        paypal_links=outlet.paypal_links or {},
        card_currencies=tuple(outlet.card_currencies),
        paypal_currencies=tuple(outlet.paypal_currencies),
        presets=outlet.presets,
        minimums=outlet.minimums or {},
        needs_four_eyes=outlet.needs_four_eyes,
        missions={text.language: text.mission for text in texts},
        promises={text.language: text.promise for text in texts},
        abouts={text.language: text.about for text in texts},
        legal_name=outlet.legal_name,
        registration=outlet.registration,
        renewal_notice_days=outlet.renewal_notice_days,
    )
