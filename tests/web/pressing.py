"""What has to be there before a button of the desk is pressed, and what is sent with it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from donations.care import merging
from donations.models import (
    ActivityFile,
    Attribution,
    Broadcast,
    Change,
    DayComparison,
    Donation,
    Outlet,
    Section,
    SignIn,
    Subscription,
    Suggestion,
    Supporter,
    User,
)
from donations.outlet.queries import CACHE_KEY
from donations.reconciliation import comparing
from donations.topics.operations import moderating
from tests.gateways.activity import ENGLISH
from tests.web.desk import NOON, a_gift
from tests.web.mailings import a_draft, a_follower, scheduled
from tests.web.staffpages import AUTHOR, second
from tests.web.topics import BREAD

Data = Mapping[str, Any]


def author() -> User:
    return User.objects.get(email=AUTHOR)


def typed(**changes: str) -> Data:
    """The editor's form as a browser sends it."""
    told = {"title": BREAD.title, "summary": BREAD.summary, "body": "Other words."}
    section = Section.objects.get(slug="politics").pk
    return {
        "section": section, "language": "en", "link": "", "picture": "", "seen": "",
        **{f"{part}_en": text for part, text in told.items()}, **changes,
    }  # fmt: skip


def draft() -> Broadcast:
    return a_draft(author())


def nothing_runs() -> None:
    """No provider has to be asked."""
    Subscription.objects.update(status="canceled")


def gift_of_ana() -> Data:
    """The newest gift is nobody's; the known supporter may have given it."""
    return {"supporter": Supporter.objects.latest("pk").pk}


def decided() -> None:
    """An attribution that can be taken back, and a further gift of the same payer."""
    a_gift()
    newest = a_gift()
    supporter = Supporter.objects.latest("pk")
    Donation.objects.filter(pk=newest.pk).update(supporter=supporter)
    Attribution.objects.create(donation=newest, action="attached", supporter=supporter, at=NOON)


def asking() -> None:
    """A file with one question."""
    ActivityFile.objects.update(
        state="asking", survey={"header": ["A"], "columns": {}, "missing": [], "examples": [["1"]],
                                "dates_are_ambiguous": True},
    )  # fmt: skip


def answered() -> None:
    ActivityFile.objects.update(state="ready")


def other_suggestion() -> Data:
    made = Suggestion.objects.exclude(pk=Suggestion.objects.latest("pk").pk).first()
    return {"into": made.pk if made else 0}


def two_suggestions() -> None:
    Suggestion.objects.create(title="Milk", language="en", created_at=NOON, changed_at=NOON)


def merged() -> None:
    two_suggestions()
    newest, other = Suggestion.objects.order_by("-pk")[:2]
    moderating.merge(suggestion=newest, into=other, at=NOON)


def closed() -> None:
    newest = Section.objects.latest("pk")
    Section.objects.filter(pk=newest.pk).mark_closed()


def foremost() -> None:
    """The newest section stands first, so that it can go down."""
    newest = Section.objects.latest("pk").pk
    Section.objects.update(position=F("position") + 1)
    Section.objects.filter(pk=newest).update(position=0)


def four_eyes() -> None:
    """A broadcast that waits for somebody else."""
    Outlet.objects.update(needs_four_eyes=True)
    cache.delete(CACHE_KEY)
    a_follower()
    scheduled(author())


def paused() -> None:
    Broadcast.objects.filter(pk=draft().pk).update(state="paused", frozen_at=NOON, send_at=NOON)


def left() -> None:
    User.objects.filter(pk=second().pk).update(is_active=False)


def seated() -> None:
    """The colleague is signed in somewhere."""
    SignIn.objects.create(user=second(), session_key="k" * 32, at=NOON, seen_at=timezone.now())


def seated_twice() -> None:
    """So is whoever presses the button."""
    me = User.objects.get(email="editor@example.org")
    SignIn.objects.create(user=me, session_key="m" * 32, at=NOON, seen_at=timezone.now())


def composed() -> Data:
    return {"scope": "every", "support": "all", "subject-en": "Bread", "preface-en": "Read this."}


def upload() -> Data:
    return {"file": BytesIO(ENGLISH.read_bytes())}


def somebody_else() -> None:
    """The newest record, to be merged with Ana's."""
    Supporter.objects.create(email="other@example.org", language="ro", created_at=NOON)


def the_other() -> Data:
    return {"other": Supporter.objects.get(email="ana@example.org").pk, "sure": "on", "why": "Told"}


def made_one() -> None:
    somebody_else()
    kept, other = Supporter.objects.order_by("-pk")[:2]
    merging.merge(kept=kept, other=other, by=author(), token="m" * 20, why="", at=NOON)
    Change.objects.all()._raw_delete("default")


def gift_with_address() -> None:
    """Of somebody who can be written to."""
    newest = a_gift()
    ana = Supporter.objects.get(email="ana@example.org")
    Donation.objects.filter(pk=newest.pk).update(supporter=ana)


def stranger() -> None:
    """The compared day has a payment that is another shop's."""
    entry = {"ref": "txn_1", "kind": "payment", "payment": "pi_1", "theirs": 960, "fee": 40}
    DayComparison.objects.update(
        theirs_gross=1000, theirs_fees=40, only_theirs=[entry], only_theirs_count=1,
        wrong_since=NOON,
    )  # fmt: skip


def strangers_said() -> None:
    """A colleague has said so."""
    stranger()
    comparing.say_not_ours(
        day=DayComparison.objects.get(), key=("payment", "txn_1"), seen=960, why="The book shop's",
        by=author(), at=NOON,
    )  # fmt: skip
    Change.objects.all()._raw_delete("default")


def an_exchange_rate() -> Data:
    today = timezone.localdate().isoformat()
    return {"currency": "MDL", "rate": "0.051", "worth_in": "EUR", "source": "BNM", "on": today}
