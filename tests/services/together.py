"""Several things at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Start them together, each in a thread of its own; raises what any of them raises."""
    start = threading.Barrier(len(acts))

    def act(what: Callable[[], Result]) -> Result:
        start.wait()
        try:
            return what()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act, what) for what in acts]]
