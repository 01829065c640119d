"""A mail as a person would get it, before anybody does."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from donations.broadcasts import operations as broadcasts
from donations.broadcasts.merging import TopicLetter
from donations.broadcasts.models import Broadcast
from donations.broadcasts.operations import BrokenEdition, NothingToSay
from donations.broadcasts.queries import letter_for
from donations.supporters.models import Supporter
from donations.supporters.queries import find_supporters
from donations.team.rights import Right, may
from donations.web.hints import mail_soon
from donations.web.staff.access import allowed, colleague
from donations.web.staff.broadcasts import finding, words
from donations.web.staff.keeping import kept
from donations.web.staff.shell import show
from donations.web.staff.topics import number

FOUND, LONGEST = 8, 100
# What may come of rendering.
UNWRITABLE = (NothingToSay, BrokenEdition)
# Of a mail only its own styles and pictures are let in, and only our own desk may frame it.
MAIL_POLICY = {
    "default-src": [NONE],
    "script-src": [NONE],
    "connect-src": [NONE],
    "font-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["https:", SELF, "data:"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@allowed(Right.LOOK)
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As somebody in a language: wide, narrow, as plain text, and with its headers."""
    broadcast, language, reader = finding.one(pk), spoken(request), somebody(request)
    sought = request.GET.get("q", "").strip()[:LONGEST] if sees_people(request) else ""
    found = list(find_supporters(sought)[: FOUND + 1])
    mail, problem = rendered(broadcast, language, reader)
    context = {
        "broadcast": broadcast,
        "title": words.title(broadcast),
        "languages": [(code, words.language_name(code)) for code in words.names()],
        "language": language,
        "language_name": words.language_name(language),
        "reader": reader,
        "sought": sought,
        "found": found[:FOUND],
        "has_more": len(found) > FOUND,
        "mail": mail,
        "headers": headers_of(mail) if mail else [],
        "problem": problem,
        "step": "preview",
    }
    return show(request, "staff/broadcasts/preview.html", context)


@allowed(Right.LOOK)
@require_safe
@xframe_options_sameorigin
@csp_replace(MAIL_POLICY)  # type: ignore[arg-type]
def frame(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail itself, at an address of its own; its links open elsewhere."""
    mail, problem = rendered(finding.one(pk), spoken(request), somebody(request))
    if mail is None:
        return HttpResponse(problem, content_type="text/plain; charset=utf-8")
    return HttpResponse(html_of(mail).replace("<head>", '<head><base target="_blank">', 1))


@allowed(Right.SEND)
@require_POST
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail in one language to whoever asks, and to nobody else."""
    broadcast, language, to = finding.one(pk), spoken(request), colleague(request)
    try:
        with kept(request, "broadcast.proofed", broadcast, at=timezone.now()) as deed:
            deed.happened, deed.also = True, {"language": language}
            broadcasts.send_proof(broadcast=broadcast, language=language, to=to, at=timezone.now())
    except UNWRITABLE as error:
        messages.error(request, unwritable(error))
    else:
        transaction.on_commit(mail_soon)
        sent = _("The mail in %(language)s is on its way to %(address)s.")
        name = words.language_name(language)
        messages.success(request, sent % {"language": name, "address": to.email})
    return redirect(f"{reverse('staff_broadcast_preview', args=[pk])}?lang={language}")


def rendered(
    broadcast: Broadcast, language: str, reader: Supporter | None
) -> tuple[TopicLetter | None, str]:
    """The mail, or why there is none."""
    try:
        return letter_for(broadcast, language, reader), ""
    except UNWRITABLE as error:
        return None, unwritable(error)


def html_of(letter: TopicLetter) -> str:
    """What the mail looks like."""
    return str(letter.alternatives[0][0])


def headers_of(letter: TopicLetter) -> list[tuple[str, str]]:
    """What stands above the mail."""
    return [
        ("From", letter.from_email),
        ("To", letter.to[0]),
        ("Subject", str(letter.subject)),
        ("Reply-To", letter.reply_to[0]),
        *letter.extra_headers.items(),
    ]


def unwritable(error: Exception) -> str:
    """Why there can be no mail, and what to do about it."""
    if isinstance(error, NothingToSay):
        return _("The topic is not published, or has no text: there is nothing to send yet.")
    told = _("The mail cannot be written. Whoever runs the service has to look: %(problem)s")
    return told % {"problem": error}


def spoken(request: HttpRequest) -> str:
    """The language asked for, or the newsroom's first. Raises Http404 for none of ours."""
    asked = request.POST.get("lang") or request.GET.get("lang") or settings.LANGUAGE_CODE
    if asked not in words.names():
        raise Http404
    return asked


def somebody(request: HttpRequest) -> Supporter | None:
    """The supporter as whom the mail is looked at; None for one who is made up."""
    if not sees_people(request):
        return None
    return Supporter.objects.filter(pk=number(request.GET.get("as", ""))).first()


def sees_people(request: HttpRequest) -> bool:
    """Whether they may look at a mail as somebody real."""
    return may(colleague(request), Right.PEOPLE)
