"""Charts: what a strict policy lets in, who can read them, and that they say what they should."""

import re
from collections.abc import Sequence

import pytest

from donations.web.staff import charts
from donations.web.staff.charts import Move, Said, Series

SAID = Said(ident="c", title="Received <by> month", summary="Nov: €1 & more", written=str)


def a_chart(kind: str) -> str:
    match kind:
        case "lines":
            series = [Series(name="now", values=[1, 2]), Series(name="then", values=[1, None])]
            return charts.lines(SAID, ["1", "2"], series)
        case "bars":
            return charts.bars(
                SAID, ["Oct", "<b>"], [Series(name=n, values=[100, 250]) for n in "abc"]
            )
    return charts.steps(SAID, [Move(label="New", begin=0, end=30, kind="up")])


EVERY = pytest.mark.parametrize("kind", ["lines", "bars", "steps"])


@EVERY
def test_a_strict_policy_lets_it_in(kind: str) -> None:
    drawn = a_chart(kind)
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href|<!--", drawn)


@EVERY
def test_who_hears_the_page_is_told_what_it_is(kind: str) -> None:
    drawn = a_chart(kind)
    assert 'role="img"' in drawn
    assert 'aria-labelledby="c-t c-d"' in drawn
    assert '<title id="c-t">Received &lt;by&gt; month</title>' in drawn
    assert '<desc id="c-d">Nov: €1 &amp; more</desc>' in drawn


def test_words_are_no_markup() -> None:
    assert "<b>" not in a_chart("bars")


def test_kinds_differ_without_colour() -> None:
    drawn = a_chart("bars")
    assert 'fill="url(#c-s1)"' in drawn
    assert 'fill="url(#c-s2)"' in drawn
    assert drawn.count("<pattern") == len(charts.PATTERNS)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((0, 100), [0, 50, 100]),
        ((0, 1), [0, 1]),
        ((0, 0), [0, 1]),
        ((0, 12345), [0, 5000, 10000, 15000]),
        ((-20000, 45000), [-20000, 0, 20000, 40000, 60000]),
        ((-300, 0), [-300, -200, -100, 0]),
        ((0, 99_999_999_999), [0, 50_000_000_000, 100_000_000_000]),
    ],
)
def test_an_axis_has_round_figures(bounds: tuple[int, int], expected: Sequence[int]) -> None:
    assert charts.ticks(*bounds) == expected


@pytest.mark.parametrize(
    ("begin", "end", "parts"),
    [
        (0, 30, (0, 30, 0)),
        (30, 10, (10, 20, 0)),
        (30, -50, (0, 30, -50)),
        (-50, -20, (-20, 0, -30)),
    ],
)
def test_a_move_is_whole_wherever_it_floats(
    begin: int, end: int, parts: tuple[int, int, int]
) -> None:
    assert Move(label="", begin=begin, end=end, kind="up").parts == parts


def test_a_line_of_one_value_is_none() -> None:
    assert charts.sparkline([]) == charts.sparkline([5]) == charts.sparkline([3, 3, 3]) == ""
    assert "polyline" in charts.sparkline([1, 2])


@pytest.mark.parametrize(("part", "width"), [(0, 0), (1, 33), (3, 100), (9, 100), (-1, 0)])
def test_a_meter_stays_within_its_row(part: int, width: int) -> None:
    assert f'<rect width="{width}" height="8"/>' in charts.meter(part, 3)
    assert 'width="0"' in charts.meter(part, 0)
