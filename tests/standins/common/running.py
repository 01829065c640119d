"""A stand-in as a process of its own."""

import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Protocol

_OFF = ("0", "false", "no", "off")


class Standin(AbstractContextManager["Standin"], Protocol):
    @property
    def base_url(self) -> str: ...


def refusal(environ: Mapping[str, str]) -> str | None:
    """Why it must not run here: a stand-in beside real money would swallow gifts."""
    if environ.get("DEBUG", "on").strip().lower() in _OFF:
        return "DEBUG is off: this looks like production, and the stand-in takes no real money."
    return None


def serve(standin: Standin, name: str) -> None:
    """Run until SIGTERM or SIGINT."""
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with standin:
        sys.stdout.write(f"{name} stand-in on {standin.base_url} (control page: /control/)\n")
        sys.stdout.flush()
        over.wait()
