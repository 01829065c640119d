"""Logging: JSON lines in production, plain ones in a trial, and no data of people in either."""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS

# Django hands the request along with its own messages; its text has the whole address with it,
# and an address may hold the token of a supporter's page.
KEPT_OUT = ["request"]
# The addresses whose path is a token: whoever has it can stop somebody's mail.
UNSUBSCRIBE = re.compile(r"(?<=/u/)(?:week/)?\w+")
# What staff search for, a person mostly, where a server writes down whole addresses.
SEARCHED = re.compile(r"(?<=[?&]q=)[^&\s\"']+")


class WithoutTokens(logging.Filter):
    """Leaves out of every line what stands for a person."""

    def filter(self, record: logging.LogRecord) -> bool:
        """All lines pass; a token in a path and the words of a search do not."""
        line = record.getMessage()
        if "/u/" in line or "q=" in line:
            record.msg, record.args = SEARCHED.sub("…", UNSUBSCRIBE.sub("…", line)), ()
        return True


def logging_config(*, trial: bool) -> dict[str, Any]:
    """For `LOGGING`."""
    level = "WARNING" if trial else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tokens": {"()": WithoutTokens}},
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
                "reserved_attrs": [*RESERVED_ATTRS, *KEPT_OUT],
            },
            "plain": {"format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "plain" if trial else "json",
                "filters": ["tokens"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            # The SDK logs request bodies at debug level: never.
            "stripe": {"level": "WARNING"},
            # A line for every format that a bounce is not written in.
            "flufl.bounce": {"level": "WARNING"},
        },
    }
