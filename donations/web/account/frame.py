"""What every page of the account has around it."""

from django.conf import settings
from django.urls import reverse

from donations.outlet import queries as outlets


def frame(language: str, route: str = "account") -> dict[str, object]:
    """The newsroom, and this page in each language."""
    codes = [code for code, _name in settings.LANGUAGES]
    return {
        "outlet": outlets.current(),
        "language": language,
        "addresses": {code: reverse(route, args=[code]) for code in codes},
    }
