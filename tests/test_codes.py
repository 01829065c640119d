"""Codes that people copy by hand: found however they are written, and nothing else is."""

import random
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.codes import ALPHABET, check_letter, find_code, new_code, written

CODE = written("7KM29QX" + check_letter("7KM29QX"))

codes = st.builds(new_code)

WORDS = """
    that this with from your have more will home page time they what about there which their been
    here very good work thank keep going bine mult sunt fost doar apoi mereu iată vouă nouă dragi
    pentru presa liberă spor vouă тоже мало себе дела хлеб вода свет пять день мира ваши слово
    спасибо большое пишите дальше про воду И и O о I l a0 b1 AAAA 0000 TEST test
"""


def test_it_works() -> None:
    code = new_code()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert find_code(code) == code


def test_no_two_are_alike() -> None:
    assert len({new_code() for _each in range(1000)}) == 1000


@pytest.mark.parametrize(
    "text",
    [
        "{code}",
        "Code: {code}.",
        "code {code}",
        "cod {code} spor",
        "with code {code} from Anna",
        "«{code}»,спасибо",
        "Код {code}!",
        "ref={code};",
        "{code} {code}",
        "first line\n{code}\nlast line",
        "7KM2-9QX0, I mean {code}",
    ],
)
def test_it_is_found_in_a_sentence(text: str) -> None:
    assert find_code(text.format(code=CODE)) == CODE


@given(code=codes)
def test_it_is_found_however_it_is_typed(code: str) -> None:
    for typed in (
        *(code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("-", "–")),
        *(code.replace("-", "\u2011"), code.replace("-", "\n"), f" {code}\t", f"code {code}"),
        *(code.replace("0", "O"), code.replace("0", "o"), code.replace("1", "I")),
        *(code.replace("1", "l"), code.translate(str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ"))),
        code.translate(str.maketrans("ABEKMHPCTX", "АВЕКМНРСТХ")).lower(),
    ):
        assert find_code(typed) == code, typed


@given(code=codes, place=st.integers(0, 7), letter=st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_found_out(code: str, place: int, letter: str) -> None:
    letters = code.replace("-", "")
    slip = letters[:place] + letter + letters[place + 1 :]
    assert find_code(slip) in ("", code)
    assert (find_code(slip) == code) == (slip == letters)


@given(code=codes, places=st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_two_letters_that_changed_places_are_found_out(code: str, places: tuple[int, int]) -> None:
    letters = list(code.replace("-", ""))
    one, other = places
    letters[one], letters[other] = letters[other], letters[one]
    assert find_code("".join(letters)) in ("", code)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "7KM2", "7KM2-9QX", f"x{CODE}", f"{CODE}x", f"{CODE}-x", f"1-{CODE}9"),
        *(CODE.replace("-", "--"), CODE.replace("-", "."), "\0" * 9, "____-____"),
    ],
)
def test_what_is_no_code(text: str) -> None:
    assert find_code(text) == ""


def test_a_long_note_takes_no_long_time() -> None:
    assert find_code("7KM2 " * 50_000 + CODE) == CODE


def ordinary(chance: random.Random) -> str:
    """What people write, and what machines name things."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return chance.choice(
        (
            " ".join(chance.choices(WORDS.split(), k=8)),
            " ".join(chance.choices(WORDS.split(), k=8)).upper(),
            f"+373 {chance.randrange(10**8):08}",
            f"{chance.randrange(10**4):04} {chance.randrange(10**4):04}",
            f"{chance.randrange(10**4):04}-{chance.randrange(10**4):04}",
            f"{chance.randrange(2000, 2030)}{chance.randrange(10, 13)}{chance.randrange(10, 29)}",
            "".join(chance.choices(letters, k=17)),
            f"I-{''.join(chance.choices(letters, k=12))}",
            f"PP-R-ABC-{chance.randrange(10**9):09}",
            str(uuid.UUID(int=chance.getrandbits(128))),
            f"{chance.randrange(10**6)}.00 EUR",
            f"{chance.choice(WORDS.split())}{chance.randrange(100)}@example.org",
        )
    )


def test_ordinary_notes_have_none() -> None:
    chance = random.Random(7)
    hits = [text for text in (ordinary(chance) for _each in range(10_000)) if find_code(text)]
    assert hits == []
