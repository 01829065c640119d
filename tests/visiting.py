"""Browsers for tests. Loading the middleware means looking at every static file: once is enough."""

from functools import cache

from django.test import Client
from django.test.client import ClientHandler


def visitor() -> Client:
    """A browser of its own, at the same server."""
    client = Client()
    client.handler = server()
    return client


@cache
def server() -> ClientHandler:
    """The only one."""
    return ClientHandler(enforce_csrf_checks=False)
