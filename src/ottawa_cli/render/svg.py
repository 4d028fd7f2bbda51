"""SVG: the picture drawn for a slide, a report or a page, legible in grey, in light and in dark.

Lengths are in pixels. Text is placed by the widths of `text_width`, which are those of
a wide sans-serif face, so that with a narrower one there is only more air. A file has no
style sheet, and nothing that a word processor would not draw.
"""

import datetime as dt
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from ottawa_cli.render.chart import Bar, Chart, Mark, Row, StepCurve, placed
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
# The lines of a hatch in each of its tiles, from where to where across and down it.
UP, DOWN, ACROSS, DOT = (0, 1, 1, 0), (0, 0, 1, 1), (0, 0.5, 1, 0.5), (0.4, 0.5, 0.65, 0.5)
ONE, TWO = ((0.5, 0, 0.5, 1),), ((0.25, 0, 0.25, 1), (0.75, 0, 0.75, 1))
# Of each phase its tint in light and in dark, its lines in light and in dark, and what tells it
# apart where tints do not: the hatch drawn over its tint.
LOOKS = {
    "withdrawn": ("#8e1b1b", "#ff8f85", "#8e1b1b", "#ff8f85", ()),
    "withdrawing": ("#fde8bf", "#3d2e0a", "#c98a1b", "#b98a26", (UP,)),
    "suspended": ("#ece3fb", "#2b2145", "#8a63d2", "#9a7ad6", (UP, DOWN)),
    "operation-suspended": ("#f3e4f7", "#3a1f45", "#a35cb8", "#b276c4", TWO),
    "party": ("#b6c6d6", "#374759", "#7d93a8", "#7f95ab", ()),
    "contested": ("#b6c6d6", "#374759", "#3d5166", "#a9bccf", (DOWN,)),
    "joining": ("#e3f0fd", "#0f2b4a", "#4a8fd0", "#4a8fd0", (ACROSS,)),
    "signatory": ("#ffffff", "#0d1117", "#4a8fd0", "#4a8fd0", ONE),
    "uncertain": ("#fff8dc", "#2b2606", "#8a6d00", "#c9a92c", (DOT,)),
    "conflict": ("#e0a8a2", "#7a4540", "#e0a8a2", "#7a4540", ()),
}
HATCHES = {phase: hatch for phase, (*_, hatch) in LOOKS.items() if hatch}
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
    of its `title`, and how wide a column of `names` may be; else each name stands over its bars."""

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
        place = {"x": self.x, "y": self.y, "font_size": self.size}
        weight = {"font_weight": "bold"} if self.bold else {}
        look = place | weight | ({"text_anchor": "end"} if self.ends else {})
        if self.halo:
            outline = {"stroke": self.halo, "stroke_width": 4, "stroke_linejoin": "round"}
            yield _shape("text", self.text, **look, fill=self.halo, **outline, aria_hidden="true")
        yield _shape("text", self.text, **look, fill=self.fill)


class Page:
    """A page with a time axis: a head, an axis and a foot round what is drawn.

    `margin` is what stands left of the axis; `y` is how far down the page is filled.
    """

    def __init__(self, chart: Chart | StepCurve, layout: Layout, margin: float) -> None:
        self.chart, self.layout = chart, layout
        self.first, self.last = layout.edge, layout.width - layout.edge  # of what is written
        self.left, self.right = self.first + margin + TIP, self.last - TIP  # of the axis
        self.asked = self.x(chart.window.ahead)
        self.captions: list[Caption] = []
        self.ticks: list[float] = []
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

    def caption(self, x: float, y: float, text: str, crossed: bool = False, **look: Any) -> None:
        """A line of text; `crossed`: lines of the grid may cross it."""
        line = Caption(x, y, text, self.layout.letters, **look)
        ground = "ahead" if line.left >= self.asked else "page"
        self.captions.append(line._replace(halo=ground) if crossed else line)

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
            self.ticks.append(x)
            if self.first <= x - half and x + half <= self.last:
                self.caption(x - half, self.y, spelled(label))
        self.y = self.axis = self.y + 6
        self.shapes.append(_line(self.left, self.y, self.right, self.y, "soft"))
        self.y += GAP + 2

    def finish(self, footer: Footer | None) -> None:
        """The grid down to here, with the line of the day asked about; the legend, in even
        columns; the source, and what every report says about itself."""
        grid = [_line(x, self.axis, x, self.y, "grid") for x in self.ticks]
        ahead = _rect(self.asked, self.top, self.last, self.y, "ahead")
        self.behind = [ahead, *grid, *self.behind]
        self.shapes.append(_line(self.asked, self.axis, self.asked, self.y, "ink", 1.5))
        entries, swatch, tall, line = self.chart.legend, 28, 14, LINE + 6
        wide = swatch + 8 + max([self.wide(words) for _, words, _ in entries] or [0]) + 24
        rows = math.ceil(len(entries) / max(1, (self.last - self.first + 24) // wide))
        across = math.ceil(len(entries) / max(1, rows))
        for number, (phase, words, assumed) in enumerate(entries):
            x, y = self.first + number % across * wide, self.y + GAP + number // across * line
            thin = (tall - THIN) / 2 if phase == "conflict" else 0
            box = _box(x, y + thin, x + swatch, y + tall - thin)
            if phase == "contested":
                self.shapes += _filled("party", False, assumed, box)
            self.shapes += _filled(phase, False, assumed, box)
            self.caption(x + swatch + 8, y + 12, words)
        self.y += GAP + rows * line
        self.write(self.chart.source)
        self.write(" ".join(footer.lines) if footer else "")

    def under(self, mark: Mark, line_ends: list[float], top: float, bottom: float) -> None:
        """A mark, written below `bottom` in the first lines with room; a line from `top` to it.

        It starts at its place and stays before the day asked about, or ends there, or else goes
        where there is room; a line much shorter than the others is avoided."""
        text, x, letters = spelled(mark.text), self.x(mark.day), self.layout.letters
        before = self.asked if x < self.asked else self.last
        places = (x, before, 3), (x, self.last, 1), (x, self.first, 3), (x, self.last, 3)
        for place, limit, most in (*places, (self.first, self.last, 9)):
            lines = evenly(text, letters, abs(limit - place))
            wide = max(map(self.wide, lines))
            even = wide * len(lines) <= 1.4 * self.wide(text)
            if even and wide <= abs(limit - place) and len(lines) <= most:
                break
        ends = limit < place
        first = placed(line_ends, place - wide if ends else place, [wide] * len(lines), GAP)
        for number, line in enumerate(lines, first + 1):
            self.caption(place, bottom + number * LINE - 3, line, ends=ends, crossed=True)
        self.shapes.append(_line(x, top, x, bottom + 4, "soft"))

    def element(self, name: str, theme: str = "auto") -> ET.Element:
        """All of it; `name` begins the ids in it. The theme is light, dark or, as the reader's
        screen has it, auto."""
        size = {"width": self.layout.width, "height": self.height}
        ids = {"title": f"{name}-title", "desc": f"{name}-description"}
        box = {"xmlns": NAMESPACE, "viewBox": " ".join(map(str, (0, 0, *size.values())))}
        named = {"role": "img", "aria_labelledby": ids["title"], "aria_describedby": ids["desc"]}
        svg = _shape("svg", **box, **size, **named, font_family=FACES)
        svg.append(_shape("title", spelled(self.chart.title), id=ids["title"]))
        svg.append(_shape("desc", spelled(self.chart.description), id=ids["desc"]))
        svg.append(_shape("rect", **size, fill="page"))
        svg.extend([*self.behind, *self.shapes])
        svg.extend(text for caption in self.captions for text in caption.elements())
        _paint(svg, theme)
        return svg


class Drawing(Page):
    """A chart laid out on a page."""

    def __init__(self, chart: Chart, layout: Layout, footer: Footer | None = None) -> None:
        labels = [row.label for row in chart.rows if not row.inset]
        longest = max(text_width(label, layout.letters, bold=True) for label in labels)
        self.names = longest if longest <= layout.names else 0
        super().__init__(chart, layout, self.names + GAP if self.names else 0)
        for row in chart.rows:
            self._row(row)
        self.finish(footer)

    def _row(self, row: Row) -> None:
        """A row from `y` down: its label, its bars and its marks."""
        label, line_ends = spelled(row.label), list[float]()
        tall = THIN if row.inset and row.bars[0].phase == "conflict" else TALL
        start = self.x(row.bars[0].start) if row.inset else self.first
        if self.names and not row.inset:
            self.caption(self.first, self.y + 17, label, fill="ink", bold=True)
        elif tall == TALL and start - GAP - self.wide(label) >= self.left:
            self.caption(start - GAP, self.y + 17, label, crossed=True, ends=True)
        else:
            self._over(label, start, row.inset)
        for bar in row.bars:
            self.shapes += _filled(bar.phase, bar.projected, bar.assumed, self._outline(bar, tall))
        for mark in row.marks:
            if not self._inside(row, mark):
                self.under(mark, line_ends, self.y, self.y + tall)
        self.y += tall + len(line_ends) * LINE + GAP

    def _over(self, label: str, start: float, inset: bool) -> None:
        """A label over its bars, which begin at `start`."""
        lines = evenly(label, self.layout.letters, self.last - start, not inset)
        if len(lines) > 2:
            lines = evenly(label, self.layout.letters, self.last - self.left, not inset)
        left = min(start, self.last - max(self.wide(line, not inset) for line in lines))
        look = {} if inset else {"fill": "ink", "bold": True}
        for line in lines:
            self.caption(left, self.y + 12, line, crossed=True, **look)
            self.y += LINE

    def _outline(self, bar: Bar, tall: int) -> list[Point]:
        """The corners of a bar, pointed where it goes on."""
        first, last = self.x(bar.start), max(self.x(bar.end), self.x(bar.start) + 3)
        middle, tip = self.y + tall / 2, min(TIP, tall / 2)
        points = _box(first, self.y, last, self.y + tall)
        if bar.opens:
            points.append((first - tip, middle))
        if bar.continues:
            points.insert(2, (last + tip, middle))
        return points

    def _inside(self, row: Row, mark: Mark) -> bool:
        """Write a mark in the bar that begins at it, if there is room."""
        bar, until, texts = row.room(mark) or (None, mark.day, ())
        x, y = self.x(mark.day), self.y
        for text in map(spelled, texts):
            right = x + self.wide(text) + GAP
            if bar and right <= self.x(until):
                look = f"{bar.phase}-ahead" if bar.projected else bar.phase
                if bar.phase in HATCHES:  # the letters stand on the tint alone
                    self.shapes.append(_rect(x + 2, y + 4, right - 1, y + TALL - 4, look))
                self.caption(x + 6, y + 17, text, fill="page" if look == "withdrawn" else "ink")
                return True
        return False


class Stairs(Page):
    """A number over time, laid out on a page."""

    TALL = 240

    def __init__(self, steps: StepCurve, layout: Layout, footer: Footer | None = None) -> None:
        super().__init__(steps, layout, text_width("000", layout.letters) + GAP)
        self.scale = self.TALL / max(1, steps.most)
        self.bottom = self.axis + GAP + self.TALL
        for phase, _, _ in reversed(steps.legend):
            self._steps(steps, phase)
        line_ends: list[float] = []
        for mark in steps.marks:
            self.under(mark, line_ends, self.bottom, self.bottom + 4)
        self.y = self.bottom + len(line_ends) * LINE + GAP
        for number in range(0, steps.most + 1, 50):
            y = self.level(number)
            self.behind.append(_line(self.left, y, self.right, y, "grid"))
            self.caption(self.left - GAP, y + 5, str(number), ends=True)
        self.finish(footer)

    def _steps(self, steps: StepCurve, phase: str) -> None:
        """What lies under the steps, paler where it is projected, and the line over it."""
        lines: dict[bool, list[Point]] = {False: [], True: []}
        for start, end, least, most in steps.stretches():
            y = self.level(most if phase == "uncertain" else least)
            for bar in steps.window.bars(phase, start, end):
                lines[bar.projected] += [(self.x(bar.start), y), (self.x(bar.end), y)]
        for projected, line in lines.items():
            if line:
                area = [(line[0][0], self.bottom), *line, (line[-1][0], self.bottom)]
                self.shapes.append(_area(area, fill=f"{phase}-ahead" if projected else phase))
                edge = _area(line, "polyline", stroke=f"{phase}-line", stroke_width=2, fill="none")
                self.shapes.append(edge)

    def level(self, number: int) -> float:
        """How far down the page a number stands."""
        return round(self.bottom - number * self.scale, 2)


def render(chart: Chart | StepCurve, footer: Footer | None = None, theme: str = "light") -> str:
    """The picture as a file of its own."""
    text = ET.tostring(page(chart, FILE, footer).element("ottawa", theme), encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def page(chart: Chart | StepCurve, layout: Layout, footer: Footer | None = None) -> Page:
    """The picture laid out."""
    if isinstance(chart, StepCurve):
        return Stairs(chart, layout, footer)
    return Drawing(chart, layout, footer)


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


def evenly(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """`text` wrapped in lines as even as their number allows."""
    lines = wrapped(text, size, width, bold)
    narrower = range(int(text_width(text, size, bold) / len(lines)), int(width), 4)
    tried = (wrapped(text, size, most, bold) for most in narrower)
    return next((even for even in tried if len(even) == len(lines)), lines)


def _filled(
    phase: str, projected: bool, assumed: bool, points: list[Point]
) -> Iterator[ET.Element]:
    """An area in the look of a phase: its tint, its hatch and its outline; where it is assumed,
    within a broken line. (A hatch is no pattern, which fewer programs would draw.)"""
    ahead = "-ahead" if projected else ""
    left, right = points[0][0], points[1][0]
    top, bottom = points[0][1], max(y for _, y in points)
    inset = (bottom - top) / (2 if phase == "conflict" else 6) if assumed else 0
    top, bottom = top + inset, bottom - inset
    if phase != "contested":
        tint = [(x, min(max(y, top), bottom)) for x, y in points]
        yield _area(tint, fill=phase + ahead)
        broken: dict[str, Any] = {}
        if assumed:
            broken = {"stroke_width": 2.4, "stroke_dasharray": "6 4"}
        yield _area(points, fill="none", stroke=f"{phase}-line", **broken)
    across, down = (max(1, round(size / 8)) for size in (right - left, bottom - top))
    wide, tall = (right - left) / across, (bottom - top) / down  # of a tile
    lines = [
        f"M{left + (x + x1) * wide:g} {top + (y + y1) * tall:g}"
        f"l{(x2 - x1) * wide:g} {(y2 - y1) * tall:g}"
        for x1, y1, x2, y2 in HATCHES.get(phase, ())
        for x, y in product(range(across), range(down))
    ]
    if lines:
        line = {
            "stroke": f"{phase}-line{ahead}",
            "stroke_width": 2 if phase == "uncertain" else 1.2,
        }
        yield _shape("path", d="".join(lines), fill="none", **line)


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _area(points: list[Point], tag: str = "polygon", **look: Any) -> ET.Element:
    return _shape(tag, points=" ".join(f"{x:g},{y:g}" for x, y in points), **look)


def _rect(left: float, top: float, right: float, bottom: float, fill: str) -> ET.Element:
    return _shape("rect", x=left, y=top, width=right - left, height=bottom - top, fill=fill)


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float = 1) -> ET.Element:
    return _shape("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=thick)


def _shape(tag: str, text: str | None = None, /, **attributes: object) -> ET.Element:
    """An element; an underscore in a name stands for its hyphen."""
    shape = ET.Element(tag)
    shape.text = text
    for name, value in attributes.items():
        shape.set(name.replace("_", "-"), f"{value:g}" if isinstance(value, float) else str(value))
    return shape


def _paint(svg: ET.Element, theme: str) -> None:
    """Put a theme's colours in the place of their names. `auto`: the light ones, and a style
    sheet that turns them into the dark ones for those who prefer these."""
    rules = set()
    for shape in svg.iter():
        for part in ("fill", "stroke"):
            name = shape.get(part)
            if name in COLOURS:
                light, dark = COLOURS[name]
                shape.set(part, dark if theme == "dark" else light)
                rules.add(f'.ottawa [{part}="{light}"] {{ {part}: {dark}; }}')
    if theme == "auto":
        svg.set("class", "ottawa")
        sheet = f"@media screen and (prefers-color-scheme: dark) {{ {' '.join(sorted(rules))} }}"
        svg.insert(2, _shape("style", sheet))
