"""What the trial's database holds about a reader, read beside the running service.

Django's ORM refuses to work next to Playwright's event loop; plain SQL sees the same rows.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DONATIONS = """
    SELECT donation.amount_minor, donation.currency
    FROM donations_donation AS donation
    JOIN donations_pledge AS pledge ON pledge.id = donation.pledge_id
    JOIN donations_supporter AS supporter ON supporter.id = pledge.supporter_id
    WHERE supporter.email = ? ORDER BY donation.id
"""
PLEDGES = """
    SELECT pledge.status FROM donations_pledge AS pledge
    JOIN donations_supporter AS supporter ON supporter.id = pledge.supporter_id
    WHERE supporter.email = ? ORDER BY pledge.id
"""
SUBSCRIPTIONS = """
    SELECT subscription.status FROM donations_subscription AS subscription
    JOIN donations_pledge AS pledge ON pledge.id = subscription.pledge_id
    JOIN donations_supporter AS supporter ON supporter.id = pledge.supporter_id
    WHERE supporter.email = ? ORDER BY subscription.id
"""
ARTICLES = """
    SELECT article.url, article.title FROM donations_donation AS donation
    JOIN donations_article AS article ON article.id = donation.article_id
    JOIN donations_supporter AS supporter ON supporter.id = donation.supporter_id
    WHERE supporter.email = ? ORDER BY donation.id
"""


@dataclass(frozen=True)
class Books:
    path: Path

    def _rows(self, question: str, email: str) -> list[tuple[Any, ...]]:
        address = f"{self.path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as database:
            return database.execute(question, [email]).fetchall()

    def donations(self, email: str) -> list[tuple[int, str]]:
        """Amounts in minor units with their currencies, oldest first."""
        return [(minor, currency) for minor, currency in self._rows(DONATIONS, email)]

    def pledges(self, email: str) -> list[str]:
        """How each of the reader's pledges stands."""
        return [status for (status,) in self._rows(PLEDGES, email)]

    def subscriptions(self, email: str) -> list[str]:
        """How each of the reader's agreements stands."""
        return [status for (status,) in self._rows(SUBSCRIPTIONS, email)]

    def articles(self, email: str) -> list[tuple[str, str]]:
        """Address and title of the article that earned each of the reader's donations."""
        return [(url, title) for url, title in self._rows(ARTICLES, email)]
