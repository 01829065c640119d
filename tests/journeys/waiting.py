"""Waiting for what happens by itself: a mail, a server, a task."""

import time
from collections.abc import Callable
from http.client import HTTPException
from typing import TypeVar
from urllib.request import urlopen

T = TypeVar("T")


def until(look: Callable[[], T], complaint: str, *, seconds: float = 30) -> T:
    """The first thing found that is not empty or false; AssertionError when time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{complaint} (after {seconds:g} s)")


def answers(address: str) -> bool:
    """Whether somebody answers there with 200."""
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, HTTPException):
        return False
