"""Asserts in the helpers explain themselves, and what the crashes came to is said at the end."""

import pytest

pytest.register_assert_rewrite("tests.services.books", "tests.services.service")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each crash test that passed."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figures" and report.when == "call":
                test = report.nodeid.partition("::")[2].replace("_", " ")
                terminalreporter.write_line(f"{test.removeprefix('test ')}: {value}")
