"""One person goes out of files and views that colleagues keep of the lists."""

from urllib.parse import parse_qsl, urlencode

from donations.lists.models import Export, ExportPart, SavedView
from donations.supporters.traces import Traces


def forget_files(traces: Traces) -> int:
    """Files that were asked for are thrown away: nobody can cut a row out of them.

    A colleague asks for a new one. Views that search for the person search for nobody. Answers how
    many files.
    """
    files = Export.objects.exclude(state=Export.State.EXPIRED)
    numbers = list(files.values_list("pk", flat=True))
    Export.objects.filter(pk__in=numbers).mark_expired()
    ExportPart.objects.filter(export__in=numbers).delete()
    for view in SavedView.objects.exclude(query=""):
        asked = parse_qsl(view.query, keep_blank_values=True)
        left = [(name, value) for name, value in asked if not traces.are_in(value)]
        if left != asked:
            SavedView.objects.filter(pk=view.pk).update(query=urlencode(left))
    return len(numbers)
