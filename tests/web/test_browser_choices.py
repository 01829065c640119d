"""The pages about topics by mail: nothing sticks out, nothing is too small, axe finds nothing."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.forms import Form
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Route

from donations.outlet.queries import OutletFacts
from donations.sections.models import Section
from donations.sections.queries import Choices
from donations.web.choices import ChoicesForm, LinkForm
from donations.web.following import YES, FollowForm, said
from tests.web.test_browser_looks import Scheme, problems, small_targets, sticks_out

pytestmark = pytest.mark.browser
KNOWN = [
    Section(pk=number, slug=f"s{number}", names={"en": name})
    for number, name in enumerate(("Politics", "Economy", "War in Ukraine", "X" * 80))
]
NOTHING = Choices(every=False, sections=(), language="en")
EVERY = Choices(every=True, sections=(), language="en")
SOME = Choices(every=False, sections=tuple(KNOWN), language="en")


def checked(form: Form) -> Form:
    form.is_valid()
    return form


def follow_pages(language: str) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Asking."""
    empty = FollowForm(known=KNOWN, language=language)
    wrong = checked(FollowForm({"email": "x"}, known=KNOWN, language=language))
    for name, form, notice in (("", empty, ""), ("wrong", wrong, "expired"), ("", wrong, "busy")):
        context = {"follow_form": form, "notice": notice}
        yield f"follow-{name}{notice}", "follow_page", context
    yield "follow-sent", "follow_page", {"follow_form": empty, "is_sent": True}


def confirm_pages(language: str) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Confirming."""
    for name, waiting, chosen in (
        ("confirm-every", EVERY, NOTHING),
        ("confirm-some", SOME, NOTHING),
        ("confirmed", NOTHING, SOME),
        ("confirm-nothing", NOTHING, NOTHING),
    ):
        names = [each.name(language) for each in KNOWN]
        context = {"waiting": waiting, "waiting_names": names, "chosen": chosen, "yes": YES}
        yield name, "confirm", {**context, "chosen_names": names, "choices_url": "/c/"}
    yield "confirm-old", "confirm_expired", {}
    yield "confirm-renewed", "confirm_expired", {"is_sent": True}
    yield "confirm-broken", "confirm_unknown", {}


def choices_pages(language: str) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Choosing."""
    for name, now, what in (
        ("every", EVERY, "every"),
        ("some", SOME, "these"),
        ("nothing", NOTHING, "nothing"),
    ):
        initial = {"what": what, "sections": ["s1", "s3"], "spoken": language}
        form: Form = ChoicesForm(initial=initial, known=KNOWN, language=language)
        context = {"form": form, "now": now, "languages": settings.LANGUAGES}
        context["chosen_names"] = said(now.sections, language)
        yield f"choices-{name}", "choices", context
        yield f"choices-{name}-saved", "choices", {**context, "is_saved": True}
    form = checked(ChoicesForm({"what": "these"}, known=KNOWN, language=language))
    context = {"form": form, "now": EVERY, "languages": settings.LANGUAGES}
    yield "choices-wrong", "choices", context
    for notice in ("", "expired", "unknown", "busy", "old"):
        yield f"link-{notice}", "choices_link", {"form": LinkForm(), "notice": notice}
    yield "link-wrong", "choices_link", {"form": checked(LinkForm({"email": "x"}))}
    yield "link-sent", "choices_link", {"form": LinkForm(), "is_sent": True}


def leaving_pages(language: str) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Leaving."""
    section = KNOWN[3].name(language)
    for name, told in (
        ("section", {"section": section, "hears_about_it": True, "hears_anything": True}),
        ("any", {"hears_about_it": True, "hears_anything": True}),
        ("section-done", {"section": section, "hears_anything": True}),
        ("all-done", {}),
    ):
        yield f"leave-{name}", "unsubscribe", {**told, "choices_url": "/c/"}
    yield "leave-broken", "unsubscribe_unknown", {}


def every_page(language: str, outlet: OutletFacts) -> dict[str, str]:
    """Each state, by its name."""
    makers = (follow_pages, confirm_pages, choices_pages, leaving_pages)
    with translation.override(language):
        return {
            name: render_to_string(
                f"topics/{template}.html", {"outlet": outlet, "language": language, **context}
            )
            for maker in makers
            for name, template, context in maker(language)
        }


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 1280, "light"), ("ro", 320, "light"), ("ru", 320, "dark")],
)
def test_every_state(
    chromium: Browser, server: str, outlet: OutletFacts, language: str, width: int, scheme: Scheme
) -> None:
    shown = every_page(language, outlet)
    context = chromium.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()

    def answer(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[-1]
        route.fulfill(body=shown[name], content_type="text/html; charset=utf-8")

    page.route("**/shown/*", answer)
    for name in shown:
        page.goto(f"{server}/shown/{name}")
        assert problems(page) == [], name
        assert not sticks_out(page), name
        assert small_targets(page) == [], name
    context.close()
