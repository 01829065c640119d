"""PayPal tells the time of California, in English, whatever the account speaks."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ipn_date(at: int) -> str:
    """03:15:22 Nov 20, 2026 PST."""
    local = datetime.fromtimestamp(at, ZONE)
    day = f"{_MONTHS[local.month - 1]} {local.day}, {local.year}"
    return f"{local:%H:%M:%S} {day} {local.tzname()}"


def file_date(at: int) -> tuple[str, str, str]:
    """Date, time and zone as an account set to US English has them."""
    local = datetime.fromtimestamp(at, ZONE)
    return f"{local:%m/%d/%Y}", f"{local:%H:%M:%S}", local.tzname() or ""
