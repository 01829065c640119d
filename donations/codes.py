"""Short reference codes that people copy into the note of a payment.

Crockford's base 32 (no I, L, O or U) with a check letter, so that a slip is found out; a figure
and a letter are in each, so that neither two words nor a telephone number is taken for one.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# What is read as something else, or typed on another keyboard: Cyrillic letters of the same shape.
LOOKALIKES = str.maketrans("ILOАВЕКМНРСТХ", "110ABEKMHPCTX")
# Looks ahead only, for what was no code may overlap one: "code 7KM2-9QXC".
WRITTEN = re.compile(r"(?<!\w)(?=(\w{4})[\s\u2010-\u2015-]?(\w{4})(?!\w|-\w))")
FIGURE, LETTER = re.compile(r"[2-9]"), re.compile(r"[^\W\d_]")


def new_code() -> str:
    """Seven random letters and their check letter, as written: 7KM2-9QXC."""
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _each in range(LENGTH - 1))
        if is_mixed(letters):
            return written(letters + check_letter(letters))


def find_code(text: str) -> str:
    """The first code in what somebody wrote, as `new_code` writes it; blank when there is none."""
    for found in WRITTEN.finditer(text):
        raw = found[1] + found[2]
        letters = raw.upper().translate(LOOKALIKES)
        if (
            is_mixed(raw)
            and set(letters) <= set(ALPHABET)
            and check_letter(letters[:-1]) == letters[-1]
        ):
            return written(letters)
    return ""


def is_mixed(letters: str) -> bool:
    """A figure that is no letter of another name, and a letter."""
    return bool(FIGURE.search(letters) and LETTER.search(letters))


def check_letter(letters: str) -> str:
    """One wrong letter, or any two that changed places, give another.

    A sum in the field of 32 elements, in which every place has a weight of its own.
    """
    total = 0
    for each in letters:
        total = doubled(total ^ ALPHABET.index(each))
    return ALPHABET[total]


def doubled(element: int) -> int:
    """Times two, modulo a primitive polynomial."""
    return element << 1 ^ (0b100101 if element & 0b10000 else 0)


def written(letters: str) -> str:
    """In two groups."""
    half = LENGTH // 2
    return f"{letters[:half]}-{letters[half:]}"
