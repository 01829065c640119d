"""Who is known, and what they said."""

from datetime import datetime

from django.db.models import Q, QuerySet

from donations.supporters.models import Consent, Supporter, User

MAX_WORDS = 5


def find_supporters(text: str) -> QuerySet[Supporter]:
    """Those whose name or address has every word of the text in it; nobody for no words."""
    words = text.replace("\x00", "").split()[:MAX_WORDS]
    if not words:
        return Supporter.objects.none()
    fits = Q()
    for word in words:
        fits &= Q(name__icontains=word) | Q(email__icontains=word)
    return Supporter.objects.filter(fits).order_by("name", "email")


def supporter_at(address: str) -> Supporter | None:
    """Whose address it is, also when it leads to another record; None when it is nobody's."""
    known = Supporter.everybody.select_related("merged_into").filter(email=address.lower())
    found = known.first()
    return found.stayed if found else None


def has_agreed(*, supporter: Supporter, purpose: str, source: str, at: datetime) -> bool:
    """Whether this very yes is kept already, and was not taken back by a further row."""
    said = Consent.objects.filter(supporter=supporter, purpose=purpose, source=source)
    latest = said.order_by("-pk").first()
    return latest is not None and latest.granted and latest.at == at


def supporter_of(user: User) -> Supporter | None:
    """Who a login is, as long as its address leads to them."""
    supporter = supporter_at(user.email)
    return supporter if supporter is not None and supporter.user_id == user.pk else None
