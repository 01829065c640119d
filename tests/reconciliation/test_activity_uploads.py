"""An upload from the first byte to the books, with everything that may come between."""

from datetime import timedelta
from typing import Any

import pytest

from donations.gateways.paypal.activity import Answers, explained
from donations.giving.models import Donation
from donations.reconciliation import importing
from donations.reconciliation.models import ActivityFile, ActivityFilePart
from donations.reconciliation.pieces import PIECE, opened
from donations.tasks import import_activity, sweep
from tests.gateways.activity import ENGLISH, made, payment
from tests.reconciliation.activity import AT

pytestmark = pytest.mark.django_db
State = ActivityFile.State
MINUTE = timedelta(minutes=1)


def uploaded(body: bytes, name: str = "Download.CSV") -> ActivityFile:
    return importing.keep_file(name=name, chunks=[body[:100], body[100:]], by=None, at=AT)


def worked(file: ActivityFile, *, at: Any = AT + MINUTE) -> ActivityFile:
    """What the worker makes of it."""
    importing.run_due(at=at)
    file.refresh_from_db()
    return file


def test_from_the_upload_to_the_books() -> None:
    file = worked(uploaded(ENGLISH.read_bytes()))
    assert (file.state, file.report["taken"], file.size) == (State.READY, 8, 4100)
    assert not Donation.objects.exists()
    assert importing.confirm(file=file, at=AT)
    assert not importing.confirm(file=file, at=AT)

    file = worked(file)

    assert (file.state, file.report["taken"]) == (State.DONE, 8)
    assert Donation.objects.count() == 5
    assert not ActivityFilePart.objects.exists()
    assert file.survey["examples"] == []
    assert (len(file.sha256), len(file.header_digest)) == (64, 64)
    assert not importing.discard(file=file, at=AT)
    assert importing.run_due(at=AT + MINUTE) == 0


def test_the_second_upload_shows_that_nothing_is_new() -> None:
    importing.confirm(file=worked(uploaded(ENGLISH.read_bytes())), at=AT)
    importing.run_due(at=AT + MINUTE)
    again = worked(uploaded(ENGLISH.read_bytes()), at=AT + 2 * MINUTE)
    assert (again.report["taken"], again.report["known"]) == (0, 8)


def test_questions_and_answers() -> None:
    file = worked(uploaded(made([payment(Type="Darowizna", Date="02/03/2026")])))
    assert file.state == State.ASKING
    assert file.survey["unknown_kinds"] == ["Darowizna"]
    assert file.survey["dates_are_ambiguous"]

    importing.answer(file=file, answers=Answers(kinds={"Darowizna": "payment"}))
    assert worked(file, at=AT + 2 * MINUTE).state == State.ASKING
    told = Answers(**file.answers | {"day_first": True})
    importing.answer(file=file, answers=told)
    assert worked(file, at=AT + 3 * MINUTE).state == State.READY
    importing.confirm(file=file, at=AT)
    assert worked(file, at=AT + 4 * MINUTE).state == State.DONE
    assert Donation.objects.get().received_at.month == 3


def test_words_are_asked_about_once_for_all_files_with_the_same_columns() -> None:
    test_questions_and_answers()
    file = worked(uploaded(made([payment(2, Type="Darowizna")])), at=AT + 5 * MINUTE)
    assert file.state == State.READY
    assert file.answers["kinds"] == {"Darowizna": "payment"}
    assert file.answers["day_first"] is None


def test_what_is_refused_says_why() -> None:
    file = worked(uploaded(b"%PDF-1.4", name="nul\0.pdf" + "x" * 300))
    assert (file.state, len(file.name)) == (State.REFUSED, 200)
    assert "Choose CSV" in explained(file.error)
    assert not ActivityFilePart.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_kept() -> None:
    chunks = (b"x" * PIECE for _each in range(50))
    with pytest.raises(importing.FileTooLarge):
        importing.keep_file(name="large", chunks=chunks, by=None, at=AT)
    assert not ActivityFile.objects.exists()
    assert next(chunks)


def test_a_file_in_pieces_reads_as_one() -> None:
    body = made([payment(number, Note="ț" * 2000) for number in range(300)])
    file = uploaded(body)
    assert ActivityFilePart.objects.count() == 2
    with opened(file) as stream:
        assert stream.read(10) + stream.read() == body
        stream.seek(0)
        assert (stream.tell(), stream.read(3)) == (0, b"\xef\xbb\xbf")
        with pytest.raises(OSError, match="beginning"):
            stream.seek(PIECE + 1)


@pytest.mark.parametrize("state", [State.ASKING, State.READY, State.NEW, State.REFUSED])
def test_what_is_thrown_away_is_gone(state: str) -> None:
    file = uploaded(ENGLISH.read_bytes())
    ActivityFile.objects.update(state=state)
    assert importing.discard(file=file, at=AT)
    assert not importing.discard(file=file, at=AT)
    assert not ActivityFilePart.objects.exists()
    assert worked(file).state == State.DISCARDED


def test_a_file_thrown_away_while_somebody_looks_into_it_stays_so() -> None:
    file = uploaded(ENGLISH.read_bytes())
    importing.discard(file=ActivityFile.objects.get(), at=AT)
    importing.look_into(file=file, at=AT)
    file.refresh_from_db()
    assert file.state == State.DISCARDED


def test_an_upload_that_is_forgotten_for_a_day_is_thrown_away() -> None:
    file = worked(uploaded(ENGLISH.read_bytes()))
    tomorrow = AT + timedelta(days=1, minutes=2)
    assert not importing.is_anything_due(at=AT + timedelta(hours=23))
    assert importing.is_anything_due(at=tomorrow)
    assert worked(file, at=tomorrow).state == State.DISCARDED


def test_one_worker_has_a_file_until_its_lease_is_over() -> None:
    file = uploaded(ENGLISH.read_bytes())
    ActivityFile.objects.update(state=State.RUNNING, changed_at=AT)
    assert importing.run_due(at=AT + importing.LEASE - MINUTE) == 0
    ActivityFile.objects.update(state=State.NEW, changed_at=AT + MINUTE)
    assert importing.run_due(at=AT + importing.LEASE) == 0
    assert worked(file, at=AT + importing.LEASE + MINUTE).state == State.READY


def test_what_breaks_is_told_and_not_tried_for_ever() -> None:
    file = worked(uploaded(ENGLISH.read_bytes()))
    ActivityFile.objects.update(state=State.CONFIRMED, survey={"of": "another version"})
    assert worked(file).state == State.REFUSED
    assert "our side" in explained(file.error)
    assert not Donation.objects.exists()


def test_progress_is_forgotten_in_the_end() -> None:
    file = uploaded(ENGLISH.read_bytes())
    importing.show_progress(file, 4000)
    assert importing.progress(file) == 4000
    assert importing.progress(worked(file)) == 0


def test_the_tasks() -> None:
    file = uploaded(ENGLISH.read_bytes())
    sweep()
    import_activity()
    file.refresh_from_db()
    assert file.state == State.READY


def test_one_file_is_imported_at_a_time() -> None:
    first, second = (worked(uploaded(made([payment(number)]))) for number in (1, 2))
    for file in (first, second):
        importing.confirm(file=file, at=AT)
    ActivityFile.objects.filter(pk=first.pk).update(state=State.RUNNING, changed_at=AT)
    assert importing.run_due(at=AT + MINUTE) == 0, "another worker is at the first"

    ActivityFile.objects.filter(pk=first.pk).update(state=State.DONE)
    assert worked(second, at=AT + MINUTE).state == State.DONE
