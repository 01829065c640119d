"""The one type that everything here passes around: a Stripe object as plain JSON."""

from typing import Any

Obj = dict[str, Any]

API_VERSION = "2026-10-28.endive"
