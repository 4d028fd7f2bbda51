"""SVG: the picture drawn for a slide, a report or a page, legible in grey, in light and in dark.

Lengths are in pixels. Text is placed by the widths of `text_width`, which are those of
a wide sans-serif face, so that with a narrower one there is only more air. A file has no
style sheet, and nothing that a word processor would not draw.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from ottawa_cli.render.chart import LEGEND, Bar, Chart, Mark, Row, Steps, placed
from ottawa_cli.render.document import Footer

NAMESPACE = "http://www.w3.org/2000/svg"
TALL, THIN, TIP = 24, 5, 8  # of a State's bars, of a conflict's; the point of a bar that goes on
LINE, GAP = 18, 10
# Widths of ASCII 32 to 126 in thousandths of the letters' size, in DejaVu Sans Bold,
# wider than the faces named in FACES; anything else counts as the widest letter.
WIDTHS = (
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
)  # fmt: skip
REGULAR = 0.93  # of the width of bold letters
FACES = "Liberation Sans, Arial, Helvetica, sans-serif"
# Of each phase its tint in light and in dark, its lines in light and in dark, and what tells it
# apart where tints do not: the hatch drawn over its tint.
LOOKS = {
    "withdrawn": ("#8e1b1b", "#ff8f85", "#8e1b1b", "#ff8f85", ""),
    "withdrawing": ("#fde8bf", "#3d2e0a", "#c98a1b", "#b98a26", "/"),
    "suspended": ("#ece3fb", "#2b2145", "#8a63d2", "#9a7ad6", "x"),
    "operation-suspended": ("#f3e4f7", "#3a1f45", "#a35cb8", "#b276c4", "||"),
    "party": ("#b6c6d6", "#374759", "#7d93a8", "#7f95ab", ""),
    "contested": ("#b6c6d6", "#374759", "#3d5166", "#a9bccf", "\\"),
    "joining": ("#e3f0fd", "#0f2b4a", "#4a8fd0", "#4a8fd0", "-"),
    "signatory": ("#ffffff", "#0d1117", "#4a8fd0", "#4a8fd0", "|"),
    "uncertain": ("#fff8dc", "#2b2606", "#8a6d00", "#c9a92c", "."),
    "conflict": ("#e0a8a2", "#7a4540", "#e0a8a2", "#7a4540", ""),
}
HATCHES = {phase: look[4] for phase, look in LOOKS.items() if look[4]}
COLOURS = {
    "ink": ("#1b1f24", "#e6edf3"),
    "soft": ("#57606a", "#9da7b3"),
    "page": ("#ffffff", "#0d1117"),
    "ahead": ("#f3f5f7", "#161b22"),
    "grid": ("#d8dee4", "#30363d"),
    **{phase: look[:2] for phase, look in LOOKS.items()},
    **{f"{phase}-line": look[2:4] for phase, look in LOOKS.items()},
}
PALER = 0.42  # how much of its colours is left to what has not happened yet


def _paler(colour: str, ground: str) -> str:
    """A colour mixed with the ground under what has not happened yet."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + bytes(round(PALER * a + (1 - PALER) * b) for a, b in pairs).hex()


