"""Process stored events again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from donations.webhooks import queries
from donations.webhooks.operations import replay_all


class Command(BaseCommand):
    help = "Processes stored events again; a second time changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--failed",
            action="store_true",
            help="only what waits, is stuck, or was another account's",
        )
        which.add_argument("--id", help="one event, by the provider's id of it (evt_…)")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = queries.replayable(failed=options["failed"], event_id=options["id"])
        if options["id"] and not ids:
            raise CommandError(f"There is no stored event {options['id']}.")
        left = replay_all(event_ids=ids, at=timezone.now())
        self.stdout.write(f"{len(ids) - len(left)} of {len(ids)} events processed.")
        if left:
            raise CommandError(
                f"{len(left)} could not be processed: see their errors at /staff/health/."
            )
