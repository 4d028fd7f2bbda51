"""SVG: the picture drawn for a slide or a report, legible in grey, in light and in dark.

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
WIDTH, EDGE = 960, 16
TALL, THIN = 24, 5  # of a State's bars, of a conflict's
TITLE, SIZE = 22, 14  # of letters
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
# In light and in dark: of text and ground, then of each phase its tint and its lines.
COLOURS = {
    "ink": ("#1b1f24", "#e6edf3"), "soft": ("#57606a", "#9da7b3"), "page": ("#ffffff", "#0d1117"),
    "ahead": ("#f3f5f7", "#161b22"), "grid": ("#d8dee4", "#30363d"),
    "withdrawn": ("#8e1b1b", "#ff8f85"), "withdrawn-line": ("#8e1b1b", "#ff8f85"),
    "withdrawing": ("#fde8bf", "#3d2e0a"), "withdrawing-line": ("#c98a1b", "#b98a26"),
    "suspended": ("#ece3fb", "#2b2145"), "suspended-line": ("#8a63d2", "#9a7ad6"),
    "operation-suspended": ("#f3e4f7", "#3a1f45"),
    "operation-suspended-line": ("#a35cb8", "#b276c4"),
    "party": ("#b6c6d6", "#374759"), "party-line": ("#7d93a8", "#7f95ab"),
    "contested": ("#b6c6d6", "#374759"), "contested-line": ("#3d5166", "#a9bccf"),
    "joining": ("#e3f0fd", "#0f2b4a"), "joining-line": ("#4a8fd0", "#4a8fd0"),
    "signatory": ("#ffffff", "#0d1117"), "signatory-line": ("#4a8fd0", "#4a8fd0"),
    "uncertain": ("#fff8dc", "#2b2606"), "uncertain-line": ("#8a6d00", "#c9a92c"),
    "conflict": ("#e0a8a2", "#7a4540"), "conflict-line": ("#e0a8a2", "#7a4540"),
}  # fmt: skip
PALER = 0.42  # how much of its colours is left to what has not happened yet


def _paler(colour: str, ground: str) -> str:
    """A colour mixed with the ground under what has not happened yet."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + bytes(round(PALER * a + (1 - PALER) * b) for a, b in pairs).hex()


COLOURS |= {
    f"{name}-ahead": (_paler(light, COLOURS["ahead"][0]), _paler(dark, COLOURS["ahead"][1]))
    for name, (light, dark) in COLOURS.items()
}
# What tells a phase apart where tints do not: the lines drawn over its tint.
HATCHES = {
    "withdrawing": "/", "suspended": "x", "contested": "\\", "operation-suspended": "||",
    "joining": "-", "signatory": "|", "uncertain": ".",
}  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = re.compile(r"(?<![\w.-])(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\w-]|\.\w)")


