"""The support page's form as a test sends it."""

from typing import Any

from django.test import Client

from donations.web.forms import new_token

FILLED = {
    "interval": "once",
    "amount": "10",
    "currency": "EUR",
    "method": "card",
    "email": "ana@example.org",
    "name": "Ana",
}


def filled(**changes: str) -> dict[str, str]:
    """A form that is right, but for the changes; a change to "" leaves the field blank."""
    return {"token": new_token(), **FILLED, **changes}


def send(client: Client, language: str = "en", **changes: str) -> Any:
    """Post it."""
    return client.post(f"/{language}/give/", filled(**changes))


def flat(response: Any) -> str:
    """The page with every run of spaces as one, so that a test does not see how it is indented."""
    return " ".join(response.content.decode().split())


def errors(response: Any) -> dict[str, list[str]]:
    """What the page says is wrong, by field."""
    return {name: list(said) for name, said in response.context["form"].errors.items()}
