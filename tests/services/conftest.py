"""Asserts in the helpers explain themselves, and what the crashes came to is said at the end."""

import signal
from typing import NoReturn

import pytest

pytest.register_assert_rewrite("tests.services.books", "tests.services.service")


def pytest_configure() -> None:
    """SIGTERM is as good as Ctrl-C: what was started has to be stopped."""
    signal.signal(signal.SIGTERM, interrupted)


def interrupted(*_: object) -> NoReturn:
    """Once; a second signal must not disturb the putting away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each crash test that passed."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figures" and report.when == "call":
                test = report.nodeid.partition("::")[2].replace("_", " ")
                terminalreporter.write_line(f"{test.removeprefix('test ')}: {value}")