class Caption(NamedTuple):
    """A line of text at a place: `x` is its left end, or its right end where `ends` says so;
    `y` is its baseline. `halo`: the colour drawn under it, where lines may cross it."""

    x: float
    y: float
    text: str
    size: int = SIZE
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
    """A page `WIDTH` wide with a time axis: a head, an axis and a foot round what is drawn.

    `left` is where the time begins; `y` is how far down the page is filled.
    """

    def __init__(self, chart: Chart | Steps, left: float) -> None:
        self.window, self.left = chart.window, left
        self.right = WIDTH - EDGE - 10.0  # where an arrow that goes on ends
        self.captions: list[Caption] = []
        self.behind: list[ET.Element] = []
        self.shapes: list[ET.Element] = []
        self.y = EDGE / 2
        self.write(chart.title, TITLE, "ink", bold=True)
        self.y += 4
        self.write(chart.subtitle)
        self._axis(chart.as_of)

    def x(self, day: dt.date) -> float:
        """Where a day lies across the page."""
        return round(self.left + self.window.position(day) * (self.right - self.left), 2)

    @property
    def height(self) -> int:
        """How tall the page is."""
        return round(self.y + EDGE)

    def write(self, text: str, size: int = SIZE, fill: str = "soft", bold: bool = False) -> None:
        """A paragraph across the page."""
        for line in wrapped(spelled(text), size, WIDTH - 2 * EDGE, bold):
            self.y += round(size * 1.3)
            self.captions.append(Caption(EDGE, self.y, line, size, fill, bold))

    def _axis(self, as_of: dt.date) -> None:
        """The labels of the axis, and over them the day asked about."""
        x, text = self.x(self.window.ahead), spelled(str(as_of))
        self.y += LINE + GAP
        room = x - GAP / 2 - text_width(text, SIZE, True) >= EDGE
        ahead = Caption(x + GAP / 2, self.y, "projected" if room else f"projected after {text}")
        if ahead.x + ahead.width < WIDTH:
            self.captions.append(ahead)
        if room:
            known = Caption(x - GAP / 2, self.y, text, fill="ink", bold=True, ends=True)
            self.captions.append(known)
        self.y += LINE + 2
        most = int((self.right - self.left) // (text_width("Sep 2025", SIZE) + 2 * GAP))
        for day, label in self.window.ticks(max(1, most)):
            at, half = self.x(day), text_width(spelled(label), SIZE) / 2
            self.behind.append(_shape("line", x1=at, x2=at, y1=self.y + 6, y2=0, stroke="grid"))
            if at + half <= WIDTH - EDGE:
                self.captions.append(Caption(at - half, self.y, spelled(label)))
        self.y = self.top = self.y + 6
        ends = {"x1": self.left, "x2": self.right, "y1": self.y, "y2": self.y}
        self.shapes.append(_shape("line", **ends, stroke="soft"))
        self.y += GAP + 2

    def asked(self) -> None:
        """The grid down to here, and the line of the day asked about: after it all is ahead."""
        x, y = self.x(self.window.ahead), self.y
        for line in self.behind:
            line.set("y2", _number(y))
        ground = _shape("rect", x=x, y=self.top, width=WIDTH - x, height=y - self.top, fill="ahead")
        self.behind.insert(0, ground)
        asked = {"stroke": "ink", "stroke_width": 1.5}
        self.shapes.append(_shape("line", x1=x, x2=x, y1=self.top, y2=y, **asked))

    def foot(
        self, entries: list[tuple[str, str, bool]], source: str, footer: Footer | None
    ) -> None:
        """The legend, in columns: phases, their words, and whether they are assumed; the source,
        and what every report says about itself."""
        swatch, least = 28, 24
        wide = swatch + 8 + max([text_width(words, SIZE) for _, words, _ in entries] or [0]) + least
        across = max(1, min(len(entries), int((WIDTH - 2 * EDGE + least) // wide)))
        for number, (phase, words, assumed) in enumerate(entries):
            x, y = EDGE + number % across * wide, self.y + GAP + number // across * (LINE + 6)
            under = ["party"] if phase == "contested" else []
            for each in (*under, phase):
                tall = THIN if phase == "conflict" else 14
                top = y + (14 - tall) / 2
                box = [(x, top), (x + swatch, top), (x + swatch, top + tall), (x, top + tall)]
                self.shapes += _filled(each, False, assumed, box)
            self.captions.append(Caption(x + swatch + 8, y + 12, words))
        self.y += GAP + -(-len(entries) // across) * (LINE + 6)
        self.write(source)
        self.write(" ".join(footer.lines) if footer else "")

    def under(self, mark: Mark, ends: list[float], y: float, top: float) -> None:
        """A mark written below `y`, in the first line with room, and a line to it from `top`."""
        text, x = spelled(mark.text), self.x(mark.day)
        line, left = placed(ends, x, text_width(text, SIZE), WIDTH - EDGE, GAP)
        at = y + (line + 1) * LINE - 3
        self.captions.append(Caption(x, at, text, ends=left < x, halo="page"))
        self.shapes.append(_shape("line", x1=x, x2=x, y1=top, y2=y + 4, stroke="soft"))

    def element(self, title: str, description: str, theme: str) -> ET.Element:
        """All of it, for a page or a file."""
        height = str(self.height)
        box = {"viewBox": f"0 0 {WIDTH} {height}", "width": str(WIDTH), "height": height}
        told = {"role": "img", "aria-labelledby": "ottawa-title ottawa-description"}
        svg = ET.Element("svg", {"xmlns": NAMESPACE, **box, **told, "font-family": FACES})
        ET.SubElement(svg, "title", id="ottawa-title").text = spelled(title)
        ET.SubElement(svg, "desc", id="ottawa-description").text = spelled(description)
        svg.append(_shape("rect", width=WIDTH, height=height, fill="page"))
        svg.extend([*self.behind, *self.shapes])
        svg.extend(text for caption in self.captions for text in caption.elements())
        _paint(svg, theme)
        return svg


class Drawing(Page):
    """A chart laid out on a page."""

    def __init__(self, chart: Chart, footer: Footer | None) -> None:
        names = [row.label for row in chart.rows if not row.inset]
        self.wide = min(260.0, max(text_width(name, SIZE, True) for name in names))
        super().__init__(chart, self.wide + EDGE + GAP)
        for row in chart.rows:
            self._row(row)
        self.asked()
        entries = [(phase, LEGEND[phase], False) for phase in chart.phases]
        if chart.assumes:
            entries.append((next(b.phase for b in chart.bars if b.assumed), "assumed", True))
        self.foot(entries, chart.source, footer)

    def _row(self, row: Row) -> None:
        """A row from `y` down."""
        y, label = self.y, spelled(row.label)
        tall = THIN if row.inset and row.bars[0].phase == "conflict" else TALL
        if row.inset:
            y = self.y = self._inset(row, label, y, tall)
        else:
            lines = wrapped(label, SIZE, self.wide, bold=True)
            for number, line in enumerate(lines):
                at = y + TALL / 2 + 5 + number * LINE
                self.captions.append(Caption(EDGE, at, line, fill="ink", bold=True))
            self.y += (len(lines) - 1) * LINE
        for bar in row.bars:
            self.shapes += self._bar(bar, y, tall)
        self.y = max(self.y + tall, self._marks(row, y, tall)) + GAP

    def _inset(self, row: Row, label: str, y: float, tall: int) -> float:
        """The label of a conflict or a what-if, over its bars or before them. Returns where the
        bars start."""
        at = self.x(row.bars[0].start)
        if tall == TALL and at - GAP - text_width(label, SIZE) >= self.left:
            before = Caption(at - GAP, y + TALL / 2 + 5, label, ends=True, halo="page")
            self.captions.append(before)
            return y
        for line in wrapped(label, SIZE, WIDTH - EDGE - self.left):
            x = max(self.left, min(at, WIDTH - EDGE - text_width(line, SIZE)))
            self.captions.append(Caption(x, y + SIZE - 2, line, halo="page"))
            y += LINE
        return y

    def _bar(self, bar: Bar, y: float, tall: int) -> Iterator[ET.Element]:
        """One bar, pointed where it goes on."""
        first, last = self.x(bar.start), max(self.x(bar.end), self.x(bar.start) + 3)
        middle, tip = y + tall / 2, min(8, tall / 2)
        points = [(first, y), (last, y), (last + tip, middle), (last, y + tall), (first, y + tall),
                  (first - tip, middle)]  # fmt: skip
        points = points[: 6 if bar.opens else 5]
        if not bar.continues:
            del points[2]
        return _filled(bar.phase, bar.projected, bar.assumed, points)

    def _marks(self, row: Row, y: float, tall: int) -> float:
        """The days of a row's marks: in the bar that begins there if there is room, else under
        it, on as few lines as keep them apart. Returns where they end."""
        ends: list[float] = []
        for mark in row.marks:
            text, x, inside = spelled(mark.text), self.x(mark.day), row.room(mark)
            wide = text_width(text, SIZE)
            if inside and x + wide + GAP <= self.x(inside[1]):
                bar = inside[0]
                if bar.phase in HATCHES:  # the letters stand on the tint alone
                    plate = {"x": x + 1, "y": y + 1, "width": wide + GAP, "height": tall - 2}
                    tint = f"{bar.phase}-ahead" if bar.projected else bar.phase
                    self.shapes.append(_shape("rect", **plate, fill=tint))
                dark = bar.phase == "withdrawn" and not bar.projected
                fill = "page" if dark else "ink"
                self.captions.append(Caption(x + 6, y + tall / 2 + 5, text, fill=fill))
                continue
            self.under(mark, ends, y + tall, y)
        return y + tall + len(ends) * LINE


class Stairs(Page):
    """A number over time, laid out on a page."""

    TALL = 240

    def __init__(self, steps: Steps, footer: Footer | None) -> None:
        super().__init__(steps, EDGE + text_width("000", SIZE) + GAP)
        self.scale = self.TALL / max(1, steps.most)
        self.y = self.bottom = self.top + GAP + self.TALL
        stretches = list(steps.stretches())
        unsettled = any(least < most for _, _, least, most in stretches)
        if unsettled:
            self._area("uncertain", [(start, end, most) for start, end, _, most in stretches])
        self._area("party", [(start, end, least) for start, end, least, _ in stretches])
        ends: list[float] = []
        for mark in steps.marks:
            self.under(mark, ends, self.bottom + 4, self.bottom)
        self.y = self.bottom + len(ends) * LINE + GAP
        self.asked()
        for number in range(0, steps.most + 1, 50):
            y = self.level(number)
            across = {"x1": self.left, "x2": self.right, "y1": y, "y2": y}
            self.behind.append(_shape("line", **across, stroke="grid"))
            self.captions.append(Caption(self.left - GAP, y + 5, str(number), ends=True))
        shown = ("party", "uncertain")[: 1 + unsettled]
        self.foot([(phase, LEGEND[phase], False) for phase in shown], steps.source, footer)

    def _area(self, phase: str, stretches: list[tuple[dt.date, dt.date, int]]) -> None:
        """What lies under the steps, paler where it is projected, and the line over it."""
        now = self.window.ahead
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


def element(chart: Chart | Steps, footer: Footer | None = None, theme: str = "auto") -> ET.Element:
    """The picture as an element, for a page or a file."""
    if isinstance(chart, Steps):
        told = [f"{mark.text}." for mark in chart.marks]
        return Stairs(chart, footer).element(chart.title, " ".join(told), theme)
    return Drawing(chart, footer).element(chart.title, description(chart), theme)


def description(chart: Chart) -> str:
    """The bars in words, for who cannot see them."""
    sentences = []
    for row in chart.rows:
        parts = []
        for bar in row.bars:
            since = "from before" if bar.opens else "from"
            until = "and goes on" if bar.continues else f"to {bar.end}"
            rests = f"{' (assumed)' if bar.assumed else ''}{', projected' if bar.projected else ''}"
            parts.append(f"{LEGEND[bar.phase]}{rests} {since} {bar.start} {until}")
        sentences.append(f"{row.label}: {'; '.join(parts) or 'no bar'}.")
    return " ".join([*sentences, f"The day asked about is {chart.as_of}."])


def spelled(text: str) -> str:
    """A text with its dates as a reader of a slide has them: 27 Dec 2025, Dec 2025."""

    def words(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        return f"{f'{int(day)} ' if day else ''}{MONTHS[int(month) - 1]} {year}"

    return DATE.sub(words, text)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, letters `size` high."""
    wide = (WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else max(WIDTHS[1:]) for c in text)
    return sum(wide) * size / 1000 * (1 if bold else REGULAR)


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """`text` in lines no wider than `width`, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and text_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _filled(
    phase: str, projected: bool, assumed: bool, points: list[tuple[float, float]]
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


def _points(points: list[tuple[float, float]]) -> str:
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
