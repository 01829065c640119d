"""Prove the books."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from donations.reconciliation.rebuild import differences


class Command(BaseCommand):
    help = "Recomputes every posting from the stored facts and compares it with the books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", required=True, help="compare and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} differences between the facts and the books.")
        self.stdout.write("The books are right: every posting follows from a stored fact.")
