"""The way in for machines: providers need no session, no language, no policy for pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve

PREFIX = "/webhooks/"


class ProviderDoors:
    """Calls the views under /webhooks/ at once, past the middleware that is for people.

    What comes in here is judged by its signature alone. Raises Resolver404 for other addresses
    under the prefix, which Django answers with 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """A provider's notification, or whatever else it is."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        view, args, kwargs = resolve(request.path_info)
        response: HttpResponse = view(request, *args, **kwargs)
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response
