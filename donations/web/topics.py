"""What the newsroom takes up, as readers find it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from donations import markup
from donations.outlet import queries as outlets
from donations.sections.models import Section
from donations.topics import queries
from donations.topics.models import Picture, Topic, TopicText
from donations.web.following import follow_form
from donations.web.language import speaks

PER_PAGE = 10
PAGE_SECONDS, A_YEAR = 60, 365 * 24 * 3600


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A topic as a reader of this language gets it: in theirs, else in the one that there is."""

    topic: Topic
    text: TopicText
    language: str

    @property
    def address(self) -> str:
        """Its page in the reader's language."""
        return reverse("topic", args=[self.language, self.topic.slug])

    @property
    def section(self) -> str:
        """What it is published under."""
        return self.topic.section.name(self.language)

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the page."""
        return self.text.language != self.language

    @property
    def body(self) -> SafeString:
        """As HTML that is safe."""
        return markup.to_html(self.text.body)


def readings(topics: Any, language: str) -> list[Reading]:
    """Those that say something."""
    told = ((topic, topic.text(language)) for topic in topics)
    return [Reading(topic=topic, text=text, language=language) for topic, text in told if text]


@login_not_required
@speaks
@require_safe
@cache_control(public=True, max_age=PAGE_SECONDS)
@gzip_page
def listing(request: HttpRequest, language: str) -> HttpResponse:
    """Newest first; of one section where the address names it."""
    sections = [(each, each.name(language)) for each in queries.sections_with_topics()]
    section = chosen(request.GET.get("section", ""), [each for each, _name in sections])
    page = Paginator(queries.published(section), PER_PAGE).get_page(request.GET.get("page"))
    query = where(section, page.number)
    addresses = {each: reverse("topics", args=[each]) + query for each in codes()}
    context = {
        "page": page,
        "readings": readings(page, language),
        "sections": sections,
        "section": section,
        "section_name": section.name(language) if section else "",
        "addresses": addresses,
        "canonical": addresses[language],
    }
    return show(request, "topics/list.html", language, context)


def chosen(slug: str, sections: list[Section]) -> Section | None:
    """The section that the address names, None when it names none; 404 for another."""
    found = next((each for each in sections if each.slug == slug), None)
    if slug and not found:
        raise Http404
    return found


def where(section: Section | None, number: int) -> str:
    """What of the address matters, so that a page has one."""
    said = {"section": section.slug if section else "", "page": number if number > 1 else ""}
    kept = urlencode({key: value for key, value in said.items() if value})
    return f"?{kept}" if kept else ""


@login_not_required
@speaks
@require_safe
@cache_control(public=True, max_age=PAGE_SECONDS)
@gzip_page
def page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """One of them, whole."""
    topic = get_object_or_404(queries.published(with_bodies=True), slug=slug)
    told = readings([topic], language)
    if not told:
        raise Http404
    addresses = {each: reverse("topic", args=[each, slug]) for each in codes()}
    texts = {text.language for text in topic.texts.all()}
    context = {
        "reading": told[0],
        "addresses": addresses,
        "told": {each: path for each, path in addresses.items() if each in texts},
        "canonical": addresses[told[0].text.language],
    }
    return show(request, "topics/page.html", language, context)


def codes() -> list[str]:
    """The newsroom's languages."""
    return list(dict(settings.LANGUAGES))


def show(
    request: HttpRequest, template: str, language: str, context: dict[str, Any]
) -> HttpResponse:
    """A page with the newsroom's name above and below."""
    outlet = outlets.current()
    shared = {
        "outlet": outlet,
        "promise": outlet.promise(language),
        "language": language,
        "follow_form": follow_form(language),
        "site": settings.SITE_URL,
    }
    return render(request, template, shared | context)


@login_not_required
@require_safe
@condition(etag_func=lambda _request, digest: f'"{digest}"')
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(_request: HttpRequest, digest: str) -> HttpResponseBase:
    """A picture, whose address is its digest: what is there never changes.

    It streams, so that `warm` does not keep pictures in memory.
    """
    found = get_object_or_404(Picture, digest=digest)
    headers = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(
        BytesIO(bytes(found.data)), content_type=found.content_type, headers=headers
    )
