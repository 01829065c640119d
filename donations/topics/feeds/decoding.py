"""A feed's bytes as text, whatever they are said to be.

Feeds lie about their alphabet, UTF-8 hardly by accident: bytes that read as UTF-8 are that. Else
stands what the feed declares, and at last what its language was commonly written in.
"""

import codecs
import re

from donations.topics.feeds.troubles import FeedTrouble, Trouble

# The longer mark first: one begins with the other.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# What may be declared. Not Latin-1 and its like: servers say so about anything.
DECLARABLE = {
    *(f"cp125{number}" for number in (0, 1, 3, 4, 5, 6, 7, 8)),
    *(f"iso8859-{number}" for number in range(2, 17)),
    *("koi8-r", "koi8-u", "cp866", "mac-cyrillic", "mac-latin2"),
}
BY_LANGUAGE = {"ro": ("cp1250",), "ru": ("cp1251", "koi8-r")}
WESTERN = ("cp1252",)
# Enough for an XML declaration, and for telling two alphabets apart.
HEAD, SAMPLE = 400, 200_000
# How many letters beyond ASCII read well as UTF-8 for each byte that does not.
REPLACED, TIMES = "\ufffd", 10

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)
ENCODING = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(\[[^\]]*\]\s*)?>")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}))[0-9a-fA-F]*;")
LOWER_CYRILLIC = re.compile("[а-я]")


def text_of(data: bytes, *, content_type: str, language: str) -> str:
    """The feed as legal XML characters, without its declaration. Raises FeedTrouble.

    What it declares of its own making is refused: entities are how a small file grows large.
    """
    text = ILLEGAL.sub("", decoded(data, content_type=content_type, language=language))
    text = DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    found = DOCTYPE.search(text)
    if found and not re.search(r"<\w", text[: found.start()]):
        text = text[: found.start()] + text[found.end() :]
    if "<!ENTITY" in text:
        raise FeedTrouble(Trouble.ENTITIES)
    return REFERENCE.sub(legal_reference, text)


def decoded(data: bytes, *, content_type: str, language: str) -> str:
    """In the alphabet that it is really written in, as far as that can be known."""
    for mark, name in MARKS:
        if data.startswith(mark):
            data = data[len(mark) :]
            if name != "utf-8":
                return data.decode(name, "replace")
            break
    for start, name in UNMARKED:
        if data.lstrip(b" \t\r\n").startswith(start):
            return data.decode(name, "replace")
    text = data.decode("utf-8", "replace")
    if is_utf8(text):
        return text.replace(REPLACED, "")
    for name in declared(data, content_type):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return min(
        (data.decode(name, "replace") for name in BY_LANGUAGE.get(language, WESTERN)),
        key=unlikeliness,
    )


def is_utf8(text: str) -> bool:
    """Whether nothing had to be replaced, or so little that it was only cut in a bad place.

    Teasers are: after so many bytes, in the middle of a letter.
    """
    replaced = text.count(REPLACED)
    letters = len(text) - len(text.encode("ascii", "ignore")) - replaced
    return replaced * TIMES <= letters


def declared(data: bytes, content_type: str) -> list[str]:
    """What the header says, then what the document says of itself, of what we can believe."""
    header, document = CHARSET.search(content_type), ENCODING.search(data[:HEAD])
    names = [header[1]] if header else []
    names += [document[1].decode("ascii")] if document else []
    return [name for name in map(codec, names) if name in DECLARABLE]


def codec(name: str) -> str:
    """Python's name for it; blank for one that is unknown."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def unlikeliness(text: str) -> int:
    """Of two Cyrillic readings the right one has more small letters: the other swaps the cases."""
    return -len(LOWER_CYRILLIC.findall(text[:SAMPLE]))


def legal_reference(found: re.Match[str]) -> str:
    """A numeric reference, unless what it refers to may not be in a document at all."""
    number = int(found[1], 16) if found[1] else int(found[2])
    if number > 0x10FFFF or ILLEGAL.match(chr(number)):
        return ""
    return found[0]
