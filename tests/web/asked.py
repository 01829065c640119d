"""What tests of the suggestions page share: a reader with a link, and what they send."""

from typing import Any

from django.test import Client

from donations.supporters.links import CHOICES, token_of
from donations.supporters.models import Supporter


def token(supporter: Supporter) -> str:
    """What their link carries."""
    return token_of(supporter, purpose=CHOICES)


def visit(client: Client, reader: Supporter | None = None, **query: Any) -> Any:
    """The page, with a link from the mailbox or without."""
    carried = {"token": token(reader)} if reader else {}
    return client.get("/en/suggestions/", {**carried, **query})


def press(client: Client, reader: Supporter | str, suggestion: Any, *, back: bool = True) -> Any:
    """The button beside a suggestion."""
    said = {
        "token": reader if isinstance(reader, str) else token(reader),
        "suggestion": getattr(suggestion, "pk", suggestion),
        **({"back": "1"} if back else {}),
    }
    return client.post("/en/suggestions/vote/", said)


def send(client: Client, reader: Supporter | str, *, language: str = "en", **fields: Any) -> Any:
    """The form."""
    carried = reader if isinstance(reader, str) else token(reader)
    said = {"token": carried, "title": "Bread", "details": "Who bakes it?", **fields}
    return client.post(f"/{language}/suggestions/new/", said)
