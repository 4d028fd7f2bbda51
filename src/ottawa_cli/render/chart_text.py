"""The picture in characters: to scale, in any width, with or without Unicode and colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from ottawa_cli.render.chart import LEGEND, Bar, Chart, Mark, Row

UNICODE = {
    "party": "█", "withdrawing": "▓", "suspended": "▒", "withdrawn": "·", "joining": "░",
    "signatory": "╌", "uncertain": "?", "conflict": "━", "open": "▶", "since": "◀",
    "axis": "─", "tick": "┬", "mark": "▲", "line": "│", "from": "└", "until": "┘",
}  # fmt: skip
ASCII = {
    "party": "#", "withdrawing": "=", "suspended": "%", "withdrawn": ".", "joining": "-",
    "signatory": ",", "uncertain": "?", "conflict": "~", "open": ">", "since": "<",
    "axis": "-", "tick": "+", "mark": "^", "line": "|", "from": "'", "until": "'",
}  # fmt: skip
Piece = tuple[str, str]  # text, and the phase or part whose colour it takes


class Sheet(NamedTuple):
    """A chart drawn `width` columns wide with one set of glyphs."""

    chart: Chart
    width: int
    glyphs: dict[str, str]

    @property
    def margin(self) -> int:
        """Columns kept for the names at the left; longer names get a line of their own."""
        longest = max(len(row.label) for row in self.chart.rows if not row.inset)
        return min(longest, max(8, self.width // 5)) + 2

    @property
    def columns(self) -> int:
        """Columns left for the bars."""
        return max(10, self.width - self.margin)

    def column(self, share: float) -> int:
        return min(self.columns - 1, int(share * self.columns))

    @property
    def asked(self) -> int:
        """The column of the day asked about."""
        return self.column(self.chart.position(self.chart.as_of))

    def lines(self) -> Iterator[list[Piece]]:
        """The drawing, line by line, as pieces of text with their colours."""
        yield from self._axis()
        for row in self.chart.rows:
            yield from self._row(row)
        yield self._mark()
        yield []
        yield from self._legend()

    def _axis(self) -> Iterator[list[Piece]]:
        ticks = self.chart.ticks(max(1, self.columns // 10))
        labels, line = [" "] * self.columns, [self.glyphs["axis"]] * self.columns
        for day, label in ticks:
            at = self.column(self.chart.position(day))
            line[at] = self.glyphs["tick"]
            if at + len(label) <= self.columns:
                labels[at : at + len(label)] = label
        pad = " " * self.margin
        yield [(pad + "".join(labels).rstrip(), "axis")]
        yield [(pad + "".join(line), "axis")]

    def _row(self, row: Row) -> Iterator[list[Piece]]:
        label = f"  {row.label}" if row.inset else row.label
        if row.inset or len(label) > self.margin - 2:
            for text in _wrapped(label, self.width):
                yield self._ruled(text, "inset" if row.inset else "label")
            label = ""
        cells: list[Piece] = [(" ", "")] * self.columns
        for bar in row.bars:
            self._fill(bar, cells)
        for bar in row.bars:
            if bar.opens:
                cells[0] = (self.glyphs["since"], bar.phase)
            if bar.continues:
                cells[-1] = (self.glyphs["open"], bar.phase)
        cells[self.asked] = (self.glyphs["line"], "mark")
        yield [(label.ljust(self.margin), "label"), *_joined(cells)]
        for text in self._days(row.marks):
            yield self._ruled(" " * self.margin + text, "axis")

    def _fill(self, bar: Bar, cells: list[Piece]) -> None:
        """Put a bar's glyphs into its cells; every second one where it is assumed."""
        first = self.column(self.chart.position(bar.start))
        last = max(first + 1, self.column(self.chart.position(bar.end)))
        if bar.continues:
            last = self.columns
        for at in range(first, min(last, self.columns)):
            gap = bar.assumed and (at - first) % 2
            cells[at] = (" " if gap else self.glyphs[bar.phase], bar.phase)

    def _days(self, marks: tuple[Mark, ...]) -> list[str]:
        """The days of the marks, each at its column, on as few lines as keep them apart.

        Beside other States the words give way to the days where that saves a line.
        """
        alone = sum(not row.inset for row in self.chart.rows) == 1
        full = [f"{mark.day} {mark.words}" for mark in marks]
        whole = self._placed(marks, full)
        if alone or len(whole) < 2:
            return whole
        for kept in range(len(marks) - 1, -1, -1):
            short = [str(mark.day) for mark in marks]
            lines = self._placed(marks, [*short[: len(marks) - kept], *full[len(marks) - kept :]])
            if len(lines) == 1:
                return lines
        return whole

    def _placed(self, marks: tuple[Mark, ...], texts: list[str]) -> list[str]:
        lines: list[str] = []
        for mark, text in zip(marks, texts, strict=True):
            at = self.column(self.chart.position(mark.day))
            if not self._place(lines, at, text):
                lines.append("")
                if not self._place(lines, at, text):  # no room at either side: under its place
                    lines[-1:] = textwrap.wrap(text, self.columns)
        return lines

    def _place(self, lines: list[str], at: int, text: str) -> bool:
        """Write `text` from column `at`, or up to it, on the first line with room."""
        after, before = self.glyphs["from"] + text, text + self.glyphs["until"]
        for number, line in enumerate(lines):
            taken = len(line) + 2 if line else 0
            if at >= taken and at + len(after) <= self.columns:
                lines[number] = line.ljust(at) + after
                return True
            if at + 1 - len(before) >= taken:
                lines[number] = line.ljust(at + 1 - len(before)) + before
                return True
        return False

    def _ruled(self, text: str, part: str) -> list[Piece]:
        """A line of text, with the day asked about running through it where there is room."""
        at = self.margin + self.asked
        if len(text) >= at:
            return [(text, part)]
        return [(text.ljust(at), part), (self.glyphs["line"], "mark")]

    def _mark(self) -> list[Piece]:
        at = self.margin + self.asked
        words = f"{self.chart.as_of}, the day asked about"
        label = f"{self.glyphs['mark']} {words}"
        if at + len(label) > self.width:
            label = f"{words} {self.glyphs['mark']}"
            at = max(0, at - len(label) + 1)
        return [(" " * at + label, "mark")]

    def _legend(self) -> Iterator[list[Piece]]:
        glyphs = self.glyphs
        entries = [(glyphs[phase] * 2, phase, LEGEND[phase]) for phase in self.chart.phases]
        if self.chart.assumes:
            gapped = next(glyphs[bar.phase] for bar in self.chart.bars if bar.assumed)
            entries.append((f"{gapped} {gapped}", "", "assumed"))
        if self.chart.goes_on:
            entries.append((glyphs["open"], "", "goes on"))
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


def _joined(cells: list[Piece]) -> Iterator[Piece]:
    """Neighbouring cells of one colour as one piece, blanks at the end left out."""
    run, colour = "", ""
    for glyph, phase in cells:
        if phase != colour:
            if run:
                yield run, colour
            run, colour = "", phase
        run += glyph
    if run.strip():
        yield run, colour


def _wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width`, later ones indented like the first."""
    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(text, max(width, 20), subsequent_indent=indent)
