"""The words of a person in the places that are kept for them."""

import pytest

from donations.broadcasts.editions import GREETING, GREETING_HTML, TOKEN, WHY, WHY_HTML
from donations.broadcasts.merging import Form

WORDS = {
    GREETING: "Hello Ana,",
    GREETING_HTML: "Hello <b>",
    TOKEN: "t0k3n",
    WHY: "1 May",
    WHY_HTML: "1&nbsp;May",
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("nothing of the kind", "nothing of the kind"),
        (TOKEN, "t0k3n"),
        (f"{GREETING}\n{GREETING_HTML}", "Hello Ana,\nHello <b>"),
        (f"ș {TOKEN}{TOKEN} щ {WHY}.{WHY_HTML}", "ș t0k3nt0k3n щ 1 May.1&nbsp;May"),
        (GREETING[:-1], GREETING[:-1]),
    ],
)
def test_letters_and_bytes_alike(text: str, filled: str) -> None:
    assert Form(text).filled(WORDS) == filled
    as_bytes = {name: word.encode() for name, word in WORDS.items()}
    assert Form(text.encode()).filled(as_bytes) == filled.encode()


def test_a_name_is_never_taken_for_a_placeholder() -> None:
    form = Form(f"{GREETING} {TOKEN}")
    assert form.filled({**WORDS, GREETING: f"Hello {TOKEN},"}) == f"Hello {TOKEN}, t0k3n"


def test_the_next_person_gets_words_of_their_own() -> None:
    form = Form(f"{GREETING} {TOKEN}")
    assert form.filled(WORDS) == "Hello Ana, t0k3n"
    assert form.filled({**WORDS, GREETING: "Hello,"}) == "Hello, t0k3n"
