"""The picture in characters: to scale, in any width, with or without Unicode and colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ottawa_cli.render.chart import LEGEND, Bar, Chart, Row

UNICODE = {
    "party": "█", "withdrawing": "▓", "suspended": "▒", "withdrawn": "·", "joining": "░",
    "signatory": "╌", "uncertain": "?", "conflict": "━", "open": "▶", "since": "◀",
    "axis": "─", "tick": "┬", "mark": "▲",
}  # fmt: skip
ASCII = {
    "party": "#", "withdrawing": "=", "suspended": "%", "withdrawn": ".", "joining": "-",
    "signatory": ",", "uncertain": "?", "conflict": "~", "open": ">", "since": "<",
    "axis": "-", "tick": "+", "mark": "^",
}  # fmt: skip
Piece = tuple[str, str]  # text, and the phase or part whose colour it takes


@dataclass(frozen=True, slots=True)
class Sheet:
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

    def lines(self) -> Iterator[list[Piece]]:
        """The drawing, line by line, as pieces of text with their colours."""
        yield from self._axis()
        for row in self.chart.rows:
            yield from self._row(row)
        yield from self._mark()
        yield []
        yield from self._legend()

    def _axis(self) -> Iterator[list[Piece]]:
        ticks = self.chart.ticks(max(1, self.columns // 10))
        labels, line = [" "] * (self.columns + 8), [self.glyphs["axis"]] * self.columns
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
                yield [(text, "inset" if row.inset else "label")]
            label = ""
        cells: list[tuple[str, str]] = [(" ", "")] * self.columns
        for bar in row.bars:
            first = self.column(self.chart.position(bar.start))
            last = max(first + 1, self.column(self.chart.position(bar.end)))
            if bar.continues:
                last = self.columns
            for at in range(first, min(last, self.columns)):
                cells[at] = (self.glyphs[bar.phase], bar.phase)
        for bar in row.bars:
            self._ends(bar, cells)
        yield [(label.ljust(self.margin), "label"), *_joined(cells)]

    def _ends(self, bar: Bar, cells: list[tuple[str, str]]) -> None:
        if bar.opens:
            cells[0] = (self.glyphs["since"], bar.phase)
        if bar.continues:
            cells[-1] = (self.glyphs["open"], bar.phase)

    def _mark(self) -> Iterator[list[Piece]]:
        at = self.margin + self.column(self.chart.position(self.chart.as_of))
        label = f"{self.glyphs['mark']} {self.chart.as_of} asked about"
        if at + len(label) > self.width:
            label = f"{self.chart.as_of} asked about {self.glyphs['mark']}"
            at = max(0, at - len(label) + 1)
        yield [(" " * at + label, "mark")]

    def _legend(self) -> Iterator[list[Piece]]:
        entries = [(self.glyphs[phase] * 2, phase, LEGEND[phase]) for phase in self.chart.phases]
        entries.append((self.glyphs["open"], "", "goes on"))
        line: list[Piece] = []
        used = 0
        for glyph, phase, words in entries:
            size = len(glyph) + len(words) + 4
            if line and used + size > self.width:
                yield line
                line, used = [], 0
            line += [(glyph, phase), (f" {words}   ", "legend")]
            used += size
        yield line


def _joined(cells: list[tuple[str, str]]) -> Iterator[Piece]:
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
    if len(text) <= width:
        return [text]
    import textwrap

    indent = " " * (len(text) - len(text.lstrip()))
    return textwrap.wrap(text, max(width, 20), subsequent_indent=indent)
