"""An activity file from the upload to the books, or read from the disk by the command."""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from typing import BinaryIO

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q

from donations.gateways.paypal.activity import ActivityFileRefused, Answers, Survey, survey
from donations.reconciliation.activity import Progress, import_rows
from donations.reconciliation.models import ActivityFile, ActivityFilePart
from donations.reconciliation.pieces import opened, pieces
from donations.reconciliation.report import Report
from donations.supporters.models import User

logger = logging.getLogger(__name__)

MAX_UPLOAD = 40 * 1024 * 1024
# Longer than the longest import: a worker that died has lost its file after this time.
LEASE = timedelta(minutes=15)
# An upload that nobody comes back to is thrown away, with the people in it.
FORGOTTEN = timedelta(days=1)
PROGRESS_SECONDS = 3600
State = ActivityFile.State
BLANK = asdict(Answers())


class FileTooLarge(Exception):
    """Larger than what is taken in over the web."""


class Unsettled(Exception):
    """Something has to be asked first."""

    def __init__(self, survey: Survey) -> None:
        super().__init__("the file has questions")
        self.survey = survey


@transaction.atomic
def keep_file(*, name: str, chunks: Iterable[bytes], by: User | None, at: datetime) -> ActivityFile:
    """Keep an upload until it is done with. Raises FileTooLarge."""
    file = ActivityFile.objects.create(
        name=name.replace("\0", "")[:200], uploaded_by=by, uploaded_at=at, changed_at=at
    )
    digest, size = hashlib.sha256(), 0
    for number, data in enumerate(pieces(chunks)):
        size += len(data)
        if size > MAX_UPLOAD:
            raise FileTooLarge(name)
        digest.update(data)
        ActivityFilePart.objects.create(file=file, number=number, data=data)
    file.mark(State.NEW, at=at, size=size, sha256=digest.hexdigest())
    return file


def look_into(*, file: ActivityFile, at: datetime) -> None:
    """Find out what the file is and what importing it would come to."""
    answers = Answers(**file.answers)
    try:
        with opened(file) as stream:
            found, answers = surveyed(stream, answers, may_remember=not file.is_asked_anew)
            known = {"survey": asdict(found), "header_digest": header_digest(found)}
            if not found.is_settled:
                finish(file, State.ASKING, at=at, answers=asdict(answers), **known)
                return
            report = import_rows(
                stream=stream,
                survey=found,
                answers=answers,
                at=at,
                dry_run=True,
                on_progress=partial(show_progress, file),
            )
    except ActivityFileRefused as error:
        refuse(file, error.kept, at=at)
    else:
        finish(file, State.READY, at=at, answers=asdict(answers), report=asdict(report), **known)


def surveyed(stream: BinaryIO, answers: Answers, *, may_remember: bool) -> tuple[Survey, Answers]:
    """A first look, with what was answered about an earlier file with the same columns.

    Formats are not carried over: an account's may have changed. Raises ActivityFileRefused.
    """
    found = survey(stream, answers)
    if found.is_settled or not may_remember:
        return found, answers
    earlier = ActivityFile.objects.filter(
        header_digest=header_digest(found), state=State.DONE
    ).order_by("-finished_at")
    if last := earlier.first():
        before = Answers(**last.answers)
        answers = replace(
            answers,
            columns=before.columns | answers.columns,
            kinds=before.kinds | answers.kinds,
            statuses=before.statuses | answers.statuses,
        )
        found = survey(stream, answers)
    return found, answers


def header_digest(found: Survey) -> str:
    """A name for files with the same columns."""
    return hashlib.sha256(json.dumps(found.header).encode()).hexdigest()


def answer(*, file: ActivityFile, answers: Answers) -> bool:
    """Keep what a person told; the file is looked into again with that.

    False when it has no questions any more: a colleague was faster.
    """
    asking = ActivityFile.objects.filter(pk=file.pk, state=State.ASKING)
    told = asdict(answers)
    return bool(asking.update(state=State.NEW, changed_at=F("uploaded_at"), answers=told))


def ask_again(*, file: ActivityFile) -> bool:
    """Forget what was answered, here or about an earlier file: the questions come anew.

    False when it does not wait for a person any more.
    """
    ready = ActivityFile.objects.filter(pk=file.pk, state=State.READY)
    return bool(
        ready.update(
            state=State.NEW, changed_at=F("uploaded_at"), answers=BLANK, is_asked_anew=True
        )
    )


def confirm(*, file: ActivityFile, at: datetime) -> bool:
    """A person has seen what it comes to: import it. A second time changes nothing."""
    ready = ActivityFile.objects.filter(pk=file.pk, state=State.READY)
    return bool(ready.update(state=State.CONFIRMED, changed_at=at))


