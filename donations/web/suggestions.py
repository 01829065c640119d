"""What supporters would like the newsroom to take up: everybody reads, who has given decides."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from donations.outlet import queries as outlets
from donations.supporters.links import CHOICES, LinkExpired, LinkUnknown, supporter_of
from donations.supporters.models import Supporter
from donations.topics.models import Suggestion, TopicText
from donations.topics.operations import suggestions as operations
from donations.topics.queries import suggestions as queries
from donations.web.by_token import by_token
from donations.web.forms import TextField, new_token
from donations.web.give import SeeOther
from donations.web.language import speaks

PER_PAGE = 20
LONGEST_TOKEN = 200
State = Suggestion.State
# What an address says, and what it shows.
SHELVES = {"open": State.OPEN, "taken-up": State.TAKEN_UP, "declined": State.DECLINED}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who looks: with a link from their mailbox, with one that is no good any more, with none."""

    token: str = ""
    supporter: Supporter | None = None
    has_given: bool = False
    notice: str = ""

    @property
    def may_take_part(self) -> bool:
        """Whether they may suggest and back."""
        return self.supporter is not None and self.has_given


@dataclass(frozen=True)
class Line:
    """A suggestion, and what the topic is called that it became."""

    suggestion: Suggestion
    topic: TopicText | None


class SuggestForm(forms.Form):
    """What should be taken up, in the words of a reader."""

    title = TextField(max_length=120)
    details = TextField(max_length=1000, lines=True)

    def clean_title(self) -> str:
        """Something that can be read: a line of blanks or of signs is no suggestion."""
        title: str = self.cleaned_data["title"]
        if not any(each.isalnum() for each in operations.plain_line(title)):
            raise ValidationError(_("Say in a few words what it should be about."))
        return title


class VoteForm(forms.Form):
    """The button beside a suggestion."""

    suggestion = forms.ModelChoiceField(Suggestion.objects.all())
    back = forms.BooleanField(required=False)


@login_not_required
@never_cache
@speaks
@require_safe
def page(request: HttpRequest, language: str) -> HttpResponse:
    """What was asked for, in every language; with a link from the mailbox, buttons beside it."""
    said = request.GET.get("said", "")
    return show(request, language, reader_of(request.GET.get("token", "")), notice=said)


@by_token
def vote(request: HttpRequest, language: str) -> HttpResponse:
    """Back one, or take that back."""
    if request.method != "POST":
        return redirect("suggestions", language)
    reader, form = reader_of(request.POST.get("token", "")), VoteForm(request.POST)
    if reader.supporter is None:
        return show(request, language, reader, status=422, notice=reader.notice or "link")
    if not form.is_valid():
        return show(request, language, reader, status=422, notice="closed")
    suggestion, back = form.cleaned_data["suggestion"], form.cleaned_data["back"]
    try:
        if back:
            operations.vote(suggestion=suggestion, supporter=reader.supporter, at=timezone.now())
        else:
            operations.unvote(suggestion=suggestion, supporter=reader.supporter)
    except operations.NotASupporter:
        return show(request, language, reader, status=422, notice="stranger")
    except operations.NotOpen:
        return show(request, language, reader, status=422, notice="closed")
    return back_to(request, language, reader, "backed" if back else "unbacked", suggestion.pk)


@by_token
def new(request: HttpRequest, language: str) -> HttpResponse:
    """A suggestion: thanks, or the form again with what to do."""
    if request.method != "POST":
        return redirect("suggestions", language)
    reader, form = reader_of(request.POST.get("token", "")), SuggestForm(request.POST)
    if reader.supporter is None or not form.is_valid():
        notice = reader.notice or ("" if reader.supporter else "link")
        return show(request, language, reader, form=form, status=422, notice=notice)
    try:
        operations.suggest(
            supporter=reader.supporter, language=language, at=timezone.now(), **form.cleaned_data
        )
    except operations.NotASupporter:
        return show(request, language, reader, form=form, status=422, notice="stranger")
    except operations.TooManyWaiting:
        return show(request, language, reader, form=form, status=422, notice="many")
    return back_to(request, language, reader, "suggested")


def reader_of(token: str) -> Reader:
    """Whose link it is, and why it does not count if it does not."""
    if not token:
        return Reader()
    try:
        supporter = supporter_of(token[:LONGEST_TOKEN], purpose=CHOICES)
    except LinkExpired:
        return Reader(notice="expired")
    except LinkUnknown:
        return Reader(notice="unknown")
    return Reader(token=token, supporter=supporter, has_given=queries.may_take_part(supporter))


def back_to(
    request: HttpRequest, language: str, reader: Reader, said: str, number: int | None = None
) -> HttpResponse:
    """The list as it was left, at the same suggestion."""
    kept = {"token": reader.token, "show": shelf_of(request), "page": request.POST.get("page", "")}
    query = urlencode({key: value for key, value in kept.items() if value} | {"said": said})
    place = f"#s{number}" if number else "#said"
    return SeeOther(f"{reverse('suggestions', args=[language])}?{query}{place}")


def shelf_of(request: HttpRequest) -> str:
    """Which of them are looked at; the open ones when nothing is said."""
    said = request.POST.get("show", request.GET.get("show", ""))
    return said if said in SHELVES else "open"


def show(
    request: HttpRequest,
    language: str,
    reader: Reader,
    *,
    form: SuggestForm | None = None,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    """The page, with a form that keeps what was written."""
    shelf = shelf_of(request)
    number = request.POST.get("page", request.GET.get("page"))
    found = Paginator(queries.shown(SHELVES[shelf]), PER_PAGE)
    context = {
        "reader": reader,
        "form": form or SuggestForm(),
        "notice": notice or reader.notice,
        "shelf": shelf,
        "shelves": SHELVES,
        "language": language,
        "languages": settings.LANGUAGES,
        "outlet": outlets.current(),
        "link_token": new_token(),
        **listed(reader, found.get_page(number), language),
    }
    return render(request, "suggestions/page.html", context, status=status)


def listed(reader: Reader, page: "Page[Suggestion]", language: str) -> dict[str, Any]:
    """What stands on the page, what of it the reader backs, and what of theirs still waits."""
    lines = [Line(each, each.topic.text(language) if each.topic else None) for each in page]
    if reader.supporter is None:
        return {"page": page, "lines": lines}
    return {
        "page": page,
        "lines": lines,
        "backed": queries.backed_by(reader.supporter, list(page)),
        "waiting": list(queries.waiting_of(reader.supporter)),
    }
