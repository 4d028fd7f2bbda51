"""GitHub-flavoured Markdown: tables with the machine's keys, sources as footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ottawa_cli.render import keys, plain
from ottawa_cli.render.chart_text import UNICODE, Sheet
from ottawa_cli.render.document import (
    Block,
    Citations,
    Document,
    Footer,
    Heading,
    Items,
    Picture,
    Table,
)
from ottawa_cli.render.keys import Grid

# What GFM would read as markup inside a line of text.
SPECIAL = re.compile(r"([\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_]))")


def render(document: Document, grid: Grid) -> str:
    """The document with `grid` in the place of its keyed tables, or at its head."""
    cited = any(isinstance(block, Citations) for block in document)
    machine = "\n".join(_machine(grid, cited))
    parts: list[str] = []
    if not any(isinstance(block, Table) and block.keyed for block in document):
        head = isinstance(document[0], Heading)
        parts = ["\n".join(_block(document[0], cited))] if head else []
        parts.append(machine)
        document = document[1:] if head else document
        machine = ""
    for block in document:
        if isinstance(block, Table) and block.keyed:
            parts.append(machine)
            machine = ""
        else:
            parts.append("\n".join(_block(block, cited)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, cited: bool) -> Iterator[str]:
    match block:
        case Heading(title, lead):
            yield f"# {_text(title)}"
            if lead:
                word, dot, rest = lead.partition(".")
                yield ""
                yield f"**{_text(word)}{dot}** {_text(rest)}".rstrip()
        case Table():
            yield from _title(block.title)
            yield from _rows(block.columns, _cells(block, cited))
        case Items(title, items, numbered):
            yield from _title(title)
            for number, item in enumerate(items, 1):
                yield f"{number}. {_text(item)}" if numbered else f"- {_text(item)}"
        case Picture(chart):
            yield "```text"
            for pieces in Sheet(chart, plain.CHART_WIDTH, UNICODE).lines():
                yield "".join(text for text, _ in pieces).rstrip()
            yield "```"
        case Citations(_, entries):
            for entry in entries:
                yield f"[^{entry.id}]: {_text(entry.text)} <{entry.url}>"
        case Footer(lines):
            yield "---"
            yield ""
            yield "  \n".join(_text(line) for line in lines)


def _title(title: str) -> Iterator[str]:
    if title:
        yield f"## {_text(title)}"
        yield ""


def _cells(block: Table, cited: bool) -> Iterator[list[str]]:
    for row in block.rows:
        yield [
            _marks(cell.split(", ") if cell else ()) if name == "Sources" and cited else _text(cell)
            for name, cell in zip(block.columns, row, strict=True)
        ]


def _machine(grid: Grid, cited: bool) -> Iterator[str]:
    """The machine table; with sources, each row ends with the footnotes it rests on."""
    columns = [name for name in grid.columns if not (cited and name == "sources")]
    rows = []
    for row, ids in zip(grid.rows, grid.sources, strict=True):
        named = zip(grid.columns, row, strict=True)
        cells = [_text(keys.text(value)) for name, value in named if name in columns]
        rows.append([*cells, _marks(ids)] if cited else cells)
    yield from _rows([*columns, "sources"] if cited else columns, rows)


def _rows(columns: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    names = [_text(name) for name in columns]
    yield f"| {' | '.join(names)} |"
    yield f"|{'|'.join(' --- ' for _ in names)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _marks(ids: Iterable[str]) -> str:
    return " ".join(f"[^{id}]" for id in ids)


def _text(text: str) -> str:
    """Text that a Markdown reader shows as it is, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
