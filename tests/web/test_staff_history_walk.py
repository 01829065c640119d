"""No button of the desk changes anything without leaving who, what, before and after."""

import re
from pathlib import Path

import pytest
from django.test import Client

from donations.models import Change, User
from donations.web.staff.history.words import NOUNS, WHAT
from tests.web.staffdeeds import CHANGE_NOTHING, DEEDS, ON_THEIR_OWN, STEPS, WITH_A_PROVIDER
from tests.web.staffpages import PAGES, a_world, address, methods, standing

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
BY_NAME = {str(each.name): each for each in PAGES}

# Of these the line says it all: what was done leaves no trace in the row.
BY_ITSELF = {
    *("event.replayed", "donation.receipt_resent", "supporter.note_withdrawn"),
    *("supporter.merged", "supporter.unmerged", "provider.compared"),
}
WRITTEN = re.compile(r'what="([a-z_]+\.[a-z_]+)"|kept\(\s*request, "([a-z_.]+)"')
TWICE = (
    *("staff_section_close", "staff_feed_pause", "staff_topic_publish", "staff_suggestion_open"),
    *("staff_address_add", "staff_colleague_deactivate", "staff_colleague_role", "staff_me"),
    *("staff_rates", "staff_rate_withdraw"),
    *("staff_invitation_withdraw", "staff_broadcast_step", "staff_broadcast_rate"),
    *("staff_compared_not_ours", "staff_compared_ours"),
)


@pytest.fixture(autouse=True)
def _world() -> None:
    a_world()


def test_every_button_is_here(desk: Client) -> None:
    posts = {name for name, each in BY_NAME.items() if "POST" in methods(desk, each)}
    assert posts == set(DEEDS) | CHANGE_NOTHING | ON_THEIR_OWN | WITH_A_PROVIDER


@pytest.mark.parametrize("name", DEEDS)
def test_a_button_leaves_one_line(desk: Client, editor: User, name: str) -> None:
    deed = DEEDS[name]
    deed.before()
    before = standing()
    response = desk.post(address(BY_NAME[name]), deed.data())

    assert response.status_code == 302, response.content.decode()[:2000]
    change = Change.objects.get()
    assert (change.what, change.by, change.by_email) == (deed.what, editor, editor.email)
    assert change.before != change.after or deed.what in BY_ITSELF
    assert standing() != before


@pytest.mark.parametrize("name", CHANGE_NOTHING)
def test_what_keeps_nothing_leaves_nothing(desk: Client, name: str) -> None:
    before = standing()
    desk.post(address(BY_NAME[name]), {})
    assert not Change.objects.exists()
    assert standing() == before


@pytest.mark.parametrize("step", STEPS)
def test_each_step_of_a_broadcast_leaves_one(desk: Client, step: str) -> None:
    STEPS[step]()
    desk.post(address(BY_NAME["staff_broadcast_step"], name=step))
    assert Change.objects.get().what.startswith("broadcast.")


@pytest.mark.parametrize("name", TWICE)
def test_the_second_time_there_is_nothing_to_write_down(desk: Client, name: str) -> None:
    deed = DEEDS[name]
    deed.before()
    here = address(BY_NAME[name])
    desk.post(here, deed.data())
    desk.post(here, deed.data())
    assert Change.objects.count() == 1


def test_looking_leaves_nothing(desk: Client) -> None:
    for pattern in PAGES:
        desk.get(address(pattern), {"lang": "en", "of": "support"})
    assert not Change.objects.exists()


def test_what_is_refused_leaves_nothing(desk: Client) -> None:
    for name in (
        "staff_sections",
        "staff_topic_new",
        "staff_feeds",
        "staff_invite",
        "staff_paypal",
        "staff_rates",
    ):
        assert desk.post(address(BY_NAME[name]), {"url": "no"}).status_code == 422
    assert not Change.objects.exists()


def test_every_deed_has_words() -> None:
    sources = [each.read_text() for each in (ROOT / "donations").rglob("*.py")]
    written = {"".join(found) for text in sources for found in WRITTEN.findall(text)}
    assert len(written) > 30
    for what in {*written, *(deed.what for deed in DEEDS.values())}:
        assert what in WHAT
        assert what.partition(".")[0] in NOUNS
