"""PayPal's activity file into the books."""

import gc
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from donations.gateways.paypal.activity import (
    HEADINGS,
    KINDS,
    STATUSES,
    ActivityFileRefused,
    Answers,
    Survey,
    example,
    explained,
)
from donations.money import Money
from donations.reconciliation.importing import Unsettled, import_activity
from donations.reconciliation.report import Report


class Command(BaseCommand):
    help = "Takes the gifts in PayPal's activity download into the books; again adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file exactly as PayPal made it")
        parser.add_argument("--dry-run", action="store_true", help="show and change nothing")
        order = parser.add_mutually_exclusive_group()
        order.add_argument("--day-first", action="store_true", help="02/03 is the second of March")
        order.add_argument("--month-first", action="store_true", help="02/03 is the third of Feb.")
        parser.add_argument("--decimal", choices=("point", "comma"), help="1.50 or 1,50")
        parser.add_argument(
            "--map", action="append", default=[], metavar="OURS=HEADING", dest="columns",
            help=f"which column it is, for one of {', '.join(HEADINGS)}; blank: there is none",
        )  # fmt: skip
        parser.add_argument(
            "--kind", action="append", default=[], metavar="WORD=KIND", dest="kinds",
            help=f"what a type means: {', '.join(KINDS)}",
        )  # fmt: skip
        parser.add_argument(
            "--status", action="append", default=[], metavar="WORD=STATUS", dest="statuses",
            help=f"what a status means: {', '.join(STATUSES)}",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        # What is loaded by now stays: the collector would look through it for every chunk again,
        # which takes a quarter of the time.
        gc.freeze()
        try:
            with options["file"].open("rb") as stream:
                report = import_activity(
                    stream=stream,
                    answers=answers_of(options),
                    at=timezone.now(),
                    dry_run=options["dry_run"],
                )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except ActivityFileRefused as error:
            raise CommandError(str(error)) from error
        except Unsettled as error:
            raise CommandError("\n".join(questions(error.survey))) from error
        for line in told(report, dry_run=options["dry_run"]):
            self.stdout.write(line)


def answers_of(options: Mapping[str, Any]) -> Answers:
    """The options as answers. Raises CommandError for one that is none."""
    marks = {"point": ".", "comma": ",", None: ""}
    return Answers(
        columns=pairs(options["columns"], "--map", left=HEADINGS),
        kinds=pairs(options["kinds"], "--kind", right=KINDS),
        statuses=pairs(options["statuses"], "--status", right=STATUSES),
        day_first=True if options["day_first"] else False if options["month_first"] else None,
        decimal=marks[options["decimal"]],
    )


def pairs(texts: list[str], option: str, *, left: Any = (), right: Any = ()) -> dict[str, str]:
    """`a=b` as a pair, of words that there are. Raises CommandError."""
    found = {}
    for text in texts:
        split = text.partition("=") if left else text.rpartition("=")
        name, equals, value = (part.strip() for part in split)
        if not equals or not name or (left and name not in left) or (right and value not in right):
            known = ", ".join(left or right)
            raise CommandError(f"{option} {text}: write it as A=B, with one of: {known}")
        found[name] = value
    return found


def questions(survey: Survey) -> Iterator[str]:
    """What has to be told before anything can be imported, and by which option."""
    yield "Nothing was imported: the file does not say everything by itself."
    for ours in survey.missing:
        yield (
            f"- It has no column “{example(ours)}”. Download it again with that column,"
            f' or name another one: --map "{ours}=…"'
        )
    for ours in survey.wanting:
        yield f'- It may have “{example(ours)}” under another name: --map "{ours}=…"'
    if survey.missing:
        yield f"  Its columns are: {', '.join(survey.header)}"
    for word in survey.unknown_kinds:
        yield f'- What is the type “{word}”? --kind "{word}=payment" or another of our kinds'
    for word in survey.unknown_statuses:
        yield f'- What is the status “{word}”? --status "{word}=completed" or pending or other'
    if survey.dates_are_ambiguous:
        yield "- Do its dates have the day or the month first? --day-first or --month-first"
    if survey.numbers_are_ambiguous:
        yield "- Is 1.234 a thousand? --decimal comma if it is, --decimal point if not"


def told(report: Report, *, dry_run: bool) -> Iterator[str]:
    """The report in plain lines."""
    if dry_run:
        yield "Nothing was changed: this is what an import would come to."
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.kinds.items()))
    yield f"{report.rows} rows."
    yield f"taken: {report.taken}" + (f" ({kinds})" if kinds else "")
    for currency, minor in sorted(report.amounts.items()):
        yield f"  payments: {Money(minor, currency).decimal} {currency}"
    yield f"known already: {report.known}"
    yield f"waiting for a payment that nobody has told of: {report.waiting}"
    yield f"ignored: {sum(report.ignored.values())}"
    for reason, count in sorted(report.ignored.items()):
        yield f"  {count} {explained(reason)}"
    yield f"not understood: {report.puzzling_count}"
    yield from listed(report.puzzling, report.puzzling_count)
    yield f"contradicting the books: {report.contradicting_count}"
    yield from listed(report.contradicting, report.contradicting_count)


def listed(found: list[tuple[int, str]], count: int) -> Iterator[str]:
    """The first of them with their line in the file."""
    for line, reason in found:
        yield f"  line {line}: {explained(reason)}"
    if count > len(found):
        yield f"  … and {count - len(found)} more"
