"""One person goes out of the mail: what was written to them is counted still, and says nothing."""

from collections.abc import Iterable

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from donations.outbox.models import MailEvent, Message, Suppression
from donations.supporters.traces import Traces

NOWHERE = "nobody@erased.invalid"


def forget_mail(traces: Traces, *, keys: Iterable[str] = ()) -> int:
    """Mail to their addresses, and other mail that names them; `keys` are how further ones begin.

    The rows stay: their keys keep a letter from being written twice. Answers how many.
    """
    theirs = Q(to__in=traces.addresses)
    for key in keys:
        theirs |= Q(key__startswith=key)
    for mark in traces.marks:
        theirs |= Q(written__icontains=mark)
    known = Message.objects.annotate(written=Cast("context", TextField())).filter(theirs)
    letters = Message.objects.filter(pk__in=list(known.values_list("pk", flat=True)))
    letters.mark_withdrawn()
    number = letters.update(to=NOWHERE, context={}, error="")
    reports = Q(email__in=traces.addresses)
    for mark in traces.marks:
        reports |= Q(raw__icontains=mark) | Q(detail__icontains=mark)
    MailEvent.objects.filter(reports).delete()
    Suppression.objects.filter(email__in=traces.addresses).delete()
    return number
