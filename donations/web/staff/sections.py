"""What topics are published under: added, renamed, put in order, closed."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from donations.sections import staffing
from donations.sections.models import MAX_NAME, Section
from donations.team.rights import Right
from donations.web.forms import TextField
from donations.web.staff.access import allowed
from donations.web.staff.keeping import keep_new, kept
from donations.web.staff.shell import show

STEPS: Mapping[str, Callable[[Section], bool]] = {
    "up": lambda section: staffing.move(section=section, places=-1),
    "down": lambda section: staffing.move(section=section, places=1),
    "close": lambda section: staffing.close(section=section),
    "reopen": lambda section: staffing.reopen(section=section),
}

DONE = {"up": "moved", "down": "moved", "close": "closed", "reopen": "reopened"}


class SectionForm(forms.Form):
    """Its name in each language, of which one is enough."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, of: Section | None = None) -> None:
        names = of.names if of else {}
        super().__init__(data, initial={f"name_{code}": name for code, name in names.items()})
        for code in dict(settings.LANGUAGES):
            self.fields[f"name_{code}"] = TextField(max_length=MAX_NAME)

    @property
    def languages(self) -> list[tuple[str, str, BoundField]]:
        """Code, the language's name, and its field."""
        return [
            (code, str(get_language_info(code)["name_translated"]), self[f"name_{code}"])
            for code in dict(settings.LANGUAGES)
        ]

    @property
    def names(self) -> dict[str, str]:
        """Those that were given."""
        said = {code: self.cleaned_data.get(f"name_{code}") for code in dict(settings.LANGUAGES)}
        return {code: name for code, name in said.items() if name}

    def clean(self) -> dict[str, Any]:
        """One of them there has to be."""
        if not self.errors and not self.names:
            self.add_error(f"name_{settings.LANGUAGE_CODE}", _("Write its name."))
        return self.cleaned_data

    def refuse(self) -> None:
        """Another section is called so."""
        self.add_error(
            f"name_{next(iter(self.names))}", _("There is a section of this name already.")
        )


@allowed(Right.LOOK, to_change=Right.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest) -> HttpResponse:
    """All of them in their order, and a form for a new one."""
    form = SectionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return listing(request, form)
    if form.is_valid():
        try:
            section = added(request, form.names)
        except staffing.NameTaken:
            form.refuse()
        else:
            name = section.name(get_language() or settings.LANGUAGE_CODE)
            messages.success(request, _("Added: %(name)s") % {"name": name})
            return redirect("staff_sections")
    return listing(request, form, status=422)


def added(request: HttpRequest, names: dict[str, str]) -> Section:
    """A new one, and who made it. Raises `NameTaken`."""
    with transaction.atomic():
        section = staffing.create(names=names)
        keep_new(request, "section.added", section, "names", at=timezone.now())
    return section


def listing(request: HttpRequest, form: SectionForm, *, status: int = 200) -> HttpResponse:
    """Each with its names in every language."""
    found = Section.objects.annotate(topic_count=Count("topics")).order_by("position", "pk")
    lines = [
        (each, [(code, each.names.get(code, "")) for code in dict(settings.LANGUAGES)])
        for each in found
    ]
    context = {"lines": lines, "form": form}
    return show(request, "staff/topics/sections.html", context, status=status)


@allowed(Right.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Other names; the address stays."""
    section = get_object_or_404(Section, pk=pk)
    form = SectionForm(request.POST if request.method == "POST" else None, of=section)
    context = {"section": section, "form": form}
    if request.method != "POST":
        return show(request, "staff/topics/section.html", context)
    if form.is_valid():
        try:
            with kept(request, "section.renamed", section, "names", at=timezone.now()):
                staffing.rename(section=section, names=form.names)
        except staffing.NameTaken:
            form.refuse()
        else:
            messages.success(request, _("Saved."))
            return redirect("staff_sections")
    return show(request, "staff/topics/section.html", context, status=422)


@allowed(Right.WRITE)
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the buttons: up, down, close, reopen. At the end of the list nothing happens."""
    section = get_object_or_404(Section, pk=pk)

    def state() -> dict[str, Any]:
        order = Section.objects.order_by("position", "pk").values_list("pk", "is_open")
        places = {number: (place, is_open) for place, (number, is_open) in enumerate(order, 1)}
        place, is_open = places[pk]
        return {"place": place, "is_open": is_open}

    with kept(request, f"section.{DONE[name]}", section, state=state, at=timezone.now()):
        STEPS[name](section)
    return redirect("staff_sections")
