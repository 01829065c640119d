"""Signing in as a supporter does it: by a code out of the letterbox."""

import re

from django.http import HttpResponse
from django.test import Client

from donations.outbox.models import Message
from donations.supporters.models import Supporter
from tests.visiting import visitor

ASK, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
CODE = re.compile(r"\d{4}-\d{4}")


def ask(client: Client, email: str, *, to: str = "/ro/account/") -> HttpResponse:
    """Type the address."""
    return client.post(ASK, {"email": email, "next": to})  # type: ignore[return-value]


def codes(email: str) -> list[str]:
    """Those that were mailed there, the oldest first."""
    sent = Message.objects.filter(to=email, kind=Message.Kind.SIGN_IN_CODE).order_by("pk")
    return [each.context["code"] for each in sent]


def enter(client: Client, code: str, *, to: str = "/ro/account/") -> HttpResponse:
    """Type the code."""
    return client.post(CONFIRM, {"code": code, "next": to})  # type: ignore[return-value]


def signed_in(email: str, *, to: str = "/ro/account/") -> Client:
    """A browser of somebody who read their mail."""
    client = visitor()
    ask(client, email, to=to)
    assert enter(client, codes(email)[-1], to=to).status_code == 302
    return client


def supporter(email: str = "ana@example.org") -> Supporter:
    """By address."""
    return Supporter.objects.get(email=email)
