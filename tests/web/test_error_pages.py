"""Pages for when something is wrong."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation
from django.views import defaults

from config.urls import urlpatterns as ours
from tests.web.form import flat


def bad(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


for view in (bad, forbidden, broken):
    view.login_required = False  # type: ignore[attr-defined]
urlpatterns = [path("bad/", bad), path("forbidden/", forbidden), path("broken/", broken), *ours]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "language", "words"),
    [
        ("/bad/", 400, "en", "Nothing was charged"),
        ("/forbidden/", 403, "ro", "Nu aveți acces"),
        ("/nowhere/at/all", 404, "ru", "Такой страницы нет"),
        ("/ro/nowhere/", 404, "en", "There is no page here."),
        ("/broken/", 500, "ro", "Ceva s-a stricat la noi"),
    ],
)
def test_each_is_calm_and_in_the_reader_s_language_without_a_database(
    address: str, status: int, language: str, words: str
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": language})

    response = client.get(address)

    assert response.status_code == status
    assert words in flat(response)
    assert f'<html lang="{language}">' in flat(response)
    assert not response.cookies


def test_the_500_page_needs_no_list_of_static_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.templatetags.static.static", lambda _name: 1 / 0)
    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", lambda _name: 1 / 0)

    response = defaults.server_error(RequestFactory().get("/"))

    assert "Something broke on our side." in flat(response)


def test_a_form_of_ours_without_its_cookie_is_refused_calmly() -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "a"}, headers={"accept-language": "ru"})

    assert response.status_code == 403
    assert "Страница была открыта слишком долго." in flat(response)


def test_too_many_tries_are_told_in_words() -> None:
    with translation.override("ro"):
        response = defaults.page_not_found(
            RequestFactory().get("/"), Exception(), template_name="429.html"
        )

    assert "Vă rugăm să așteptați un minut" in flat(response)
