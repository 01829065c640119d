"""A process that sends what is due until nothing is left: `python -m tests.outbox.sender TIME`."""

import sys
from datetime import datetime

import django

django.setup()

# ruff: noqa: E402  models can be named only after setup
from donations.outbox import operations


def main() -> None:
    at = datetime.fromisoformat(sys.argv[1])
    while operations.send_due(at=at):
        pass


if __name__ == "__main__":
    main()
