"""The picture in characters: to scale, in any width, with or without Unicode and colour."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from ottawa_cli.render.chart import Bar, Chart, Mark, Row, StepCurve, placed

GLYPHS = {  # in Unicode, in ASCII
    "withdrawn": "█#", "withdrawing": "▒=", "suspended": "▓%", "party": "░-", "contested": "╳x",
    "operation-suspended": "▚:", "joining": "┄,", "signatory": "·.", "uncertain": "??",
    "conflict": "─~", "open": "▶>", "since": "◀<", "axis": "─-", "tick": "┬+", "line": "│|",
    "from": "└'", "until": "┘'",
}  # fmt: skip
Piece = tuple[str, str]  # text, and the phase or part whose colour it takes


def drawn(chart: Chart | StepCurve, width: int, unicode: bool) -> Iterator[list[Piece]]:
    """The drawing, line by line, as pieces of text with their colours."""
    if isinstance(chart, StepCurve):
        return Stairs(chart, width, unicode).lines()
    return Sheet(chart, width, unicode).lines()


def uncoloured(chart: Chart | StepCurve, width: int, unicode: bool = True) -> Iterator[str]:
    """The drawing, line by line."""
    for pieces in drawn(chart, width, unicode):
        yield "".join(text for text, _ in pieces).rstrip()


class Paper:
    """A drawing `width` columns wide over a time axis, with a margin at the left: what all
    drawings have."""

    def __init__(self, chart: Chart | StepCurve, width: int, margin: int, unicode: bool) -> None:
        self.chart, self.width, self.margin, self.unicode = chart, width, margin, unicode
        self.columns = max(10, width - margin)  # left for what is drawn
        self.asked = self.column(chart.window.ahead)  # what is drawn from there on is projected

    def glyph(self, name: str) -> str:
        return GLYPHS[name][0 if self.unicode else 1]

    def column(self, day: dt.date) -> int:
        """The column in which a day lies."""
        return min(self.columns - 1, int(self.chart.window.position(day) * self.columns))

    def wrapped(self, text: str, indent: str = "") -> list[str]:
        """A text in lines that fit."""
        text = text if self.unicode else text.replace("–", "-")
        return textwrap.wrap(text, max(self.width, 20), subsequent_indent=indent)

    def head(self) -> Iterator[list[Piece]]:
        """The title, the day asked about, the labels of the axis, and the axis."""
        yield from ([(text, "label")] for text in self.wrapped(self.chart.title))
        at, known, ahead = self.margin + self.asked, str(self.chart.as_of), " projected"
        if at + 1 + len(ahead) > self.width:
            known, ahead = f"{known}, then projected", ""
        if at <= len(known):
            known, ahead = "", f" {known}, then{ahead}"
        yield [(f"{known} ".rjust(at) + self.glyph("line"), "mark"), (ahead, "axis")]
        labels, line = [" "] * self.columns, [self.glyph("axis")] * self.columns
        for day, label in self.chart.window.ticks(max(1, self.columns // 10)):
            at = self.column(day)
            line[at] = self.glyph("tick")
            if at + len(label) <= self.columns:
                labels[at : at + len(label)] = label
        for cells in (labels, line):
            yield [(" " * self.margin + "".join(cells).rstrip(), "axis")]

    def ruled(self, text: str, part: str) -> list[Piece]:
        """A line of text, with the day asked about running through it where there is room."""
        at = self.margin + self.asked
        if len(text) >= at:
            return [(text, part)]
        return [(text.ljust(at), part), (self.glyph("line"), "mark")]


class Stairs(Paper):
    """A number over time, in columns of characters: a foot of an eighth of a line where there is
    Unicode."""

    TALL = 12  # lines

    def __init__(self, steps: StepCurve, width: int, unicode: bool) -> None:
        super().__init__(steps, width, len(str(steps.most)) + 1, unicode)
        self.steps = steps

    def lines(self) -> Iterator[list[Piece]]:
        """The drawing, line by line, as pieces of text with their colours."""
        yield from self.head()
        values = [(0, 0)] * self.columns
        for start, end, least, most in self.steps.stretches():
            first, last = self.column(start), self.column(end)
            values[first : last + 1] = [(least, most)] * (last + 1 - first)
        for line in reversed(range(self.TALL)):
            label = str(self.steps.most) if line == self.TALL - 1 else "" if line else "0"
            cells = "".join(self._cell(least, most, line) for least, most in values)
            yield [(label.rjust(self.margin - 1) + " ", "axis"), (cells.rstrip(), "party")]
        yield []
        for mark in self.steps.marks:
            yield from ([(text, "legend")] for text in self.wrapped(mark.text, "  "))

    def _cell(self, least: int, most: int, line: int) -> str:
        """What stands in a line: of its eighths those that the number fills, or that it may be."""
        eighths = least * self.TALL * 8 // self.steps.most - line * 8
        if eighths <= 0 and most * self.TALL > line * self.steps.most and most > least:
            return self.glyph("uncertain")
        if not self.unicode:
            return "#" if eighths >= 4 else " "
        return " ▁▂▃▄▅▆▇█"[min(8, max(0, eighths))]


class Sheet(Paper):
    """A chart in characters; a name too long for the margin gets a line of its own."""

    def __init__(self, chart: Chart, width: int, unicode: bool) -> None:
        longest = max(len(row.label) for row in chart.rows if not row.inset)
        super().__init__(chart, width, min(longest, max(8, width // 5)) + 2, unicode)
        self.rows = chart.rows

    def lines(self) -> Iterator[list[Piece]]:
        """The drawing, line by line, as pieces of text with their colours."""
        yield from self.head()
        for row in self.rows:
            yield from self._row(row)
        yield []
        yield from self._legend()

    def _legend(self) -> Iterator[list[Piece]]:
        """What the glyphs stand for, in their colours."""
        line: list[Piece] = []
        for phase, words, assumed in self.chart.legend:
            glyphs = (" " * assumed).join(self.glyph(phase) * 2)
            entry = [(glyphs, "" if assumed else phase), (f" {words}", "legend")]
            used = sum(len(text) for text, _ in line)
            if line and used + 3 + len(glyphs) + 1 + len(words) > self.width:
                yield line
                line = []
            line += [("   " if line else "", ""), *entry]
        yield line

    def _row(self, row: Row) -> Iterator[list[Piece]]:
        cells: list[Piece] = [(" ", "")] * self.columns
        for bar in row.bars:
            self._fill(bar, cells)
        for bar in row.bars:
            if bar.opens:
                cells[0] = (self.glyph("since"), bar.phase)
            if bar.continues:
                cells[-1] = (self.glyph("open"), bar.phase)
        cells[self.asked] = (self.glyph("line"), "mark")
        label, indent = row.label, "  " if row.inset else ""
        if row.inset:
            first, last = self.column(row.bars[0].start), self.column(row.bars[0].end)
            before = first - len(label) - 2
            room = (before, first) if before >= 0 else (first + 1, last)
            label = "" if self._written(f" {label} ", *room, cells) else label
        if len(indent + label) > self.margin - 2:
            for text in self.wrapped(indent + label, indent):
                yield self.ruled(text, "inset" if row.inset else "label")
            label = ""
        under = [mark for mark in row.marks if not self._inside(row, mark, cells)]
        yield [((indent + label).ljust(self.margin), "label"), *_joined(cells)]
        for text in self._under(under):
            yield self.ruled(" " * self.margin + text, "axis")

    def _inside(self, row: Row, mark: Mark, cells: list[Piece]) -> bool:
        """Write a mark in the bar that begins at it, if there is room; else the day alone."""
        _, until, texts = row.room(mark) or (None, mark.day, ())
        start, end = self.column(mark.day) + 1, self.column(until)
        return any(self._written(f" {text} ", start, end, cells) for text in texts)

    def _written(self, text: str, start: int, end: int, cells: list[Piece]) -> bool:
        """Write a text into cells, if there is room for it."""
        if start + len(text) > end:
            return False
        cells[start : start + len(text)] = [(letter, "label") for letter in text]
        return True

    def _fill(self, bar: Bar, cells: list[Piece]) -> None:
        """Put a bar's glyphs into its cells: every second one where it is assumed, every third
        where it is projected, every fourth where it lies over another."""
        first = self.column(bar.start)
        if bar.projected:  # right of the line of the day asked about, which would hide it
            first = max(first, self.asked + 1)
        last = self.columns if bar.continues else max(first + 1, self.column(bar.end))
        over = bar.phase == "contested"
        every = 4 if over else 2 if bar.assumed else 3 if bar.projected else 1
        for at in range(first, last):
            if (at - first) % every == 0:
                cells[at] = (self.glyph(bar.phase), bar.phase)
            elif not over:
                cells[at] = (" ", bar.phase)

    def _under(self, marks: list[Mark]) -> list[str]:
        """The days of the marks, each at its column, on as few lines as keep them apart."""
        lines: list[str] = []
        ends: list[float] = []
        for mark in marks:
            at, text = self.column(mark.day), mark.text
            fits = at + len(text) < self.columns
            left = at if fits else at - len(text)
            parts = [self.glyph("from") + text if fits else text + self.glyph("until")]
            if left < 0:  # no room at either side: on lines of its own under its place
                left, parts = 0, textwrap.wrap(text, self.columns)
            first = placed(ends, left, [len(part) - 1 for part in parts], gap=3)
            lines += [""] * (len(ends) - len(lines))
            for number, part in enumerate(parts, first):
                lines[number] = lines[number].ljust(left) + part
        return lines


def _joined(cells: list[Piece]) -> list[Piece]:
    """Neighbouring cells of one colour as one piece, blanks at the end left out."""
    runs = groupby(cells, key=itemgetter(1))
    pieces = [("".join(glyph for glyph, _ in run), colour) for colour, run in runs]
    return pieces if pieces[-1][0].strip() else pieces[:-1]
