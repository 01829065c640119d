"""What readers ask for, as the newsroom reads it. Who asked is shown here and nowhere else."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from donations.sections.models import Section
from donations.team.rights import Right
from donations.topics.models import Suggestion
from donations.topics.queries import suggestions as queries
from donations.web.forms import TextField
from donations.web.staff.access import allowed
from donations.web.staff.shell import show

PER_PAGE, FOUND, LONGEST = 30, 10, 100
State = Suggestion.State
# In the order in which they come about.
STATE_WORDS = {
    State.NEW: _("New"),
    State.OPEN: _("Open for votes"),
    State.TAKEN_UP: _("Taken up"),
    State.DECLINED: _("Declined"),
    State.MERGED: _("Merged"),
}


class AnswerForm(forms.Form):
    """What the newsroom says, and whether that is the end of it."""

    answer = TextField(max_length=1000, lines=True)
    decline = forms.BooleanField(required=False)


@allowed(Right.LOOK)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those in one state: what waits first, else the newest first."""
    state = request.GET.get("state", State.NEW)
    if state not in State.values:
        state = State.NEW
    sought = request.GET.get("q", "").strip()[:LONGEST]
    found = queries.in_state(state, text=sought)
    counts = queries.counts()
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "sought": sought,
        "states": [(each, word, counts[each]) for each, word in STATE_WORDS.items()],
    }
    return show(request, "staff/suggestions.html", context)


@allowed(Right.LOOK)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion, what was said to it, and what may be done with it."""
    return opened(request, pk)


def opened(
    request: HttpRequest, pk: int, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """Its page, with a form that keeps what was written."""
    suggestion = queries.one(pk)
    if suggestion is None:
        raise Http404
    context = {
        "suggestion": suggestion,
        "word": STATE_WORDS[State(suggestion.state)],
        "form": form or AnswerForm(initial={"answer": suggestion.answer}),
        "sections": Section.objects.order_by("position", "pk"),
        **found(request, suggestion),
    }
    return show(request, "staff/suggestion.html", context, status=status)


def found(request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
    """Others to merge it into, and topics that it may become, when they were looked for."""
    sought = request.GET.get("q", "").strip()[:LONGEST]
    topic = request.GET.get("topic", "").strip()[:LONGEST]
    return {
        "sought": sought,
        "others": queries.alike(suggestion, sought)[:FOUND] if sought else [],
        "sought_topic": topic,
        "topics": queries.topics_called(topic)[:FOUND] if topic else [],
    }
