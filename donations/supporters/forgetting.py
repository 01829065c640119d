"""Whoever was erased is recognised, and by nothing else than a keyed digest.

The digest stays for ever: what a provider tells again of the time before must not bring back who
it was. It keeps nobody from beginning anew (see `giving.operations.forgetting`).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from donations.supporters.models import AddressChange, Forgotten, Supporter
from donations.supporters.operations import normalise_email
from donations.supporters.traces import Traces

ADDRESS, CUSTOMER = "address", "customer"
SALT = "donations.supporters.forgotten"
Who = tuple[str, str]


def digest_of(kind: str, value: str, key: str | bytes = "") -> str:
    """What is kept of an address, or of what a provider calls its customer ("stripe:cus_…")."""
    secret = key or settings.SECRET_KEY
    return salted_hmac(SALT, f"{kind}:{value}", secret=secret, algorithm="sha256").hexdigest()


def address(email: str) -> tuple[str, str]:
    """An address, as it is asked about."""
    return ADDRESS, normalise_email(email)


def customer(gateway: str, ref: str) -> tuple[str, str]:
    """A provider's customer, likewise."""
    return CUSTOMER, f"{gateway}:{ref}"


def people_of(addresses: Iterable[str], customers: Iterable[tuple[str, str]]) -> list[Who]:
    """All of these that say something."""
    known = [customer(gateway, ref) for gateway, ref in customers if ref]
    return [*(address(each) for each in addresses if each), *known]


def forgotten(people: Collection[Who]) -> Mapping[Who, datetime]:
    """Which of these were erased, and when; one query, by the present key and by earlier ones."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = {digest_of(*who, key): who for who in people for key in keys}
    if not digests:
        return {}
    found = Forgotten.objects.filter(digest__in=list(digests)).values_list("digest", "at")
    return {digests[digest]: at for digest, at in found}


def keep_digests(traces: Traces, *, at: datetime) -> None:
    """From now on they are recognised; who comes back and goes again counts from the last time."""
    people = people_of(traces.addresses, traces.customers)
    rows = [Forgotten(digest=digest_of(*who), at=at) for who in sorted(set(people))]
    Forgotten.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["digest"], update_fields=["at"]
    )


def addresses_before(ids: Collection[int]) -> set[str]:
    """Where they had their mail sent once; not where they only wanted it to go."""
    changed = AddressChange.objects.filter(supporter__in=ids, confirmed_at__isnull=False)
    return {each for pair in changed.values_list("old", "new") for each in pair}


def without_others(addresses: Collection[str], ids: Collection[int]) -> set[str]:
    """Those of the addresses that nobody else is known by."""
    others = Supporter.everybody.filter(email__in=addresses).exclude(pk__in=ids)
    return set(addresses) - set(others.values_list("email", flat=True))
