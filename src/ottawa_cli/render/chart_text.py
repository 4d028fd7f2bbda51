"""The picture in characters: to scale, in any width, with or without Unicode and colour."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ottawa_cli.render.chart import LEGEND, Bar, Chart, Mark, Row, placed

GLYPHS = {  # in Unicode, in ASCII
    "withdrawn": "█#", "withdrawing": "▒=", "suspended": "▓%", "party": "░-", "contested": "╳x",
    "operation-suspended": "▚:", "joining": "┄,", "signatory": "·.", "uncertain": "??",
    "conflict": "─~", "open": "▶>", "since": "◀<", "axis": "─-", "tick": "┬+", "line": "│|",
    "from": "└'", "until": "┘'", "to": "–-",
}  # fmt: skip
Piece = tuple[str, str]  # text, and the phase or part whose colour it takes


def uncoloured(chart: Chart, width: int, unicode: bool = True) -> Iterator[str]:
    """The drawing, line by line."""
    for pieces in Sheet(chart, width, unicode).lines():
        yield "".join(text for text, _ in pieces).rstrip()


class Sheet(NamedTuple):
    """A chart drawn `width` columns wide."""

    chart: Chart
    width: int
    unicode: bool

    def glyph(self, name: str) -> str:
        return GLYPHS[name][0 if self.unicode else 1]

    @property
    def margin(self) -> int:
        """Columns kept for the names at the left; longer names get a line of their own."""
        longest = max(len(row.label) for row in self.chart.rows if not row.inset)
        return min(longest, max(8, self.width // 5)) + 2

    @property
    def columns(self) -> int:
        """Columns left for the bars."""
        return max(10, self.width - self.margin)

    def column(self, day: dt.date) -> int:
        """The column in which a day lies."""
        return min(self.columns - 1, int(self.chart.window.position(day) * self.columns))

    @property
    def asked(self) -> int:
        """The column of the day asked about: what is drawn after it has not happened yet."""
        return self.column(self.chart.window.ahead)

    def lines(self) -> Iterator[list[Piece]]:
        """The drawing, line by line, as pieces of text with their colours."""
        title = self.chart.title.replace("–", self.glyph("to"))
        yield from ([(text, "label")] for text in textwrap.wrap(title, max(self.width, 20)))
        yield from self._axis()
        for row in self.chart.rows:
            yield from self._row(row)
        yield []
        yield from self._legend()

    def _axis(self) -> Iterator[list[Piece]]:
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
        pad = " " * self.margin
        yield [(pad + "".join(labels).rstrip(), "axis")]
        yield [(pad + "".join(line), "axis")]

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
        label = f"  {row.label}" if row.inset else row.label
        if row.inset:
            first, last = self.column(row.bars[0].start), self.column(row.bars[0].end)
            text = f" {row.label} "
            before = first - len(text)
            if self._written(text, *((before, first) if before >= 0 else (first + 1, last)), cells):
                label = ""
        if len(label) > self.margin - 2:
            indent = "  " if row.inset else ""
            for text in textwrap.wrap(label, max(self.width, 20), subsequent_indent=indent):
                yield self._ruled(text, "inset" if row.inset else "label")
            label = ""
        under = tuple(mark for mark in row.marks if not self._inside(row, mark, cells))
        yield [(label.ljust(self.margin), "label"), *_joined(cells)]
        for text in self._days(under):
            yield self._ruled(" " * self.margin + text, "axis")

    def _inside(self, row: Row, mark: Mark, cells: list[Piece]) -> bool:
        """Write a mark in the bar that begins at it, if there is room; else the day alone."""
        room = row.room(mark)
        if room is None:
            return False
        start, end = self.column(mark.day) + 1, self.column(room[1])
        day = str(mark.day) if room[0].phase == "withdrawing" and not mark.assumed else mark.text
        return any(self._written(f" {text} ", start, end, cells) for text in (mark.text, day))

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
        last = self.columns if bar.continues else max(first + 1, self.column(bar.end))
        over = bar.phase == "contested"
        each = 4 if over else 2 if bar.assumed else 3 if bar.projected else 1
        for at in range(first, last):
            if (at - first) % each == 0:
                cells[at] = (self.glyph(bar.phase), bar.phase)
            elif not over:
                cells[at] = (" ", bar.phase)

    def _days(self, marks: tuple[Mark, ...]) -> list[str]:
        """The days of the marks, each at its column, on as few lines as keep them apart.

        Beside other States the words give way to the days where that saves a line.
        """
        bare = [str(mark.day) for mark in marks]
        full = [mark.text for mark in marks]
        whole = self._placed(marks, full)
        if len(whole) > 1 and sum(not row.inset for row in self.chart.rows) > 1:
            for cut in range(1, len(marks) + 1):
                lines = self._placed(marks, [*bare[:cut], *full[cut:]])
                if len(lines) == 1:
                    return lines
        return whole

    def _placed(self, marks: tuple[Mark, ...], texts: list[str]) -> list[str]:
        lines: list[str] = []
        ends: list[int] = []
        for mark, text in zip(marks, texts, strict=True):
            at = self.column(mark.day)
            line, left = placed(ends, at, len(text), right=self.columns - 1, gap=3)
            if left < 0:  # no room at either side: on lines of its own under its place
                lines[line:] = textwrap.wrap(text, self.columns)
                ends[line:] = [len(part) - 1 for part in lines[line:]]
                continue
            if line == len(lines):
                lines.append("")
            cornered = text + self.glyph("until") if left < at else self.glyph("from") + text
            lines[line] = lines[line].ljust(left) + cornered
        return lines

    def _ruled(self, text: str, part: str) -> list[Piece]:
        """A line of text, with the day asked about running through it where there is room."""
        at = self.margin + self.asked
        if len(text) >= at:
            return [(text, part)]
        return [(text.ljust(at), part), (self.glyph("line"), "mark")]

    def _legend(self) -> Iterator[list[Piece]]:
        entries = [(self.glyph(phase) * 2, phase, LEGEND[phase]) for phase in self.chart.phases]
        if self.chart.assumes:
            gapped = next(self.glyph(bar.phase) for bar in self.chart.bars if bar.assumed)
            entries.append((f"{gapped} {gapped}", "", "assumed"))
        line: list[Piece] = []
        used = 0
        for glyph, phase, words in entries:
            size = len(glyph) + 1 + len(words)
            if line and used + 3 + size > self.width:
                yield line
                line, used = [], 0
            lead = "   " if line else ""
            line += [(lead, ""), (glyph, phase), (f" {words}", "legend")]
            used += len(lead) + size
        yield line


def _joined(cells: list[Piece]) -> list[Piece]:
    """Neighbouring cells of one colour as one piece, blanks at the end left out."""
    runs = groupby(cells, key=itemgetter(1))
    pieces = [("".join(glyph for glyph, _ in run), colour) for colour, run in runs]
    return pieces if pieces[-1][0].strip() else pieces[:-1]