COLOURS |= {
    f"{name}-ahead": (_paler(light, COLOURS["ahead"][0]), _paler(dark, COLOURS["ahead"][1]))
    for name, (light, dark) in COLOURS.items()
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = re.compile(r"(?<![\w.-])(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\w-]|\.\w)")
UNBROKEN = re.compile(rf"(?:\d\d? )?(?:{'|'.join(MONTHS)}) \d{{4}}\S*|\S+")  # a date, or a word
Point = tuple[float, float]


class Layout(NamedTuple):
    """The measures of a picture: its `width`, the `edge` round it, the size of its `letters` and
    of its `title`, and how wide the column of `names` may be. 0: a name stands over its bars."""

    width: int
    edge: int
    letters: int
    title: int
    names: int


FILE = Layout(width=960, edge=16, letters=14, title=22, names=260)
SCREEN = FILE._replace(edge=0)  # a page has margins of its own
PHONE = Layout(width=360, edge=0, letters=13, title=18, names=0)


class Caption(NamedTuple):
    """A line of text at a place: `x` is its left end, or its right end where `ends` says so;
    `y` is its baseline. `halo`: the colour drawn under it, where lines may cross it."""

    x: float
    y: float
    text: str
    size: int
    fill: str = "soft"
    bold: bool = False
    ends: bool = False
    halo: str = ""

    @property
    def width(self) -> float:
        """How wide it is at most."""
        return text_width(self.text, self.size, self.bold)

    @property
    def left(self) -> float:
        """Its left end."""
        return self.x - self.width if self.ends else self.x

    def elements(self) -> Iterator[ET.Element]:
        """The text, and under it its halo."""
        for halo in (True, False) if self.halo else (False,):
            fill = self.halo if halo else self.fill
            text = _shape("text", x=self.x, y=self.y, font_size=self.size, fill=fill)
            text.text = self.text
            if halo:
                text.attrib |= {"stroke": fill, "stroke-width": "4", "stroke-linejoin": "round"}
                text.set("aria-hidden", "true")
            if self.bold:
                text.set("font-weight", "bold")
            if self.ends:
                text.set("text-anchor", "end")
            yield text


class Page:
    """A page with a time axis: a head, an axis and a foot round what is drawn.

    `margin` is what stands left of the axis; `y` is how far down the page is filled.
    """

    def __init__(self, chart: Chart | Steps, layout: Layout, margin: float) -> None:
        self.chart, self.layout = chart, layout
        self.first, self.last = layout.edge, layout.width - layout.edge  # of what is written
        self.left, self.right = self.first + margin + TIP, self.last - TIP  # of the axis
        self.asked = self.x(chart.window.ahead)
        self.captions: list[Caption] = []
        self.behind: list[ET.Element] = []
        self.shapes: list[ET.Element] = []
        self.y = layout.edge / 2
        self.write(chart.title, layout.title, "ink", bold=True)
        self.y += 4
        self.write(chart.subtitle)
        self._axis()

    def x(self, day: dt.date) -> float:
        """Where a day lies across the page."""
        return round(self.left + self.chart.window.position(day) * (self.right - self.left), 2)

    @property
    def height(self) -> int:
        """How tall the page is."""
        return round(self.y + 8 + self.layout.edge / 2)

    def wide(self, text: str, bold: bool = False) -> float:
        """How wide a text is at most."""
        return text_width(text, self.layout.letters, bold)

    def caption(
        self,
        x: float,
        y: float,
        text: str,
        fill: str = "soft",
        bold: bool = False,
        ends: bool = False,
        crossed: bool = False,
    ) -> None:
        """A line of text; `crossed`: lines of the grid may cross it."""
        line = Caption(x, y, text, self.layout.letters, fill, bold, ends)
        ground = "ahead" if line.left >= self.asked else "page"
        self.captions.append(line._replace(halo=ground if crossed else ""))

    def write(self, text: str, size: int = 0, fill: str = "soft", bold: bool = False) -> None:
        """A paragraph across the page."""
        size = size or self.layout.letters
        for line in wrapped(spelled(text), size, self.last - self.first, bold):
            self.y += round(size * 1.3)
            self.captions.append(Caption(self.first, self.y, line, size, fill, bold))

    def _axis(self) -> None:
        """The labels of the axis, and over them the day asked about."""
        self.top = self.y + GAP
        self.y += LINE + GAP
        day, ahead = spelled(str(self.chart.as_of)), "projected"
        middle = min(self.asked, self.last - self.wide(ahead))
        if middle - GAP - self.wide(day, bold=True) >= self.first:
            self.caption(middle - GAP / 2, self.y, day, fill="ink", bold=True, ends=True)
        else:
            ahead = f"{ahead} after {day}"
        fits = self.asked + GAP / 2 + self.wide(ahead) <= self.last
        self.caption(self.asked + GAP / 2 if fits else self.last, self.y, ahead, ends=not fits)
        self.y += LINE + 2
        most = int((self.right - self.left) // (self.wide("Sep 2025") + 2 * GAP))
        for tick, label in self.chart.window.ticks(max(1, most)):
            x, half = self.x(tick), self.wide(spelled(label)) / 2
            self.behind.append(_shape("line", x1=x, x2=x, y1=self.y + 6, y2=0, stroke="grid"))
            if self.first <= x - half and x + half <= self.last:
                self.caption(x - half, self.y, spelled(label))
        self.y += 6
        ends = {"x1": self.left, "x2": self.right, "y1": self.y, "y2": self.y}
        self.shapes.append(_shape("line", **ends, stroke="soft"))
        self.axis = self.y
        self.y += GAP + 2

    def rule(self) -> None:
        """The grid down to here, and the line of the day asked about: after it all is ahead."""
        for line in self.behind:
            line.set("y2", _number(self.y))
        ahead = {"x": self.asked, "y": self.top}
        size = {"width": self.last - self.asked, "height": self.y - self.top}
        self.behind.insert(0, _shape("rect", **ahead, **size, fill="ahead"))
        asked = {"x1": self.asked, "x2": self.asked, "y1": self.axis, "y2": self.y}
        self.shapes.append(_shape("line", **asked, stroke="ink", stroke_width=1.5))

    def foot(self, entries: list[tuple[str, str, bool]], footer: Footer | None) -> None:
        """The legend, in even columns: phases, their words, and whether they are assumed; the
        source, and what every report says about itself."""
        swatch, tall = 28, 14
        wide = swatch + 8 + max((self.wide(words) for _, words, _ in entries), default=0) + 24
        most = max(1, int((self.last - self.first + 24) // wide))
        rows = -(-len(entries) // most)
        across = -(-len(entries) // max(1, rows))
        for number, (phase, words, assumed) in enumerate(entries):
            x, y = self.first + number % across * wide, self.y + GAP + number // across * (LINE + 6)
            thin = (tall - THIN) / 2 if phase == "conflict" else 0
            box = _box(x, y + thin, x + swatch, y + tall - thin)
            if phase == "contested":
                self.shapes += _filled("party", False, assumed, box)
            self.shapes += _filled(phase, False, assumed, box)
            self.caption(x + swatch + 8, y + 12, words)
        self.y += GAP + rows * (LINE + 6)
        self.write(self.chart.source)
        self.write(" ".join(footer.lines) if footer else "")

    def _fitted(self, text: str, x: float) -> tuple[list[str], float, bool]:
        """The lines of a text at a place, the end of them that is there, and whether it is the
        right one.

        They start there and stay before the day asked about, or end there, or else go where there
        is room; a line much shorter than the others is avoided."""
        before = self.asked if x < self.asked else self.last
        for limit, most in ((before, 3), (self.last, 1), (self.first, 3), (self.last, 3)):
            room = abs(limit - x)
            lines = evenly(text, self.layout.letters, room)
            wide = max(map(self.wide, lines))
            even = wide * len(lines) <= 1.4 * self.wide(text)
            if even and wide <= room and len(lines) <= most:
                return lines, x, limit < x
        return evenly(text, self.layout.letters, self.last - self.first), self.first, False

    def under(self, mark: Mark, line_ends: list[float], top: float, bottom: float) -> None:
        """A mark, written below `bottom` in the first lines with room; a line from `top` to it."""
        x = self.x(mark.day)
        lines, place, ends = self._fitted(spelled(mark.text), x)
        wide = max(map(self.wide, lines))
        first = placed(line_ends, place - wide if ends else place, [wide] * len(lines), GAP)
        for number, line in enumerate(lines, first + 1):
            self.caption(place, bottom + number * LINE - 3, line, ends=ends, crossed=True)
        self.shapes.append(_shape("line", x1=x, x2=x, y1=top, y2=bottom + 4, stroke="soft"))

    def element(self, name: str, theme: str) -> ET.Element:
        """All of it, for a page or a file; `name` begins the ids in it."""
        width, height = self.layout.width, self.height
        svg = _shape(
            "svg",
            xmlns=NAMESPACE,
            viewBox=f"0 0 {width} {height}",
            width=width,
            height=height,
            role="img",
            aria_labelledby=f"{name}-title",
            aria_describedby=f"{name}-description",
            font_family=FACES,
        )
        ET.SubElement(svg, "title", id=f"{name}-title").text = spelled(self.chart.title)
        words = ET.SubElement(svg, "desc", id=f"{name}-description")
        words.text = spelled(self.chart.description)
        svg.append(_shape("rect", width=width, height=height, fill="page"))
        svg.extend([*self.behind, *self.shapes])
        svg.extend(text for caption in self.captions for text in caption.elements())
        _paint(svg, theme)
        return svg


class Drawing(Page):
    """A chart laid out on a page."""

    def __init__(self, chart: Chart, footer: Footer | None = None, layout: Layout = FILE) -> None:
        longest = max(
            text_width(row.label, layout.letters, bold=True) for row in chart.rows if not row.inset
        )
        self.names = min(float(layout.names), longest)
        super().__init__(chart, layout, self.names + GAP if self.names else 0)
        for row in chart.rows:
            self._row(row)
        self.rule()
        entries = [(phase, LEGEND[phase], False) for phase in chart.phases]
        if chart.assumes:
            entries.append((next(b.phase for b in chart.bars if b.assumed), "assumed", True))
        self.foot(entries, footer)

    def _row(self, row: Row) -> None:
        """A row from `y` down."""
        tall = THIN if row.inset and row.bars[0].phase == "conflict" else TALL
        wraps = 0  # lines of a name beside the bars after its first
        if row.inset:
            self._inset(row, tall)
        elif self.names:
            lines = wrapped(row.label, self.layout.letters, self.names, bold=True)
            for number, line in enumerate(lines):
                y = self.y + TALL / 2 + 5 + number * LINE
                self.caption(self.first, y, line, fill="ink", bold=True)
            wraps = len(lines) - 1
        else:
            for line in wrapped(row.label, self.layout.letters, self.last - self.first, bold=True):
                self.y += LINE
                self.caption(self.first, self.y - 6, line, fill="ink", bold=True, crossed=True)
        for bar in row.bars:
            self.shapes += self._bar(bar, self.y, tall)
        self.y = max(self.y + tall + wraps * LINE, self._marks(row, self.y, tall)) + GAP

    def _inset(self, row: Row, tall: int) -> None:
        """The label of a conflict or a what-if, before its bars or over them."""
        label, start = spelled(row.label), self.x(row.bars[0].start)
        if tall == TALL and start - GAP - self.wide(label) >= self.left:
            self.caption(start - GAP, self.y + TALL / 2 + 5, label, ends=True, crossed=True)
            return
        lines = evenly(label, self.layout.letters, self.last - start)
        if len(lines) > 2:
            lines = evenly(label, self.layout.letters, self.last - self.left)
        left = min(start, self.last - max(map(self.wide, lines)))
        for line in lines:
            self.caption(left, self.y + self.layout.letters - 2, line, crossed=True)
            self.y += LINE

    def _bar(self, bar: Bar, y: float, tall: int) -> Iterator[ET.Element]:
        """One bar, pointed where it goes on."""
        first, last = self.x(bar.start), max(self.x(bar.end), self.x(bar.start) + 3)
        middle, tip = y + tall / 2, min(TIP, tall / 2)
        points = _box(first, y, last, y + tall)
        if bar.opens:
            points.append((first - tip, middle))
        if bar.continues:
            points.insert(2, (last + tip, middle))
        return _filled(bar.phase, bar.projected, bar.assumed, points)

    def _marks(self, row: Row, y: float, tall: int) -> float:
        """The days of a row's marks: in the bar that begins there if there is room, else under
        it, on as few lines as keep them apart. Returns where they end."""
        line_ends: list[float] = []
        for mark in row.marks:
            if not self._inside(row, mark, y):
                self.under(mark, line_ends, y, y + tall)
        return y + tall + len(line_ends) * LINE

    def _inside(self, row: Row, mark: Mark, y: float) -> bool:
        """Write a mark in the bar that begins at it, if there is room."""
        room = row.room(mark)
        if room is None:
            return False
        bar, until, texts = room
        x, end = self.x(mark.day), self.x(until)
        text = next((t for t in map(spelled, texts) if x + self.wide(t) + GAP <= end), "")
        if text:
            ahead = "-ahead" if bar.projected else ""
            if bar.phase in HATCHES:  # the letters stand on the tint alone
                plate = {"x": x + 2, "y": y + 4, "width": self.wide(text) + 7, "height": TALL - 8}
                self.shapes.append(_shape("rect", **plate, fill=bar.phase + ahead))
            fill = "page" if bar.phase + ahead == "withdrawn" else "ink"
            self.caption(x + 6, y + TALL / 2 + 5, text, fill)
        return bool(text)


class Stairs(Page):
    """A number over time, laid out on a page."""

    TALL = 240

    def __init__(self, steps: Steps, footer: Footer | None = None, layout: Layout = FILE) -> None:
        super().__init__(steps, layout, text_width("000", layout.letters) + GAP)
        self.scale = self.TALL / max(1, steps.most)
        self.bottom = self.axis + GAP + self.TALL
        stretches = list(steps.stretches())
        shown = ["party"]
        if any(least < most for _, _, least, most in stretches):
            shown.append("uncertain")
            self._area("uncertain", [(start, end, most) for start, end, _, most in stretches])
        self._area("party", [(start, end, least) for start, end, least, _ in stretches])
        line_ends: list[float] = []
        for mark in steps.marks:
            self.under(mark, line_ends, self.bottom, self.bottom + 4)
        self.y = self.bottom + len(line_ends) * LINE + GAP
        self.rule()
        for number in range(0, steps.most + 1, 50):
            y = self.level(number)
            across = {"x1": self.left, "x2": self.right, "y1": y, "y2": y}
            self.behind.append(_shape("line", **across, stroke="grid"))
            self.caption(self.left - GAP, y + 5, str(number), ends=True)
        self.foot([(phase, LEGEND[phase], False) for phase in shown], footer)

    def _area(self, phase: str, stretches: list[tuple[dt.date, dt.date, int]]) -> None:
        """What lies under the steps, paler where it is projected, and the line over it."""
        now = self.chart.window.ahead
        known = [(start, min(end, now), number) for start, end, number in stretches if start < now]
        ahead = [(max(start, now), end, number) for start, end, number in stretches if end > now]
        for look, parts in ((phase, known), (f"{phase}-ahead", ahead)):
            line = [
                (self.x(day), self.level(number))
                for start, end, number in parts
                for day in (start, end)
            ]
            around = [(x, self.bottom) for x, _ in (*line[:1], *line[-1:])]
            area = _points([*around[:1], *line, *around[1:]])
            self.shapes.append(_shape("polygon", points=area, fill=look))
            edge = {"points": _points(line), "stroke": f"{phase}-line", "stroke_width": 2.0}
            self.shapes.append(_shape("polyline", **edge, fill="none"))

    def level(self, number: int) -> float:
        """How far down the page a number stands."""
        return round(self.bottom - number * self.scale, 2)


def render(chart: Chart | Steps, footer: Footer | None = None, theme: str = "light") -> str:
    """The picture as a file of its own."""
    text = ET.tostring(element(chart, footer, theme), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def element(
    chart: Chart | Steps,
    footer: Footer | None = None,
    theme: str = "auto",
    layout: Layout = FILE,
    name: str = "ottawa",
) -> ET.Element:
    """The picture as an element, for a page or a file; `name` begins the ids in it."""
    if isinstance(chart, Steps):
        return Stairs(chart, footer, layout).element(name, theme)
    return Drawing(chart, footer, layout).element(name, theme)


def spelled(text: str) -> str:
    """A text with its dates as a reader of a slide has them: 27 Dec 2025, Dec 2025."""

    def words(date: re.Match[str]) -> str:
        year, month, day = date.groups()
        return f"{f'{int(day)} ' if day else ''}{MONTHS[int(month) - 1]} {year}"

    return DATE.sub(words, text)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, letters `size` high."""
    wide = (WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else max(WIDTHS[1:]) for c in text)
    return sum(wide) * size / 1000 * (1 if bold else REGULAR)


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """`text` in lines no wider than `width`, broken between words, but in no date."""
    lines = [""]
    for word in UNBROKEN.findall(text):
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def evenly(text: str, size: float, width: float) -> list[str]:
    """`text` wrapped in lines as even as their number allows."""
    lines = wrapped(text, size, width)
    narrower = range(int(text_width(text, size) / len(lines)), int(width), 4)
    tried = (wrapped(text, size, most) for most in narrower)
    return next((even for even in tried if len(even) == len(lines)), lines)


def _filled(
    phase: str, projected: bool, assumed: bool, points: list[Point]
) -> Iterator[ET.Element]:
    """An area in the look of a phase: its tint, its pattern and its outline; where it is
    assumed, within a broken line."""
    ahead = "-ahead" if projected else ""
    broken = {"stroke_width": 2.4, "stroke_dasharray": "6 4"} if assumed else {}
    top, bottom = points[0][1], max(y for _, y in points)
    inset = (bottom - top) / (2 if phase == "conflict" else 6) if assumed else 0
    filled = _points([(x, min(max(y, top + inset), bottom - inset)) for x, y in points])
    if phase != "contested":
        yield _shape("polygon", points=filled, fill=phase + ahead)
        line = {"stroke": f"{phase}-line", **broken}
        yield _shape("polygon", points=_points(points), fill="none", **line)
    if phase in HATCHES:
        box = points[0][0], points[1][0], top + inset, bottom - inset
        thick = 2 if phase == "uncertain" else 1.2
        line = {"fill": "none", "stroke": f"{phase}-line{ahead}", "stroke_width": thick}
        yield _shape("path", d="".join(_hatch(HATCHES[phase], *box)), **line)


def _hatch(kind: str, left: float, right: float, top: float, bottom: float) -> Iterator[str]:
    """The lines of a hatch within a rectangle, as parts of a path. (As a pattern, fewer programs
    would draw them.)"""
    tall, rows = bottom - top, [top + 4 + 8 * row for row in range(int(bottom - top + 4) // 8)]
    if kind == "-":
        yield from (f"M{_number(left)} {_number(y)}h{_number(right - left)}" for y in rows)
    for x in range(int(left // 8 - 3) * 8, int(right), 4 if kind == "||" else 8):
        since, until = max(0.0, left - x), min(tall, right - x)
        place, across = _number(x + since), _number(until - since)
        if kind == "." and since == 0:
            yield from (f"M{x} {_number(y)}h2" for y in rows)
        elif kind in {"|", "||"} and since == 0:
            yield f"M{x} {_number(top)}v{_number(tall)}"
        elif kind in {"/", "x"} and since < until:
            yield f"M{place} {_number(bottom - since)}l{across} -{across}"
        if kind in {"\\", "x"} and since < until:
            yield f"M{place} {_number(top + since)}l{across} {across}"


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _points(points: list[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _shape(tag: str, **attributes: object) -> ET.Element:
    """An element; an underscore in a name stands for its hyphen."""
    return ET.Element(tag, {k.replace("_", "-"): _number(v) for k, v in attributes.items()})


def _paint(svg: ET.Element, theme: str) -> None:
    """Put a theme's colours in the place of their names. `auto`: the light ones, and a style
    sheet with the dark ones for who prefers them."""
    rules = set()
    for shape in svg.iter():
        for part in ("fill", "stroke"):
            name = shape.get(part, "")
            if name in COLOURS:
                light, dark = COLOURS[name]
                shape.set(part, dark if theme == "dark" else light)
                if theme == "auto":
                    shape.set("class", f"{shape.get('class', '')} {part}-{name}".strip())
                    rules.add(f".ottawa .{part}-{name} {{ {part}: {dark}; }}")
    if rules:
        svg.set("class", "ottawa")
        style = ET.Element("style")
        preferred = "@media screen and (prefers-color-scheme: dark)"
        style.text = f"{preferred} {{ {' '.join(sorted(rules))} }}"
        svg.insert(2, style)


def _number(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
