"""Charts of the desk, drawn on the server as SVG that stands in the page.

pygal draws; its script, its style sheet and its help for the mouse are taken out again, since our
policy lets in none of them. What is left has classes for overview.css, which knows the dark, and
patterns beside colours. A chart is only ever a picture of figures that its table says exactly.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, SubElement

import pygal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from pygal.graph.graph import Graph
from pygal.style import Style

# pygal looks for plugins of its own whenever anything at all is imported, in a way that Python
# has given up (PEP 451) and warns about. We have none.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != pygal.__name__]

# About a phone's width: larger, letters would shrink there.
WIDTH, HEIGHT = 480, 240
LETTERS = 13
STYLE = Style(
    font_family="inherit", label_font_size=LETTERS, major_label_font_size=LETTERS,
    value_font_size=LETTERS,
)  # fmt: skip
TICKS = 4
UNWANTED = ("script", "style", "desc")
Written = Callable[[int], str]


@dataclass(frozen=True, kw_only=True)
class Series:
    """Figures of one kind, in one unit; None where there is nothing to show yet."""

    name: str
    values: Sequence[int | None]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a chart says of itself: to who hears the page, and in its axis."""

    ident: str
    title: str
    summary: str
    written: Written
    height: int = HEIGHT


def lines(said: Said, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """A line for each: the first drawn thick and whole, the others broken."""
    highest = max((value or 0 for each in series for value in each.values), default=0)
    chart = pygal.Line(**shared(said, labels, ticks(0, highest)), show_dots=False)
    # Drawn last is drawn above.
    for each in reversed(series):
        chart.add(each.name, list(each.values), formatter=said.written)
    return drawn(chart, said, [f"s{place}" for place in reversed(range(len(series)))])


def bars(said: Said, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """A bar for each label, made of the series one above the other."""
    stacks = zip(*(each.values for each in series), strict=True)
    totals = [sum(value or 0 for value in stack) for stack in stacks]
    chart = pygal.StackedBar(**shared(said, labels, ticks(0, max(totals, default=0))))
    for each in series:
        chart.add(each.name, [value or 0 for value in each.values], formatter=said.written)
    return drawn(chart, said, [f"s{place}" for place in range(len(series))])


@dataclass(frozen=True, kw_only=True)
class Move:
    """A bar that floats between where something stood before it and after it."""

    label: str
    begin: int
    end: int
    kind: str

    @property
    def parts(self) -> tuple[int, int, int]:
        """What carries it, unseen; how much of it is above zero, and how much below."""
        low, high = sorted((self.begin, self.end))
        if low >= 0:
            return low, high - low, 0
        if high <= 0:
            return high, 0, low - high
        return 0, high, low


def steps(said: Said, moves: Sequence[Move]) -> SafeString:
    """How moves add up, each beginning where the one before it ended."""
    ends = [at for move in moves for at in (move.begin, move.end)]
    scale = ticks(min(0, *ends), max(0, *ends))
    chart = pygal.StackedBar(**shared(said, [move.label for move in moves], scale))
    for part in zip(*(move.parts for move in moves), strict=True):
        chart.add("", list(part))
    return drawn(chart, said, ["hidden", "", ""], kinds=[move.kind for move in moves])


def shared(said: Said, labels: Sequence[str], steps: Sequence[int]) -> dict[str, object]:
    """How every chart is set up."""
    return {
        "width": WIDTH, "height": said.height, "margin": 4, "spacing": 6, "style": STYLE,
        "js": [], "css": [], "show_legend": False, "print_values": False, "no_prefix": True,
        "pretty_print": False, "disable_xml_declaration": True, "no_data_text": "",
        "x_labels": list(labels), "y_labels": list(steps), "range": (steps[0], steps[-1]),
        "value_formatter": said.written, "truncate_label": -1,
    }  # fmt: skip


def ticks(lowest: int, highest: int) -> list[int]:
    """Round figures for an axis, the first not above the lowest, the last not below the highest."""
    least = max(1, -(-(highest - lowest) // TICKS))
    scale = 10 ** (len(str(least)) - 1)
    step = next(each * scale for each in (1, 2, 5, 10) if each * scale >= least)
    first, last = lowest // step, max(-(-highest // step), lowest // step + 1)
    return [step * place for place in range(first, last + 1)]


def drawn(
    chart: Graph, said: Said, classes: Sequence[str], kinds: Sequence[str] = ()
) -> SafeString:
    """The picture, with what it says of itself."""
    chart.add_xml_filter(partial(cleaned, said=said, classes=classes, kinds=kinds))
    picture: str = chart.render(is_unicode=True)
    return mark_safe(picture)  # noqa: S308  pygal escapes what it is given


def cleaned(root: Element, *, said: Said, classes: Sequence[str], kinds: Sequence[str]) -> Element:
    """Without what a page of ours may not hold; with a title, and our classes."""
    for parent in list(root.iter()):
        parent.attrib.pop("style", None)
        for child in list(parent):
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else "comment"
            if name in (*UNWANTED, "comment", "title"):
                parent.remove(child)
    root.attrib.pop("id", None)
    root.attrib |= {
        "class": "chart", "role": "img", "aria-labelledby": f"{said.ident}-t {said.ident}-d",
        "focusable": "false",
    }  # fmt: skip
    for place, (name, text) in enumerate((("title", said.title), ("desc", said.summary))):
        told = Element(name, {"id": f"{said.ident}-{name[0]}"})
        told.text = text
        root.insert(place, told)
    named(root, said.ident, classes, kinds)
    return root


def named(root: Element, ident: str, classes: Sequence[str], kinds: Sequence[str]) -> None:
    """Our classes on its series, and patterns for those that have one."""
    groups = [g for g in root.iter() if g.get("class", "").startswith("series ")]
    for place, name in enumerate(classes):
        for group in groups:
            if f"serie-{place} " in f"{group.get('class')} ":
                group.set("class", f"series {name}")
                rects = [each for each in group.iter() if each.tag.endswith("rect")]
                for number, rect in enumerate(rects):
                    kind = kinds[number] if kinds and name != "hidden" else name
                    rect.set("class", kind)
                    if kind in PATTERNS:
                        rect.set("fill", f"url(#{ident}-{kind})")
    defs = next((each for each in root.iter() if each.tag.endswith("defs")), None)
    if defs is not None:
        patterns(defs, ident)


# What tells one kind of bar from another where there is no colour: how it is hatched.
PATTERNS = {
    "s1": "M-1 7L7 -1M3 11L11 3M-5 3L3 -5",
    "s2": "M2 4h4",
    "down": "M-1 1L7 9M-5 5L3 13M3 -3L11 5",
}


TILE = {"width": "8", "height": "8"}


def patterns(defs: Element, ident: str) -> None:
    """Tiles of eight by eight; overview.css gives them their colours."""
    for name, path in PATTERNS.items():
        tile = SubElement(
            defs, "pattern",
            {"id": f"{ident}-{name}", "patternUnits": "userSpaceOnUse", **TILE},
        )  # fmt: skip
        SubElement(tile, "rect", {"class": f"{name} ground", **TILE})
        SubElement(tile, "path", {"d": path, "class": f"{name} hatch"})


def sparkline(values: Iterable[int]) -> SafeString:
    """The way to a figure, as small as a word: no axis, no words, nothing that only it says."""
    kept = list(values)
    if len(kept) < 2 or min(kept) == max(kept):
        return SafeString("")
    low, high = min(0, *kept), max(kept)
    across = 100 / (len(kept) - 1)
    points = [
        (f"{place * across:.1f}", f"{26 - 22 * (value - low) / (high - low):.1f}")
        for place, value in enumerate(kept)
    ]
    return format_html(
        '<svg class="spark" viewBox="-2 0 106 30" aria-hidden="true" focusable="false">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="3"/></svg>',
        format_html_join(" ", "{},{}", points), *points[-1],
    )  # fmt: skip


def meter(part: int, whole: int) -> SafeString:
    """A bar in the row of a table, as long as its share."""
    width = max(0, min(100, round(100 * part / whole))) if whole > 0 else 0
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><rect class="rest" width="100" height="8"/>'
        '<rect width="{}" height="8"/></svg>', width,
    )  # fmt: skip


def target(came: int, due: int, whole: int) -> SafeString:
    """How far something is: what came in full, what is due hatched, the rest empty."""
    whole = max(whole, 1)
    done = max(0, min(100, 100 * came // whole))
    more = max(0, min(100 - done, 100 * due // whole))
    return format_html(
        '<svg class="target" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" '
        'focusable="false"><defs><pattern id="due" width="2" height="4" '
        'patternUnits="userSpaceOnUse"><rect class="s1 ground" width="2" height="4"/>'
        '<rect class="come" width="1" height="4"/></pattern></defs>'
        '<rect class="rest" width="100" height="8"/><rect class="come" width="{}" height="8"/>'
        '<rect fill="url(#due)" x="{}" width="{}" height="8"/></svg>', done, done, more,
    )  # fmt: skip
