"""The terminal: rich tables and colour on top of words that stand without them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from ottawa_cli.render import plain
from ottawa_cli.render.document import Citations, Document, Footer, Heading, Items, Picture, Table

# Colours that hold on dark and light backgrounds; every status is also a word.
TONES = {
    "party": "green", "withdrawing": "yellow", "suspended": "magenta", "withdrawn": "red",
    "operation-suspended": "magenta", "joining": "cyan", "signatory": "cyan",
    "uncertain": "bold yellow", "not-party": "",
    "conflict": "red", "mark": "bold blue", "axis": "dim", "legend": "", "inset": "dim",
    "label": "bold",
}  # fmt: skip
GAP = 2  # columns between two columns of a table
RULED = box.Box(str(box.SIMPLE_HEAD).replace("─", "-"), ascii=True)  # SIMPLE_HEAD in ASCII
WRAPPED = 20  # columns that a cell which may wrap is left at least, if it needs them
PROSE = 100  # columns that sentences take at most
UNLIMITED = 100_000  # columns, where nothing says how wide the reader's page is


def render(document: Document, width: int | None, unicode: bool, colored: bool) -> str:
    """The document fitted to `width` columns; None: nothing is wrapped."""
    console = Console(
        file=io.StringIO(),
        width=width or UNLIMITED,
        highlight=False,
        legacy_windows=False,
        force_terminal=colored,
        color_system="standard" if colored else None,
        no_color=not colored,
    )
    # The picture comes last, so that it is still to be seen when all is printed.
    order = sorted(document, key=lambda block: (isinstance(block, Footer), type(block) is Picture))
    with console.capture() as captured:
        for number, block in enumerate(order):
            if number:
                console.print()
            prose = None if width is None or isinstance(block, Table | Picture) else PROSE
            for part in _block(block, console.width, width or plain.CHART_WIDTH, unicode):
                console.print(part, crop=False, width=prose)
    return "".join(line.rstrip(" ") + "\n" for line in captured.get().splitlines())


def _block(block: object, width: int, drawn: int, unicode: bool) -> Iterator[RenderableType]:
    match block:
        case Heading(title, lead, tone):
            yield Text(title, style="bold")
            if lead:  # its first word in the colour of its status
                word, dot, rest = lead.partition(".")
                status = Text(word, style=f"bold {TONES.get(tone, '')}".strip())
                yield status.append(dot + rest, style="not bold default")
        case Table():
            yield _table(block, unicode, width)
        case Items(title, items, numbered):
            yield Text(title, style="bold")
            for index, item in enumerate(items, 1):
                yield _item(f"{index}." if numbered else "-", Text(item))
        case Picture(chart):
            from ottawa_cli.render import chart_text

            for pieces in chart_text.drawn(chart, drawn, unicode):
                line = Text(no_wrap=True, overflow="ignore")
                for text, part in pieces:
                    line.append(text, TONES.get(part, ""))
                yield line
        case Citations(title, entries):
            yield Text(title, style="bold")
            for entry in entries:
                yield _item("-", Text(f"{entry.id}: ", style="bold").append(entry.text, "not bold"))
                # Whole, however narrow the terminal: it breaks the line and copies it unbroken.
                yield Text(f"  {entry.url}", style="underline", no_wrap=True, overflow="ignore")
        case Footer(lines):
            yield Text(" ".join(lines), style="dim")


def _item(bullet: str, text: Text) -> RichTable:
    grid = RichTable.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(bullet), text)
    return grid


def _table(block: Table, unicode: bool, width: int) -> RichTable | Group:
    """A table, or its rows one under the other where the terminal is too narrow for it."""
    widths = _widths(block, width)
    if widths is None:
        return _stacked(block)
    table = RichTable(
        title=block.title or None,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD if unicode else RULED,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        header_style="bold",
    )
    for name, wide in zip(block.columns, widths, strict=True):
        table.add_column(Text(name), no_wrap=name not in block.wraps, overflow="fold", width=wide)
    for index, row in enumerate(block.rows):
        cells = [Text(cell) for cell in row]
        if block.tones:
            cells[1].stylize(TONES.get(block.tones[index], ""))
        table.add_row(*cells)
    return table


def _least(block: Table, name: str, cells: list[str]) -> int:
    """The least width of a column: of its name and its cells, or of their longest word."""
    if name in block.wraps:
        beginnings = [] if block.tones else [c[:WRAPPED] for c in cells if len(c) > WRAPPED]
        cells = [*beginnings, *(word for cell in cells for word in cell.split())]
    return max(map(len, [name, *cells]))


def _widths(block: Table, width: int) -> list[int] | None:
    """The columns' widths: what is left beyond the least goes to those whose cells are longer.
    None where a cell that must stay whole would be cut."""
    columns = list(zip(block.columns, *block.rows, strict=True))
    least = [_least(block, name, cells) for name, *cells in columns]
    left = width - sum(least) - GAP * (len(least) - 1)
    if left < 0:
        return None
    longest = [max(map(len, column)) for column in columns]
    wanted = [max(0, most - wide) for most, wide in zip(longest, least, strict=True)]
    share = min(1.0, left / (sum(wanted) or 1))
    return [wide + int(more * share) for wide, more in zip(least, wanted, strict=True)]


def _stacked(block: Table) -> Group:
    """Each row under its first cell. Of a State every other cell says what it is."""
    lines: list[RenderableType] = [Text(block.title, style="bold")] if block.title else []
    for index, (head, *cells) in enumerate(block.rows):
        text = Text()
        for name, cell in zip(block.columns[1:], cells, strict=True):
            if cell:
                label = f"{name}: " if block.tones or name == "Sources" else ""
                gap = ", " if block.tones else "\n" if name == "Sources" else "  "
                tone = TONES.get(block.tones[index]) if block.tones and name == "Status" else None
                text.append(f"{gap if text else ''}{label}").append(cell, tone)
        lines += [Text(head, style="bold"), Padding(text, (0, 0, 0, 2))]
    return Group(*lines)
