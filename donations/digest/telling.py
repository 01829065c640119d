"""What a week came to, frozen as JSON: amounts in minor units with their currency beside them."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from donations import links
from donations.digest.weeks import Week
from donations.giving.queries import unattributed
from donations.insights import queries
from donations.webhooks.queries import waiting_for_staff

NAMED = 3


def told(*, week: Week, at: datetime) -> dict[str, Any]:
    """The same for all colleagues. It names no supporter, and counts what waits as of now."""
    currencies = queries.currencies()
    sums = [of_currency(each, week) for each in currencies]
    return {
        "first": week.monday.isoformat(),
        "sums": [each for each in sums if any((*each["received"], *each["monthly"]))],
        "active": queries.active_supporters(on=week.sunday),
        "articles": [each for code in currencies for each in articles(code, week)],
        "hand": {
            "failed": waiting_for_staff().count(),
            "unattributed": unattributed().count(),
            "at_risk": [each for each in map(at_risk, currencies) if each["count"]],
        },
        "desk_url": links.absolute(reverse("staff")),
        "told_at": at.isoformat(),
    }


def of_currency(currency: str, week: Week) -> dict[str, Any]:
    """The week's figures, each with that of the week before."""
    now, then = (
        queries.received(currency=currency, first=each.monday, last=each.sunday)
        for each in (week, week.before)
    )
    days = queries.received_by_day(currency=currency, first=week.monday, last=week.sunday)
    ends = (week.sunday, week.sunday - timedelta(days=7))
    return {
        "currency": currency,
        "received": [now.net_minor, then.net_minor],
        "gifts": [now.gifts, then.gifts],
        "monthly": [queries.mrr(currency=currency, on=day).money.minor for day in ends],
        "days": [each.net_minor for _day, each in days],
    }


def articles(currency: str, week: Week) -> list[dict[str, Any]]:
    """Those that earned most; gifts of no article are not among them."""
    shares = queries.received_by(
        dimension="article", currency=currency, first=week.monday, last=week.sunday, limit=NAMED + 1
    )
    return [
        {"title": each.label, "minor": each.received.gross_minor, "currency": currency}
        for each in shares
        if each.value
    ][:NAMED]


def at_risk(currency: str) -> dict[str, Any]:
    """How many payments are being retried, and what they are worth in a month."""
    found = queries.at_risk(currency=currency)
    return {"currency": currency, "count": found.count, "minor": found.money.minor}
