"""Topics are found, written and previewed."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from donations.sections.models import Section
from donations.team.rights import Right
from donations.topics import operations as topics
from donations.topics.models import Topic, TopicText
from donations.topics.queries import everything
from donations.web.language import nearest
from donations.web.staff.access import allowed, colleague
from donations.web.staff.keeping import keep_new, kept
from donations.web.staff.shell import show
from donations.web.staff.topicform import TopicForm, contents, text_of
from donations.web.staff.uploads import with_picture
from donations.web.topics import Reading

PER_PAGE = 50
STATES = [each.value for each in Topic.State]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A topic in the list."""

    topic: Topic
    title: str
    section: str
    languages: list[str]


def spoken() -> str:
    """The language of the desk, if topics are told in it."""
    return nearest(get_language() or "")


@allowed(Right.LOOK)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Drafts first, then what readers see; the newest change first."""
    sections = list(Section.objects.order_by("position", "pk"))
    state, section = request.GET.get("state", ""), slug_in(request.GET.get("section", ""))
    page = Paginator(chosen(state, section), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line(topic) for topic in page],
        "sections": [(each.slug, each.name(spoken())) for each in sections],
        "state": state if state in STATES else "",
        "section": section,
    }
    return show(request, "staff/topics/list.html", context)


def chosen(state: str, section: str) -> QuerySet[Topic]:
    """Those that the chips name."""
    found = everything().order_by("state", "-changed_at", "-pk")
    found = found.filter(state=state) if state in STATES else found
    return found.filter(section__slug=section) if section else found


def line(topic: Topic) -> Line:
    """As the list shows it."""
    text = topic.text(spoken())
    languages = sorted(each.language for each in topic.texts.all())
    return Line(
        topic=topic,
        title=text.title if text else topic.slug,
        section=topic.section.name(spoken()),
        languages=languages,
    )


@allowed(Right.WRITE)
@with_picture
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One that is not there yet."""
    return written(request, None)


@allowed(Right.LOOK, to_change=Right.WRITE)
@with_picture
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is there; who may not write reads it."""
    return written(request, get_object_or_404(everything(with_bodies=True), pk=pk))


def written(request: HttpRequest, topic: Topic | None) -> HttpResponse:
    """The form, or what was typed into it."""
    if request.method == "POST":
        return save(request, topic)
    return editor(request, TopicForm(topic=topic, language=spoken()))


def save(request: HttpRequest, topic: Topic | None) -> HttpResponse:
    """Keep it, or show it again with what is to be mended: nothing that was typed is lost."""
    form = TopicForm(request.POST, request.FILES, topic=topic, language=spoken())
    if not form.is_valid():
        return editor(request, form, status=422)
    at = timezone.now()
    try:
        if topic is None:
            topic = written_down(request, form, at)
        else:
            with kept(request, "topic.edited", topic, state=contents(topic), at=at):
                seen = form.cleaned_data["seen"]
                topics.edit(topic=topic, content=form.content(), seen=seen, at=at)
    except topics.ChangedSince:
        return conflict(request, form)
    if "publish" in request.POST:
        return redirect("staff_topic_publish", topic.pk)
    messages.success(request, _("Saved."))
    return redirect("staff_topic", topic.pk)


def written_down(request: HttpRequest, form: TopicForm, at: datetime) -> Topic:
    """A draft, kept in the history once: a second click finds the same one."""
    with transaction.atomic():
        topic = topics.create(content=form.content(), by=colleague(request), at=at)
        if topic.created_at == at:
            keep_new(request, "topic.written", topic, at=at, **contents(topic)())
    return topic


def conflict(request: HttpRequest, form: TopicForm) -> HttpResponse:
    """A colleague was faster: what they saved stands beside what was typed here."""
    assert form.topic is not None  # noqa: S101  only what is there can have changed
    stands = get_object_or_404(everything(with_bodies=True), pk=form.topic.pk)
    theirs = [text for text in stands.texts.all() if differs(form, text)]
    return editor(request, form.replacing(stands), status=409, theirs=theirs)


def differs(form: TopicForm, text: TopicText) -> bool:
    """Whether what was typed in this language is something else."""
    typed = text_of(form, text.language)
    return any(
        getattr(typed, part).replace("\r\n", "\n").strip() != getattr(text, part).strip()
        for part in ("title", "summary", "body", "picture_alt")
    )


def editor(
    request: HttpRequest,
    form: TopicForm,
    *,
    status: int = 200,
    theirs: list[TopicText] | None = None,
) -> HttpResponse:
    """The page that it is written on."""
    context = {
        "form": form,
        "topic": form.topic,
        "is_published": form.topic is not None and form.topic.state == Topic.State.PUBLISHED,
        "language": spoken(),
        "theirs": theirs,
        "is_conflict": theirs is not None,
        "megabytes": topics.MAX_UPLOAD // 1024**2,
        "max_upload": topics.MAX_UPLOAD,
    }
    return show(request, "staff/topics/editor.html", context, status=status)


@allowed(Right.WRITE)
@with_picture
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """As readers will see what was typed, in one of its languages. Nothing is kept."""
    language = nearest(request.POST.get("show", ""))
    form = TopicForm(request.POST, language=language)
    section = Section.objects.filter(pk=number(request.POST.get("section", ""))).first()
    topic = Topic(section=section or Section(names={}), language=language)
    topic.picture = form.shown_picture
    reading = Reading(topic=topic, text=text_of(form, language), language=language)
    return show(request, "staff/topics/preview.html", {"reading": reading, "language": language})


def slug_in(said: str) -> str:
    """Blank for what can be none."""
    return said if said.isascii() and said.isprintable() else ""


def number(said: str) -> int:
    """0 for what is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0
