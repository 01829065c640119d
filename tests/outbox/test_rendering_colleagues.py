"""Letters to colleagues: proofs, invitations, and what is said about signing in."""

import re

import pytest

from tests.outbox.conftest import CONTEXT
from tests.outbox.letters import Kind, rendered

pytestmark = pytest.mark.django_db


def test_a_proof_is_the_broadcast_itself() -> None:
    words = rendered(Kind.PROOF)
    assert words.subject == CONTEXT["subject"]
    assert words.text.strip() == CONTEXT["text"]
    assert words.html.strip() == CONTEXT["html"]


def test_an_invitation_leads_to_where_it_is_accepted() -> None:
    words = rendered(Kind.INVITATION)
    assert words.subject == "Eva Munteanu invites you to the desk of NewsCafe"
    for part in (words.text, words.html):
        assert str(CONTEXT["join_url"]) in part
        assert "Until 8 May 2026 it works, once." in part


@pytest.mark.parametrize("role", ["viewer", "editor", "treasurer", "administrator"])
def test_an_invitation_says_what_is_asked(role: str) -> None:
    assert re.search(rf"As an? {role} you", rendered(Kind.INVITATION, role=role).text)


def test_what_is_said_about_a_sign_in_comes_in_our_letter() -> None:
    words = rendered(Kind.SIGN_IN, text="Use https://a.example/key/ <now>.", manage_url="x")
    assert words.subject == CONTEXT["subject"]
    assert "Use https://a.example/key/ <now>." in words.text
    assert '<a href="https://a.example/key/"' in words.html
    assert "&lt;now&gt;" in words.html
    for part in (words.text, words.html):
        assert "because you sign in at NewsCafe" in part
        assert "Change or stop" not in part