@transaction.atomic
def discard(*, file: ActivityFile, at: datetime) -> bool:
    """Throw an upload away, unless it is being imported or was."""
    locked = ActivityFile.objects.select_for_update().get(pk=file.pk)
    if locked.state in (State.RUNNING, State.DONE, State.DISCARDED):
        return False
    finish(locked, State.DISCARDED, at=at, finished_at=at)
    return True


def run_due(*, at: datetime) -> int:
    """Look into what is new, import what is confirmed. Returns how many files."""
    for file in ActivityFile.objects.filter(forgotten(at)):
        discard(file=file, at=at)
    done = 0
    for file in ActivityFile.objects.filter(due(at)).order_by("uploaded_at", "pk"):
        done += work_on(file, at=at)
    return done


def is_anything_due(*, at: datetime) -> bool:
    """Whether there is something for `run_due` to do."""
    return ActivityFile.objects.filter(due(at) | forgotten(at)).exists()


def due(at: datetime) -> Q:
    """Which files wait for a worker, or have lost theirs.

    A new file that nobody has begun with still carries the moment of its upload.
    """
    is_lost = Q(state__in=(State.NEW, State.RUNNING), changed_at__lte=at - LEASE)
    return Q(state=State.CONFIRMED) | Q(state=State.NEW, changed_at=F("uploaded_at")) | is_lost


def forgotten(at: datetime) -> Q:
    """Which files nobody has come back to."""
    waiting = (State.ASKING, State.READY)
    return Q(state__in=waiting, changed_at__lte=at - FORGOTTEN)


def work_on(file: ActivityFile, *, at: datetime) -> bool:
    """What has to be done with a file next, if no other worker has taken it meanwhile."""
    is_new = file.state == State.NEW
    if not take(file, at=at):
        return False
    try:
        (look_into if is_new else run)(file=file, at=at)
    except Exception:
        logger.exception("activity file %s could not be imported", file.pk)
        refuse(file, "failed", at=at)
    return True


@transaction.atomic
def take(file: ActivityFile, *, at: datetime) -> bool:
    """For this worker alone, and not while another file is being imported.

    Two imports of the same payments would lock each other out.
    """
    busy = ActivityFile.objects.select_for_update().filter(
        state__in=(State.CONFIRMED, State.RUNNING)
    )
    if any(
        one.state == State.RUNNING and one.changed_at > at - LEASE for one in busy.order_by("pk")
    ):
        return False
    free = ActivityFile.objects.filter(due(at), pk=file.pk, state=file.state)
    # A microsecond later than the upload, so that it has been begun with.
    begun_at = max(at, file.uploaded_at + timedelta(microseconds=1))
    state = State.NEW if file.state == State.NEW else State.RUNNING
    return bool(free.update(state=state, changed_at=begun_at))


def run(*, file: ActivityFile, at: datetime) -> None:
    """Import a confirmed file, the whole of it or nothing."""
    with opened(file) as stream:
        import_rows(
            stream=stream,
            survey=Survey(**file.survey),
            answers=Answers(**file.answers),
            at=at,
            dry_run=False,
            on_progress=partial(show_progress, file),
            conclude=lambda report: finish(
                file, State.DONE, at=at, report=asdict(report), finished_at=at
            ),
        )


def refuse(file: ActivityFile, why: str, *, at: datetime) -> None:
    """Nothing can be taken of it."""
    finish(file, State.REFUSED, at=at, error=why, finished_at=at)


@transaction.atomic
def finish(file: ActivityFile, state: ActivityFile.State, *, at: datetime, **found: object) -> None:
    """The next state; of a file that is done with, the people in it are forgotten.

    A file that somebody has thrown away meanwhile stays so.
    """
    locked = ActivityFile.objects.select_for_update().get(pk=file.pk)
    if locked.state == State.DISCARDED:
        return
    if state in (State.DONE, State.REFUSED, State.DISCARDED):
        ActivityFilePart.objects.filter(file=file).delete()
        found["survey"] = {**file.survey, "examples": []} if file.survey else {}
    file.mark(state, at=at, **found)
    cache.delete(progress_key(file))


def show_progress(file: ActivityFile, rows: int) -> None:
    """How many rows are through; in the cache, for the transaction hides everything else."""
    cache.set(progress_key(file), rows, PROGRESS_SECONDS)


def progress(file: ActivityFile) -> int:
    """How many rows are through so far."""
    rows: int = cache.get(progress_key(file), 0)
    return rows


def progress_key(file: ActivityFile) -> str:
    """Where progress is kept."""
    return f"activity-progress:{file.pk}"


def import_activity(
    *,
    stream: BinaryIO,
    answers: Answers,
    at: datetime,
    dry_run: bool,
    on_progress: Progress | None = None,
) -> Report:
    """A file from anywhere into the books. Raises ActivityFileRefused, Unsettled."""
    found = survey(stream, answers)
    if not found.is_settled:
        raise Unsettled(found)
    return import_rows(
        stream=stream,
        survey=found,
        answers=answers,
        at=at,
        dry_run=dry_run,
        on_progress=on_progress,
    )
