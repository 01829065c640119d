"""One look: what is wrong and what to do about it first; then each part."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations.broadcasts import queries as broadcasts
from donations.lists.models import Export
from donations.outbox import queries as outbox
from donations.reconciliation.models import ActivityFile
from donations.team.rights import Right
from donations.watching import queries as watching
from donations.watching.models import Alarm
from donations.watching.queries import Heard, Parts, Ran
from donations.watching.words import Said, called, say
from donations.web.staff.access import allowed
from donations.web.staff.broadcasts.words import title
from donations.web.staff.counting import count_each
from donations.web.staff.health.events import CHIPS, GATEWAYS, NOBODY, Listed
from donations.web.staff.shell import show
from donations.webhooks import queries

PER_PAGE = 25
PROBE = "health-probe"


@dataclass(frozen=True)
class Line:
    """A gateway, and when it was last heard of."""

    heard: Heard
    is_silent: bool

    @property
    def name(self) -> str:
        """As it calls itself."""
        return GATEWAYS.get(self.heard.gateway, self.heard.gateway)


@dataclass(frozen=True)
class Part:
    """A queue or a task, as people call it."""

    ran: Ran

    @property
    def name(self) -> str:
        """In words."""
        return called(self.ran.name)


@dataclass(frozen=True)
class Shown:
    """A trouble in words, and since when it has been noticed."""

    said: Said
    since: datetime | None


@allowed(Right.LOOK)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """A fixed number of questions to the database, and none to anybody else."""
    now, which = timezone.now(), request.GET.get("show", "")
    which = which if which in CHIPS else ""
    page = Paginator(queries.in_state(which), PER_PAGE).get_page(request.GET.get("page"))
    parts = watching.parts(at=now)
    context = {
        "alarms": alarms(parts, now),
        "lines": [Line(each, each.is_silent(now)) for each in parts.heard],
        "queues": [Part(each) for each in parts.queues],
        "tasks": [Part(each) for each in parts.tasks],
        "oldest": parts.oldest_mail,
        "chips": CHIPS,
        "which": which,
        "nobody": NOBODY[which],
        "page": page,
        "rows": [Listed(each) for each in page],
        **mail(),
        **counts(),
        "cache_answers": cache_answers(),
        "free": watching.free_disk(),
    }
    return show(request, "staff/health/page.html", context)


def alarms(parts: Parts, now: datetime) -> list[Shown]:
    """What is wrong now, whether or not the watch has noticed it yet."""
    open_ones = Alarm.objects.filter(ended_at=None)
    noticed = dict(open_ones.values_list("kind", "since"))
    return [
        Shown(say(trouble), trouble.since or noticed.get(trouble.kind))
        for trouble in watching.troubles(parts, at=now)
    ]


def mail() -> dict[str, object]:
    """What became of mail, to one and to many; without anybody's address."""
    return {
        "failed": outbox.failed_by_answer(),
        "mailings": [(each, title(each), n) for each, n in broadcasts.under_way()],
    }


def counts() -> dict[str, int]:
    """What waits: letters, notifications, files in either direction."""
    waiting = (ActivityFile.State.NEW, ActivityFile.State.CONFIRMED, ActivityFile.State.RUNNING)
    return count_each(
        {
            **{state.value: letters for state, letters in outbox.unsettled().items()},
            "stuck": queries.waiting_for_staff(),
            "imports": ActivityFile.objects.filter(state__in=waiting),
            "imports_of_ours": ActivityFile.objects.waiting(),
            "exports": Export.objects.unfinished(),
        }
    )


def cache_answers() -> bool:
    """Whether it gives back what it was given."""
    try:
        cache.set(PROBE, "1", 10)
        return bool(cache.get(PROBE) == "1")
    except Exception:  # noqa: BLE001  each kind of cache has exceptions of its own
        return False
