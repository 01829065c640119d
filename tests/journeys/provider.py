"""The Stripe stand-in as a journey asks it: over HTTP, as it runs in a process of its own."""

from dataclasses import dataclass
from typing import Any

import requests


@dataclass(frozen=True)
class Provider:
    url: str

    def listed(self, kind: str, **query: str) -> list[dict[str, Any]]:
        """The newest hundred objects of a kind."""
        found = requests.get(
            f"{self.url}/v1/{kind}",
            params={"limit": "100", **query},
            headers={"Authorization": "Bearer sk_test_journeys"},
            timeout=10,
        )
        found.raise_for_status()
        rows: list[dict[str, Any]] = found.json()["data"]
        return rows

    def pages(self, email: str) -> list[dict[str, Any]]:
        """The payment pages that were opened for a reader."""
        sessions = self.listed("checkout/sessions")
        return [session for session in sessions if session["customer_email"] == email]

    def told_of(self, ident: str) -> list[str]:
        """The kinds of events about an object."""
        events = self.listed("events")
        return [event["type"] for event in events if event["data"]["object"]["id"] == ident]

    def act(self, action: str, ident: str = "", value: str = "") -> None:
        """Press a button of the control page."""
        self._control({"action": action, "id": ident, "value": value})

    def tells(self, *manners: str) -> None:
        """From now on webhooks go out in these manners; without any, at once and in order."""
        self._control({"action": "manners", **dict.fromkeys(manners, "on")})

    def _control(self, form: dict[str, str]) -> None:
        requests.post(f"{self.url}/control/", data=form, timeout=10).raise_for_status()
