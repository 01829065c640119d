"""Who is known."""

from django.db.models import Q, QuerySet

from donations.supporters.models import Supporter

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
