"""A newsroom's history for a trial."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from donations.demo.seeding import AlreadyTold, RealDonations, seed


class Command(BaseCommand):
    help = "Fills the database with a plausible newsroom's history. No mail is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--supporters", type=int, default=300)
        parser.add_argument("--years", type=int, default=3)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--among-real",
            action="store_true",
            help="also where real donations are kept, which the story is then mixed with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed(
                supporters=options["supporters"],
                years=options["years"],
                number=options["seed"],
                among_real=options["among_real"],
                at=timezone.now(),
                say=self.stdout.write,
            )
        except (RealDonations, AlreadyTold) as error:
            raise CommandError(str(error)) from error
