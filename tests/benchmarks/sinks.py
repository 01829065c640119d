"""The mail server of the benchmarks, in a process of its own."""

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sink() -> Iterator[int]:
    """Takes everything and keeps nothing; yields its port."""
    command = [sys.executable, "-m", "tests.standins.smtp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def taken(port: int) -> int:
    """How many messages have come to it, by its own count."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as connection:
        return int(connection.help())
