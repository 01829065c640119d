"""Ask the providers what never arrived."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from donations import reconciliation
from donations.gateways.base import GatewayUnavailable
from donations.gateways.registry import GATEWAYS, in_use


class Command(BaseCommand):
    help = "Compares with what the providers list and records what never arrived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gateway", choices=sorted(GATEWAYS), help="only this provider")
        parser.add_argument("--days", type=int, default=30, help="how far back (default 30)")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gateways = [options["gateway"]] if options["gateway"] else in_use()
        if not set(gateways) <= set(in_use()):
            raise CommandError(f"{gateways[0]} has no keys in this installation.")
        since = now - timedelta(days=options["days"])
        try:
            found = reconciliation.reconcile(since=since, at=now, gateways=gateways)
        except GatewayUnavailable as error:
            raise CommandError(f"The provider could not be asked: {error}") from error
        self.stdout.write(
            f"{found.listed} things listed, {found.missing} not seen before: "
            f"{found.donations} donations and {found.postings} postings recorded."
        )
