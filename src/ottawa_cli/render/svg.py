"""SVG: the picture drawn for a report, legible in grey, in light and in dark.

Lengths are in pixels. Text is placed by the widths of `text_width`, which are those of
a wide sans-serif face, so that with a narrower one there is only more air.
"""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from ottawa_cli.render.chart import LEGEND, Bar, Chart, Mark, Row, placed
from ottawa_cli.render.document import Footer

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH, EDGE = 960, 16
TALL, THIN = 18, 8  # of a State's bars, of a conflict's
SIZE, SMALL = 13, 11  # of letters
GAP = 10
# Widths of ASCII 32 to 126 in thousandths of the letters' size, in DejaVu Sans Bold,
# wider than the faces named in LETTERS; anything else counts as the widest letter.
WIDTHS = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
)  # fmt: skip
# Each phase is a tint, and a pattern that tells it apart where tints do not: the path
# drawn over a tile of 8 by 8, and the width of its stroke.
PATTERNS = {
    "withdrawing": ("M-2 2 2 -2M0 8 8 0M6 10 10 6", 2.4),
    "suspended": ("M0 0 8 8M0 8 8 0", 1.5),
    "operation-suspended": ("M4 0 4 8", 1.5),
    "joining": ("M0 4 8 4", 1.5),
    "uncertain": ("M2 2h1.5M6 6h1.5", 1.8),
}
TILE = {"width": "8", "height": "8", "patternUnits": "userSpaceOnUse"}
# In light and in dark. The light ones stand in the shapes themselves, since many programs that
# take pictures know no style sheets; browsers get the dark ones from STYLE.
COLOURS = {
    "ink": ("#1b1f24", "#e6edf3"), "soft": ("#57606a", "#9da7b3"), "page": ("#ffffff", "#0d1117"),
    "grid": ("#d8dee4", "#30363d"), "party": ("#33691e", "#7cb342"),
    "withdrawing": ("#9a6700", "#e3b341"), "suspended": ("#8250df", "#bc8cff"),
    "operation-suspended": ("#8250df", "#bc8cff"),
    "withdrawn": ("#8c959f", "#6e7681"), "joining": ("#0969da", "#58a6ff"),
    "signatory": ("#0969da", "#58a6ff"), "uncertain": ("#9a6700", "#e3b341"),
    "conflict": ("#cf222e", "#ff7b72"), "asked": ("#0550ae", "#79c0ff"),
}  # fmt: skip
STYLE = "@media screen and (prefers-color-scheme: dark) {{ {} }}".format(
    " ".join(
        f".ottawa .{part}-{name} {{ {part}: {dark}; }}"
        for name, (_, dark) in COLOURS.items()
        for part in ("fill", "stroke")
    )
)
LETTERS = {
    "font_family": "Liberation Sans, Arial, Helvetica, sans-serif", "stroke": "page",
    "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke",
}  # fmt: skip


class Caption(NamedTuple):
    """A line of text at a place: `x` is its left end, or its right end where `ends` says so;
    `y` is its baseline."""

    x: float
    y: float
    text: str
    size: int = SIZE
    kind: str = ""
    ends: bool = False

    @property
    def width(self) -> float:
        """How wide it is at most."""
        return text_width(self.text, self.size)

    @property
    def left(self) -> float:
        """Its left end."""
        return self.x - self.width if self.ends else self.x


