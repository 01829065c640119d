"""A topic is shown to readers, taken off the pages, thrown away."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.broadcasts.operations import withdrawing
from donations.team.rights import Right
from donations.topics import operations as topics
from donations.topics.models import Topic, TopicText
from donations.topics.queries import everything, supporters_before
from donations.web.staff.access import allowed
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show
from donations.web.staff.topicform import contents

TOLD = ("state", "published_at", "supporters_count")


@allowed(Right.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, in words, and the button."""
    topic = get_object_or_404(everything(with_bodies=True), pk=pk)
    if request.method == "POST":
        at = timezone.now()
        with kept(request, "topic.published", topic, *TOLD, at=at):
            done = topics.publish(topic=topic, at=at)
        if done:
            messages.success(request, _("Published. Readers see it from now on."))
        else:
            messages.warning(request, _("It is published already."))
        return redirect("staff_topic", pk)
    first = topic.text("")
    context = {
        "topic": topic,
        "title": first.title if first else topic.slug,
        "missing": missing(topic),
        "supporters": supporters_before(timezone.now()),
        "is_published": topic.state == Topic.State.PUBLISHED,
        "backed": topic.suggestions.promised().exists(),
    }
    return show(request, "staff/topics/publish.html", context)


def missing(topic: Topic) -> list[str]:
    """What readers will not find, each in a sentence. None of it keeps a topic back."""
    texts = {text.language: text for text in topic.texts.all()}
    found = [
        _("There is no text in this language: %(language)s. Its readers get this one: %(other)s.")
        % {"language": named(code), "other": named(instead.language)}
        for code in dict(settings.LANGUAGES)
        if code not in texts and (instead := topic.text(code))
    ]
    found += [sentence for text in texts.values() for sentence in missing_in(topic, text)]
    if not topic.section.is_open:
        found.append(_("Its section is closed: nobody new can choose to hear about it."))
    if not topic.link:
        found.append(_("There is no link to a whole article."))
    return found


def missing_in(topic: Topic, text: TopicText) -> list[str]:
    """The same within one language."""
    language = {"language": named(text.language)}
    found = []
    if not text.summary:
        found.append(_("%(language)s: there is no summary.") % language)
    if not text.body:
        found.append(_("%(language)s: there is no text below the title.") % language)
    if topic.picture_id and not text.picture_alt:
        found.append(
            _("%(language)s: nothing describes the picture to people who cannot see it.") % language
        )
    return found


def named(code: str) -> str:
    """A language as the desk calls it."""
    return str(get_language_info(code)["name_translated"]).capitalize()


@allowed(Right.WRITE)
@require_POST
def unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the pages; not while a mailing leads there."""
    topic = get_object_or_404(Topic, pk=pk)
    try:
        with kept(request, "topic.withdrawn", topic, *TOLD, at=timezone.now()):
            changed = withdrawing.withdraw(topic=topic)
    except withdrawing.IsOnTheWay:
        told = _("A mailing about this topic is on its way. Cancel it first, or let it finish.")
        messages.error(request, told)
    else:
        done = _("Taken off the pages. It is a draft again.")
        messages.success(request, done if changed else _("It is a draft already."))
    return redirect("staff_topic", pk)


@allowed(Right.WRITE)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    topic = get_object_or_404(Topic, pk=pk)
    try:
        with kept(request, "topic.deleted", topic, state=contents(topic), at=timezone.now()):
            topics.delete(topic=topic)
    except topics.IsPublished:
        messages.error(request, _("Readers see this topic. Take it off the pages first."))
        return redirect("staff_topic", pk)
    except topics.IsMailed:
        messages.error(request, _("There is a mailing about this topic, so it stays."))
        return redirect("staff_topic", pk)
    messages.success(request, _("The draft was thrown away."))
    return redirect("staff_topics")
