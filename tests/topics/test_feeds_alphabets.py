"""What a feed says about its alphabet, and what it is written in."""

import codecs

import pytest

from donations.topics.feeds.troubles import FeedTrouble, Trouble
from tests.standins.feeds.samples import billion_laughs, item, rss, sample
from tests.topics.feeds import document

RU, RO = "Сколько стоит хлеб в Кишинёве", "Cât costă pâinea – știri și țări"
XML = "application/xml"


def head(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


def title_of(text: str, written_in: str, says: str = "", language: str = "ru", **more: str) -> str:
    """As it is read, of a feed with this title."""
    body = rss(item(title=text), head=head(says) if says else "").encode(written_in)
    (entry,) = document(body, language=language, **more).entries
    return entry.title


@pytest.mark.parametrize("says", ["", "utf-8", "windows-1251", "iso-8859-1", "utf-16", "klingon"])
@pytest.mark.parametrize("header", ["", "text/xml", "text/xml; charset=windows-1251"])
def test_utf8_is_utf8_whatever_it_says(says: str, header: str) -> None:
    assert title_of(RU, "utf-8", says, content_type=header) == RU


@pytest.mark.parametrize("says", ["", "utf-8", "windows-1251", "us-ascii", "iso-8859-1"])
@pytest.mark.parametrize("header", [XML, "text/xml; charset=utf-8", 'text/xml;charset="CP1251"'])
def test_windows_1251_is_that_whatever_it_says(says: str, header: str) -> None:
    assert title_of(RU, "windows-1251", says, content_type=header) == RU


def test_koi8_is_told_from_windows_1251() -> None:
    assert title_of(RU, "koi8-r") == RU
    assert title_of(RU, "koi8-r", "koi8-r") == RU


def test_a_header_is_believed_before_the_document() -> None:
    assert title_of(RU, "cp866", "windows-1251", content_type="text/xml; charset=cp866") == RU


def test_romanian_of_long_ago() -> None:
    old = "Cât costã pâinea - ºtiri ºi þãri"
    assert title_of("Cât costă pâinea", "windows-1250", language="ro") == "Cât costă pâinea"
    assert title_of("știri și țări", "iso-8859-16", "iso-8859-16", language="ro") == "știri și țări"
    assert title_of(old, "windows-1252", "utf-8", language="ro") != ""


def test_english_with_quotes_of_an_office_program() -> None:
    assert title_of("“Bread” – café", "windows-1252", "utf-8", language="en") == "“Bread” – café"


@pytest.mark.parametrize(
    ("mark", "written_in"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marks_at_the_beginning(mark: bytes, written_in: str) -> None:
    body = rss(item(title=RO), head=head("iso-8859-1")).encode(written_in)
    assert document(mark + body, content_type="text/xml; charset=ascii").entries[0].title == RO


@pytest.mark.parametrize("written_in", ["utf-16-le", "utf-16-be"])
def test_a_mark_that_is_missing(written_in: str) -> None:
    assert title_of(RO, written_in, "utf-16") == RO


def test_a_mark_that_lies() -> None:
    body = codecs.BOM_UTF8 + rss(item(title=RU)).encode("windows-1251")
    assert document(body, language="ru").entries[0].title == RU


def test_a_teaser_that_was_cut_within_a_letter() -> None:
    body = (
        rss(item(title=RU, description="Хлеб")).encode().replace("Хлеб".encode(), b"\xd0\xa5\xd0")
    )
    (entry,) = document(body, language="ru").entries
    assert (entry.title, entry.summary) == (RU, "Х")


def test_a_file_in_windows_1251() -> None:
    (entry,) = document(sample("ru_windows1251.xml"), language="ru").entries
    assert entry.title == "Сколько стоит хлеб «домашний» в Кишинёве"


@pytest.mark.parametrize("name", ["utf-7", "rot13", "zlib", "unicode_escape", "cp037", "../../etc"])
def test_alphabets_that_are_none(name: str) -> None:
    assert title_of("+ADw-b+AD4-", "ascii", name) == "+ADw-b+AD4-"


@pytest.mark.parametrize("on_one_line", [True, False])
@pytest.mark.parametrize("written_in", ["utf-8", "utf-16"])
def test_a_billion_laughs(on_one_line: bool, written_in: str) -> None:
    body = billion_laughs(on_one_line=on_one_line)
    assert document(body.encode(written_in)).entries[0].title == "&a9;"
    hidden = body.replace('"lol"', '"]>lol"')
    with pytest.raises(FeedTrouble) as raised:
        document(hidden.encode(written_in))
    assert raised.value.trouble == Trouble.ENTITIES


def test_entities_of_its_own_are_not_known() -> None:
    head = '<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY me SYSTEM "file:///etc/passwd">]>'
    (entry,) = document(rss(item(title="A&nbsp;B &me;").replace("&amp;", "&"), head=head)).entries
    assert entry.title == "A B &me;"


def test_a_doctype_of_twenty_years_ago() -> None:
    head = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">'
    assert len(document(rss(item(), head=head)).entries) == 1


@pytest.mark.parametrize(
    "bad", ["\x00", "\x0b", "\x1b", "\uffff", "&#0;", "&#xD800;", "&#11;", "&#99999999999;"]
)
def test_characters_that_no_document_may_have(bad: str) -> None:
    body = rss(item(title="AXB")).replace("X", bad)
    (entry,) = document(body).entries
    assert entry.title == "AB"
