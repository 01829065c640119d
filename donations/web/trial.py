"""What a trial on one's own machine shows besides: the mail that it wrote into files."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NEWEST = 50


def mail_files() -> list[Path]:
    """Newest first. Raises Http404 outside of a trial."""
    if not settings.TRIAL:
        raise Http404
    return sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), reverse=True)


def read(path: Path) -> EmailMessage:
    """The message in a file."""
    return message_from_bytes(path.read_bytes(), policy=policy.default)


@login_not_required
@never_cache
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """The letters, newest first, as their plain text."""
    letters = []
    for path in mail_files()[:NEWEST]:
        message = read(path)
        body = message.get_body(("plain",))
        letters.append(
            {
                "file": path.name,
                "subject": message["Subject"],
                "to": message["To"],
                "date": message["Date"],
                "text": body.get_content() if body else "",
            }
        )
    return render(request, "trial/mail.html", {"letters": letters})


@login_not_required
@never_cache
@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponseBase:
    """One letter as the file that a mail program opens."""
    for path in mail_files():
        if path.name == name:
            return FileResponse(path.open("rb"), as_attachment=True, filename=name)
    raise Http404