class Drawing:
    """A chart laid out on a page `WIDTH` wide: its captions, its shapes and its height."""

    def __init__(self, chart: Chart, footer: Footer | None) -> None:
        self.chart = chart
        self.captions: list[Caption] = []
        self.shapes: list[ET.Element] = []
        names = [row.label for row in chart.rows if not row.inset]
        self.wide = min(260.0, max(text_width(name, SIZE) for name in names))  # of the names
        self.left = self.wide + EDGE + GAP
        self.right = WIDTH - EDGE - 10.0  # where an arrow that goes on ends
        top = 46.0
        y = top + 14
        for row in chart.rows:
            y = self._row(row, y)
        self._behind(top, y)
        y = self._legend(y + 14)
        for text in footer.lines if footer else ():
            for line in wrapped(text, SMALL, WIDTH - 2 * EDGE):
                y += SMALL + 4
                self.captions.append(Caption(EDGE, y, line, SMALL, "small"))
        self.height = round(y + EDGE)

    def x(self, day: dt.date) -> float:
        """Where a day lies across the page."""
        return round(self.left + self.chart.window.position(day) * (self.right - self.left), 2)

    def _behind(self, top: float, bottom: float) -> None:
        """The axis, its grid, and the day asked about, drawn before everything else."""
        lines = []
        most = int((self.right - self.left) // (text_width("2025-06", SMALL) + 2 * GAP))
        for day, label in self.chart.ticks(max(1, most)):
            x, wide = self.x(day), text_width(label, SMALL)
            lines.append(_shape("line", x1=x, x2=x, y1=top, y2=bottom, stroke="grid"))
            at = min(max(x - wide / 2, self.left - GAP), WIDTH - EDGE - wide)
            self.captions.append(Caption(at, top - 5, label, SMALL, "small"))
        axis = _shape("line", x1=self.left, x2=self.right, y1=top, y2=top, stroke="soft")
        self.shapes[:0] = [*lines, axis]
        x, text = self.x(self.chart.as_of), f"{self.chart.as_of}, the day asked about"
        asked = {"stroke": "asked", "stroke_width": 1.5, "stroke_dasharray": "4 3"}
        self.shapes.append(_shape("line", x1=x, x2=x, y1=top - 20, y2=bottom, **asked))
        late = x > WIDTH / 2
        self.captions.append(Caption(x, top - 25, text, SMALL, "asked", ends=late))

    def _row(self, row: Row, y: float) -> float:
        """A row from `y` down; returns where the next one starts."""
        tall = THIN if row.inset and row.bars[0].phase == "conflict" else TALL
        if row.inset:
            for line in wrapped(row.label, SMALL, WIDTH - EDGE - self.left):
                self.captions.append(Caption(self.left, y + SMALL, line, SMALL, "small"))
                y += SMALL + 4
        else:
            lines = wrapped(row.label, SIZE, self.wide)
            for number, line in enumerate(lines):
                baseline = y + SIZE + 1 + number * (SIZE + 3)
                self.captions.append(Caption(EDGE, baseline, line, SIZE, "name"))
            tall = max(tall, TALL)
        for bar in row.bars:
            self.shapes += self._bar(bar, y, tall)
        bottom = self._marks(row.marks, y + tall)
        if not row.inset:
            bottom = max(bottom, y + len(lines) * (SIZE + 3))
        return bottom + GAP

    def _bar(self, bar: Bar, y: float, tall: int) -> Iterator[ET.Element]:
        """One bar, pointed where it goes on."""
        first, last = self.x(bar.start), max(self.x(bar.end), self.x(bar.start) + 2)
        points = [(first, y), (last, y), (last, y + tall), (first, y + tall)]
        middle, tip = y + tall / 2, min(8, tall / 2)
        if bar.continues:
            points[2:2] = [(last + tip, middle)]
        if bar.opens:
            points.append((first - tip, middle))
        return _filled(bar.phase, bar.assumed, points)

    def _marks(self, marks: tuple[Mark, ...], y: float) -> float:
        """The days of a row's marks under it, on as few lines as keep them apart."""
        ends: list[float] = []
        for mark in marks:
            text, x = f"{mark.day} {mark.words}", self.x(mark.day)
            line, left = placed(ends, x, text_width(text, SMALL), WIDTH - EDGE, GAP)
            baseline = y + (line + 1) * (SMALL + 3)
            self.captions.append(Caption(x, baseline, text, SMALL, "small", ends=left < x))
            self.shapes.append(_shape("line", x1=x, x2=x, y1=y, y2=y + 3, stroke="soft"))
        return y + len(ends) * (SMALL + 3)

    def _legend(self, y: float) -> float:
        x, swatch = float(EDGE), 26
        entries = [(phase, LEGEND[phase], False) for phase in self.chart.phases]
        if self.chart.assumes:
            entries.append(("withdrawn", "dashed and pale: assumed", True))
        for phase, words, assumed in entries:
            wide = swatch + 6 + text_width(words, SMALL)
            if x > EDGE and x + wide > WIDTH - EDGE:
                x, y = EDGE, y + TALL
            corners = [(x, y), (x + swatch, y), (x + swatch, y + 12), (x, y + 12)]
            self.shapes += _filled(phase, assumed, corners)
            self.captions.append(Caption(x + swatch + 6, y + 10, words, SMALL, "small"))
            x += wide + 18
        return y + 16


def render(chart: Chart, footer: Footer | None = None) -> str:
    """The picture as a file of its own."""
    text = ET.tostring(element(chart, footer), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def element(chart: Chart, footer: Footer | None = None) -> ET.Element:
    """The picture as an element, for a page or a file."""
    drawing = Drawing(chart, footer)
    box = {"viewBox": f"0 0 {WIDTH} {drawing.height}", "width": str(WIDTH)}
    told = {"role": "img", "aria-labelledby": "ottawa-title ottawa-description"}
    named = {"xmlns": NAMESPACE, "class": "ottawa"}
    svg = ET.Element("svg", {**named, **box, "height": str(drawing.height), **told})
    title = ET.SubElement(svg, "title", id="ottawa-title")
    title.text = f"The Anti-Personnel Mine Ban Convention on {chart.as_of}"
    ET.SubElement(svg, "desc", id="ottawa-description").text = description(chart)
    ET.SubElement(svg, "style").text = STYLE
    tiles = ET.SubElement(svg, "defs")
    for phase, (path, stroke) in PATTERNS.items():
        tile = ET.SubElement(tiles, "pattern", {"id": phase, **TILE})
        tile.append(_shape("path", d=path, stroke=phase, stroke_width=stroke))
    svg.append(_shape("rect", width=WIDTH, height=drawing.height, fill="page"))
    svg.extend(drawing.shapes)
    for caption in drawing.captions:
        fill = {"small": "soft", "asked": "asked"}.get(caption.kind, "ink")
        place = {"x": caption.x, "y": caption.y, "font_size": caption.size}
        text = _shape("text", **place, fill=fill, **LETTERS)
        if caption.kind == "name":
            text.set("font-weight", "bold")
        if caption.ends:
            text.set("text-anchor", "end")
        text.text = caption.text
        svg.append(text)
    return svg


def description(chart: Chart) -> str:
    """The bars in words, for who cannot see them."""
    sentences = []
    for row in chart.rows:
        parts = []
        for bar in row.bars:
            since = "from before" if bar.opens else "from"
            until = "and goes on" if bar.continues else f"to {bar.end}"
            assumed = " (assumed)" if bar.assumed else ""
            parts.append(f"{LEGEND[bar.phase]}{assumed} {since} {bar.start} {until}")
        sentences.append(f"{row.label}: {'; '.join(parts) or 'no bar'}.")
    return " ".join([*sentences, f"The day asked about is {chart.as_of}."])


def text_width(text: str, size: float) -> float:
    """How wide a text is at most, letters `size` high."""
    wide = (WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else max(WIDTHS[1:]) for c in text)
    return sum(wide) * size / 1000


def wrapped(text: str, size: float, width: float) -> list[str]:
    """`text` in lines no wider than `width`, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _filled(phase: str, assumed: bool, points: list[tuple[float, float]]) -> Iterator[ET.Element]:
    """An area in the look of a phase: its outline, and its tint or pattern."""
    outline = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    dashes = {"stroke_dasharray": "5 3"} if assumed else {}
    paler = {"fill_opacity": "0.4"} if assumed else {}
    fill = phase if phase in {"party", "conflict"} and not assumed else "page"
    yield _shape("polygon", points=outline, fill=fill, stroke=phase, **dashes)
    if phase in PATTERNS or (assumed and phase != "withdrawn"):
        fill = f"url(#{phase})" if phase in PATTERNS else phase
        yield _shape("polygon", points=outline, fill=fill, stroke="none", **paler)


def _shape(tag: str, **attributes: object) -> ET.Element:
    """An element; an underscore in a name stands for its hyphen, a name of COLOURS for both."""
    values = {name.replace("_", "-"): _number(value) for name, value in attributes.items()}
    named = [part for part in ("fill", "stroke") if values.get(part) in COLOURS]
    if named:
        values["class"] = " ".join(f"{part}-{values[part]}" for part in named)
        values |= {part: COLOURS[values[part]][0] for part in named}
    return ET.Element(tag, values)


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
