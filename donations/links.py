"""Addresses of our own pages, for use outside of a request: mails, providers, commands."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute(path: str) -> str:
    """A path of this site as a full address."""
    return f"{settings.SITE_URL}{path}"


def page(name: str, *, language: str, **query: str) -> str:
    """A page by its route's name in a language, with whatever of the query is not blank."""
    with translation.override(language):
        path = reverse(name, args=[language])
    kept = urlencode({key: value for key, value in query.items() if value})
    return absolute(f"{path}?{kept}" if kept else path)
