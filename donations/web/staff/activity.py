"""How an activity file stands, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.gateways.paypal.activity import Answers, Survey, explained
from donations.money import Money
from donations.outlet import queries as outlets
from donations.reconciliation import importing
from donations.reconciliation.models import ActivityFile
from donations.reconciliation.report import Report
from donations.web.staff.answering import KIND_WORDS, AnswersForm

State = ActivityFile.State
STATE_WORDS: Mapping[str, Promise] = {
    State.NEW: _("being looked into"),
    State.ASKING: _("has questions"),
    State.READY: _("waits for you to import it"),
    State.CONFIRMED: _("about to be imported"),
    State.RUNNING: _("being imported"),
    State.DONE: _("imported"),
    State.REFUSED: _("refused"),
    State.DISCARDED: _("thrown away"),
}
# A worker begins within seconds, when there is one.
LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Summary:
    """A report in words; amounts stand apart by currency."""

    report: Report

    @property
    def left_out(self) -> int:
        """Rows that are not about gifts."""
        return sum(self.report.ignored.values())

    @property
    def gifts(self) -> int:
        """Payments that are new in the books."""
        return sum(self.report.kinds.get(each, 0) for each in ("payment", "subscription_payment"))

    @property
    def kinds(self) -> list[tuple[Promise | str, int]]:
        """What is taken, the most first."""
        return [(KIND_WORDS.get(kind, kind), count) for kind, count in by_count(self.report.kinds)]

    @property
    def amounts(self) -> list[Money]:
        """The gross of the payments taken."""
        return [Money(minor, code) for code, minor in sorted(self.report.amounts.items())]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why rows are left out."""
        return [(explained(why), count) for why, count in by_count(self.report.ignored)]

    @property
    def puzzling(self) -> list[tuple[int, str]]:
        """Lines that were not understood."""
        return [(line, explained(why)) for line, why in self.report.puzzling]

    @property
    def contradicting(self) -> list[tuple[int, str]]:
        """Lines that say something else than the books."""
        return [(line, explained(why)) for line, why in self.report.contradicting]


@dataclass(frozen=True)
class Listed:
    """A file in the list of all."""

    file: ActivityFile

    @property
    def state(self) -> Promise:
        """How it stands."""
        return STATE_WORDS[self.file.state]

    @property
    def gifts(self) -> int | None:
        """How many came of it; None before it is imported."""
        return summary_of(self.file).gifts if self.file.state == State.DONE else None


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The most first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def summary_of(file: ActivityFile) -> Summary:
    """What came or would come of it."""
    return Summary(Report(**file.report))


def look_at(file: ActivityFile, *, at: datetime) -> dict[str, Any]:
    """What the page of a file needs in its state."""
    context: dict[str, Any] = {"file": file, "part": f"staff/paypal/{file.state}.html"}
    match file.state:
        case State.ASKING:
            context["form"] = questions(file)
        case State.READY:
            context |= {"summary": summary_of(file), "strangers": strangers(file)}
        case State.DONE:
            context["summary"] = summary_of(file)
        case State.REFUSED:
            context["why"] = explained(file.error)
        case State.NEW | State.CONFIRMED | State.RUNNING:
            context |= {"part": "staff/paypal/working.html", **progress(file, at)}
    return context


def questions(file: ActivityFile, data: Any = None) -> AnswersForm:
    """What has to be told, and the answers if there are any yet."""
    return AnswersForm(data, survey=Survey(**file.survey), answers=Answers(**file.answers))


def strangers(file: ActivityFile) -> list[str]:
    """To whom its payments went, when none of that is us."""
    receivers = Survey(**file.survey).receivers
    ours = outlets.current().paypal_email.lower()
    return [] if not ours or ours in receivers else receivers


def progress(file: ActivityFile, at: datetime) -> dict[str, Any]:
    """How far the worker is."""
    done = importing.progress(file)
    total = file.report.get("rows", 0) if file.state == State.RUNNING else 0
    # What was answered is due as of its upload, and has not waited for that long.
    is_idle = file.state == State.CONFIRMED or (file.state == State.NEW and not file.answers)
    is_late = is_idle and not done and at - file.changed_at > LATE
    return {"done": done, "total": total, "is_late": is_late}
