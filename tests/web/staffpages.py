"""Every address under /staff/, one row of each kind to be about, and how all of it stands."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from donations.models import (
    ActivityFile,
    Attribution,
    Broadcast,
    Bucket,
    Comparison,
    DayComparison,
    Donation,
    ExchangeRate,
    Export,
    Feed,
    InboundEvent,
    Invitation,
    Merge,
    Message,
    Note,
    NotOurs,
    Payout,
    RefundOrder,
    SavedView,
    Section,
    SignIn,
    Subscription,
    Suggestion,
    Supporter,
    Suppression,
    Topic,
    User,
)
from donations.topics import operations as topics
from tests.topics.feeds import a_feed
from tests.web.desk import NOON, a_gift, a_supporter
from tests.web.mailings import a_draft
from tests.web.topics import a_topic

AUTHOR, SECOND = "author@example.org", "second@example.org"
# What a page is about, by the second word of its name.
MODELS: dict[str, type[Model]] = {
    "address": Suppression,
    "broadcast": Broadcast,
    "colleague": User,
    "compared": DayComparison,
    "decide": Donation,
    "donation": Donation,
    "event": InboundEvent,
    "export": Export,
    "feed": Feed,
    "gift": Donation,
    "invitation": Invitation,
    "payout": Payout,
    "paypal": ActivityFile,
    "section": Section,
    "suggestion": Suggestion,
    "supporter": Supporter,
    "topic": Topic,
    "undo": Attribution,
    "alike": Attribution,
    "agreement": Subscription,
    "merge": Merge,
    "note": Note,
    "rate": ExchangeRate,
    "refund": RefundOrder,
    "view": SavedView,
}


def every_page() -> Iterator[URLPattern]:
    """Whatever is served below /staff/, wherever it was written down."""
    return below(get_resolver().url_patterns, "")


def below(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[URLPattern]:
    """Those whose whole address begins so."""
    for each in patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            if address.startswith("staff/") or not address:
                yield from below(each.url_patterns, address)
        elif address.startswith("staff/"):
            yield each


PAGES = list(every_page())


def model_of(name: str) -> type[Model]:
    """What a page is about."""
    return MODELS[name.split("_")[1]]


def newest(model: type[Model]) -> Model:
    """One that has a page: a merged record has none."""
    rows = model._default_manager.order_by("-pk")
    found = rows.filter(merged_into=None) if model is Supporter else rows
    return found[0]


def address(pattern: URLPattern, **said: object) -> str:
    """The page about the newest of its kind."""
    name, kwargs = str(pattern.name), dict(said)
    if "pk" in pattern.pattern.converters and "pk" not in kwargs:
        model = model_of(name)
        kwargs["pk"] = second().pk if model is User else newest(model).pk
    if "name" in pattern.pattern.converters and "name" not in kwargs:
        kwargs["name"] = "cancel"
    if "room" in pattern.pattern.converters:
        kwargs.setdefault("room", "supporters")
    if "figure" in pattern.pattern.converters:
        kwargs.setdefault("figure", "received")
    return reverse(name, kwargs=kwargs)


def methods(client: Client, pattern: URLPattern) -> set[str]:
    """What it answers to, in its own words. Every view of the desk says so."""
    answer = client.put(address(pattern))
    assert answer.status_code == 405, f"{pattern.name} does not say which methods it takes"
    return {each.strip() for each in answer.headers["Allow"].split(",")}


def a_world() -> None:
    """One row of each kind."""
    author = User.objects.create_user(AUTHOR, is_staff=True, role="administrator")
    of_somebody()
    of_the_newsroom(author)
    of_providers()
    of_colleagues(author)


def of_somebody() -> None:
    """A gift, and what colleagues did about whoever gave it."""
    gift = a_gift()
    ana = a_supporter()
    Attribution.objects.create(donation=gift, action="attached", supporter=ana, at=NOON)
    RefundOrder.objects.create(
        donation=gift, amount_minor=100, currency="EUR", state="refused", asked_at=NOON
    )
    Subscription.objects.create(
        gateway="stripe", gateway_ref="sub_1", status="active", amount_minor=500, currency="EUR",
        interval="month", supporter=ana, observed_at=NOON, created_at=NOON,
    )  # fmt: skip
    Note.objects.create(supporter=ana, text="By telephone", at=NOON)
    gone = Supporter.objects.create(email="gone@example.org", language="ro", created_at=NOON)
    Merge.objects.create(kept=ana, other=gone, at=NOON, undone_at=NOON)
    Supporter.objects.filter(pk=gone.pk).update(merged_into=ana)
    Suppression.objects.create(email="ion@example.org", reason="asked", source="staff", at=NOON)


def of_the_newsroom(author: User) -> None:
    """A topic, where topics come from, and a mailing."""
    a_draft(author)
    a_topic(is_published=False)
    a_feed("https://newscafe.example/feed/")
    Suggestion.objects.create(title="Bread", language="en", created_at=NOON, changed_at=NOON)


def of_providers() -> None:
    """What they told, and what was made of it."""
    ActivityFile.objects.create(
        name="a.csv", sha256="", uploaded_at=NOON, changed_at=NOON, state="ready",
        report={"rows": 1}, survey={"header": [], "columns": {}, "missing": []},
    )  # fmt: skip
    InboundEvent.objects.create(
        gateway="stripe", event_id="evt_1", kind="charge.refunded", body=b"{}", state="stuck",
        attempts=100, received_at=NOON, next_attempt_at=NOON,
    )  # fmt: skip
    DayComparison.objects.create(gateway="stripe", day=NOON, currency="EUR", compared_at=NOON)
    Payout.objects.create(
        gateway="stripe", gateway_ref="po_1", amount_minor=1, currency="EUR", status="paid",
        is_automatic=True, made_at=NOON, observed_at=NOON,
    )  # fmt: skip


def of_colleagues(author: User) -> None:
    """Somebody else at the desk, one who is invited, and what the first one keeps."""
    Invitation.objects.create(
        email="new@example.org", role="editor", language="en", invited_by=author,
        created_at=NOON, expires_at=NOON + timedelta(days=7),
    )  # fmt: skip
    User.objects.create_user(SECOND, is_staff=True, role="editor")
    SavedView.objects.create(owner=author, room="supporters", name="Monthly", changed_at=NOON)
    ExchangeRate.objects.create(
        currency="USD", worth_in="EUR", hundred_millionths=86_000_000, on=NOON.date(),
        source="ECB", entered_at=NOON,
    )  # fmt: skip
    Export.objects.create(
        by=author, room="supporters", format="csv", language="en", state="done", asked_at=NOON,
        finished_at=NOON,
    )  # fmt: skip


def standing() -> list[tuple[object, ...]]:
    """Everything that a button of the desk may change."""
    return [
        *Donation.objects.values_list("supporter", "pledge", "is_left_alone"),
        *Attribution.objects.values_list("undone_at"),
        *ActivityFile.objects.values_list("state"),
        *Topic.objects.values_list("state", "slug", "changed_at"),
        *Section.objects.values_list("names", "position", "is_open"),
        *Feed.objects.values_list("is_active", "next_poll_at"),
        *Broadcast.objects.values_list("state", "send_at", "changed_at"),
        *Message.objects.values_list("key"),
        *Bucket.objects.values_list("per_minute"),
        *Suppression.objects.values_list("email", "reason"),
        *InboundEvent.objects.values_list("state", "attempts"),
        *Comparison.objects.values_list("pk"),
        *DayComparison.objects.values_list("only_theirs", "not_ours", "wrong_since"),
        *NotOurs.objects.values_list("why", "undone_at"),
        *Suggestion.objects.values_list("state", "is_hidden", "answer"),
        *SavedView.objects.values_list("name", "query", "is_shared"),
        *Export.objects.values_list("state", "room", "format"),
        *Invitation.objects.values_list("role", "nonce", "withdrawn_at", "accepted_at"),
        *User.objects.values_list("email", "role", "is_active", "language", "wants_digest"),
        *Supporter.everybody.values_list("name", "language", "merged_into", "is_name_hidden"),
        *Note.objects.values_list("text", "withdrawn_at"),
        *Merge.objects.values_list("undone_at"),
        *RefundOrder.objects.values_list("state", "attempt"),
        *Subscription.objects.values_list("status", "amount_minor", "cancel_at"),
        *ExchangeRate.objects.values_list("currency", "on", "withdrawn_at"),
        *SignIn.objects.order_by("pk").values_list("session_key"),
    ]


def second() -> User:
    """A colleague to do something to."""
    return User.objects.get(email=SECOND)


def publish() -> Topic:
    """The newest topic, on the pages."""
    topic = Topic.objects.latest("pk")
    topics.publish(topic=topic, at=NOON)
    return topic
