"""One person goes out of the lists of mailings; how many there were stays right."""

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from donations.broadcasts.models import Delivery
from donations.supporters.traces import Traces


def forget_deliveries(traces: Traces) -> int:
    """No name, no address, nobody's; what waits is not sent any more. Answers how many."""
    theirs = Delivery.objects.filter(Q(supporter__in=traces.ids) | Q(email__in=traces.addresses))
    theirs.mark_withdrawn(reason=Delivery.Reason.STOPPED)
    # On each list an address stands once.
    nowhere = Concat(Value("erased-"), Cast(F("pk"), CharField()), Value("@erased.invalid"))
    return theirs.update(supporter=None, name="", error="", email=nowhere)
