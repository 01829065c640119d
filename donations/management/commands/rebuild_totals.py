"""The totals behind the desk's figures."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from donations.insights import operations as insights
from donations.insights.checking import differences


class Command(BaseCommand):
    help = "Counts every total from nothing; with --check compares and changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            insights.rebuild(at=timezone.now())
            self.stdout.write("Every total is counted anew.")
            return
        found = differences(at=timezone.now())
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"{len(found)} totals differ from the rows.")
        self.stdout.write("The totals are right: each follows from the rows.")
